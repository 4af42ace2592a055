"""Which desk a complaint belongs to: topic, unit, position, place, with reasons a person can read."""
