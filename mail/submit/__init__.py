"""Letters to the city's relay: one kept connection, each letter's fate told as Sent, Temporary or Permanent."""

from mail.submit.relay import Outgoing, Relay, RelaySettings, Result, Security, Sent
from mail.submit.retry import GIVE_UP, next_attempt

__all__ = ["GIVE_UP", "Outgoing", "Relay", "RelaySettings", "Result", "Security", "Sent", "next_attempt"]
