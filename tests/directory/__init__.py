"""Tests of the directory: loading, checking, the ladder, explaining, finding and comparing."""
