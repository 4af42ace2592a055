"""What a mail is: rules in one table, first match wins; what each found is kept in the Reading."""

from __future__ import annotations

from .identity import Intake
from .tools import city_tools
from .understand import Tools, understand

__all__ = ["Intake", "Tools", "city_tools", "understand"]
