"""Tests of routing: places, urgency, confidentiality."""
