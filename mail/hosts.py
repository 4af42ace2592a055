"""Which hosts are this machine itself, where a connection needs no TLS."""

from __future__ import annotations

import ipaddress


def loopback(host: str) -> bool:
    """Whether the name or address can only be this machine; a name other than localhost could be any."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
