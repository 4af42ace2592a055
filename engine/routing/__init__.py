"""Which desk a complaint belongs to: topic, unit, position, place, with reasons a person can read."""

from engine.routing.model import Model
from engine.routing.route import Candidate, Confidential, Route
from engine.routing.router import Finders, Router, open_router

__all__ = ["Candidate", "Confidential", "Finders", "Model", "Route", "Router", "open_router"]
