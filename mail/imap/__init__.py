"""Ways into mailboxes by IMAP: accounts, tokens, and a connection that a hostile server cannot abuse."""

from mail.imap.account import Account, Login, WayIn, account_for, way_from_settings
from mail.imap.client import Broken, Client, Denied, Item, NoFolder, Opened, Refused, connect
from mail.imap.tokens import Tokens, TokenSource, source_from_settings

__all__ = [
    "Account",
    "Broken",
    "Client",
    "Denied",
    "Item",
    "Login",
    "NoFolder",
    "Opened",
    "Refused",
    "TokenSource",
    "Tokens",
    "WayIn",
    "account_for",
    "connect",
    "source_from_settings",
    "way_from_settings",
]
