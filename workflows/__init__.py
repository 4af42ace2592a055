"""The city's policy as data: the tables of its workflows, and which of them a new matter follows."""
