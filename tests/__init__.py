"""Tests mirror the code; stories run whole complaints. flanker's wheel ships a tests/ folder too: this one is first."""
