"""Tickets, people and time: the engine knows no socket and no MIME."""
