"""The commands of `sibadra`, one a file: each adds its arguments and says what to run."""
