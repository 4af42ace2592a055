"""Reports of mail systems: bounces (RFC 3464 and the ones that are not) and read receipts (RFC 8098)."""

from __future__ import annotations

from .bounce import bounce, null_path
from .receipt import receipt

__all__ = ["bounce", "null_path", "receipt"]
