"""What is measured, and against what: each file runs by itself, `python -m bench.NAME [--json]`."""
