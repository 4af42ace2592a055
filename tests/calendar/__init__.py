"""Tests of the working time of the city."""
