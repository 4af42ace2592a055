"""Every workflow of the city, in the order in which a new matter is tried; the last takes what no other does."""

from __future__ import annotations

from engine.policy import Policy
from workflows.complaint import COMPLAINT
from workflows.emergency import EMERGENCY, EMERGENCY_RULES
from workflows.information import INFORMATION, INFORMATION_RULES
from workflows.profiles import PROFILES

WORKFLOWS = {workflow.name: workflow for workflow in (EMERGENCY, INFORMATION, COMPLAINT)}
RULES: dict[str, tuple[Policy, ...]] = {
    EMERGENCY.name: (EMERGENCY_RULES,),
    INFORMATION.name: (INFORMATION_RULES,),
}
"""The dated rules of the workflows that have their own; complaints follow the city's profile."""
POLICIES = {
    policy.version: policy for policy in (*PROFILES.values(), *(one for some in RULES.values() for one in some))
}
