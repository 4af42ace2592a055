"""The city's policy as data: workflow tables and the packaged example city."""
