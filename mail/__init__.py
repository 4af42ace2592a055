"""Everything that speaks mail: reading, receiving, watching, writing, submitting."""
