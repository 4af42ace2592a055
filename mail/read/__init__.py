"""A mail's bytes to a Message: whatever comes in, a Message or Unreadable comes out."""

from __future__ import annotations

from mail.read.message import read

__all__ = ["read"]
