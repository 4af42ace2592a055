"""Tests mirror the code; stories run whole complaints. This file is needed: flanker's wheel ships a tests/ folder too."""
