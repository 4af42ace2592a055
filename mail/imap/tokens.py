"""Bearer tokens for IMAP, fetched by Authlib and kept until shortly before they end (RFC 6749, RFC 7523).

Three ways to get one: client credentials (Microsoft 365), a refresh token (any), and a service account that acts for
each mailbox (Google Workspace's domain-wide delegation: a JWT whose subject is the mailbox).
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from engine.errors import BadSetting, Permanent, Temporary
from mail.imap.account import is_loopback, read_secret

EARLY = 300.0  # seconds before its end that a token is renewed


@dataclass(frozen=True, slots=True)
class TokenSource:
    """Where tokens come from; `grant` is "client_credentials", "refresh_token" or "service_account".

    `private_key` is a PEM key of a service account, `client_id` then its address. Secrets are never shown.
    """

    grant: str
    token_url: str
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    scope: str = ""


_PLAIN = ("grant", "token_url", "client_id", "scope")
_SECRETS = {
    "client_credentials": ("client_secret",),
    "refresh_token": ("client_secret", "refresh_token"),
    "service_account": ("private_key",),
}


def source_from_settings(
    settings: Mapping[str, object], file: str, key: str, environ: Mapping[str, str] = os.environ
) -> TokenSource:
    """Check one `[token.<name>]` table and read its secrets from files or the environment; raises BadSetting."""

    def bad(name: str, wrong: str, mend: str) -> BadSetting:
        return BadSetting(file, f"{key}.{name}", wrong, mend)

    text = {name: str(value) for name, value in settings.items()}
    grant = text.get("grant", "")
    if grant not in _SECRETS:
        raise bad("grant", f"{grant!r} is not a grant", f"use one of {', '.join(_SECRETS)}")
    known = [*_PLAIN, *(name + end for name in _SECRETS[grant] for end in ("", "_file", "_env"))]
    for name in text:
        if name not in known:
            raise bad(name, f"is not known for grant = {grant}", f"use one of {', '.join(known)}")
    for name in ("token_url", "client_id"):
        if not text.get(name):
            raise bad(name, "is missing", "see the provider's page on OAuth 2.0 for IMAP")
    url = urlsplit(text["token_url"])
    if url.scheme != "https" and not is_loopback(url.hostname or ""):
        raise bad("token_url", "secrets would cross the network readable", "use the https address")
    secrets = {name: read_secret(text, name, environ, bad) for name in _SECRETS[grant]}
    return TokenSource(grant, text["token_url"], text["client_id"], scope=text.get("scope", ""), **secrets)


class Tokens:
    """Gives a valid access token for a mailbox; safe for many threads, one request at a time for each token."""

    def __init__(self, sources: Mapping[str, TokenSource], clock: Callable[[], float] = time.time) -> None:
        self._sources, self._clock = dict(sources), clock
        self._kept: dict[tuple[str, str], tuple[str, float]] = {}
        self._refresh: dict[str, str] = {}
        self._locks: dict[tuple[str, str], threading.Lock] = {}
        self._lock = threading.Lock()

    def token(self, source: str, mailbox: str, *, fresh: bool = False) -> str:
        """An access token; `fresh` after a server refused the kept one.

        Raises Temporary when the token endpoint cannot be reached, Permanent when it refuses the credentials.
        """
        known = self._sources.get(source)
        if known is None:
            raise Permanent(f"no token source named {source!r} in the settings")
        key = (source, mailbox if known.grant == "service_account" else "")
        with self._lock:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            token, ends = self._kept.get(key, ("", 0.0))
            if fresh or not token or self._clock() >= ends - EARLY:
                token, ends = self._fetch(source, known, mailbox)
                self._kept[key] = (token, ends)
            return token

    def _fetch(self, name: str, source: TokenSource, mailbox: str) -> tuple[str, float]:
        from authlib.integrations.base_client import OAuthError
        from requests import RequestException

        url = urlsplit(source.token_url)
        if url.scheme != "https" and not is_loopback(url.hostname or ""):
            raise Permanent("a token endpoint must be https")
        try:
            answer = self._ask(name, source, mailbox)
        except OAuthError as e:
            # The endpoint's own words may repeat the request; only the error code of RFC 6749 section 5.2 is kept.
            raise Permanent(f"the token endpoint refused: {str(e.error)[:60]}") from None
        except (RequestException, OSError, ValueError) as e:
            raise Temporary(f"the token endpoint failed: {type(e).__name__}") from None
        token = str(answer.get("access_token") or "")
        if not token:
            raise Temporary("the token endpoint gave no token")
        if answer.get("refresh_token"):
            self._refresh[name] = str(answer["refresh_token"])
        return token, self._clock() + float(answer.get("expires_in") or 3600)

    def _ask(self, name: str, source: TokenSource, mailbox: str) -> Mapping[str, Any]:
        from authlib.integrations.requests_client import AssertionSession, OAuth2Session
        from joserfc.jwk import RSAKey

        if source.grant == "service_account":
            assertion = AssertionSession(
                token_endpoint=source.token_url,
                issuer=source.client_id,
                subject=mailbox,
                audience=source.token_url,
                scope=source.scope,
                claims={"scope": source.scope},
                header={"alg": "RS256"},
                key=RSAKey.import_key(source.private_key),
                default_timeout=20,
            )
            with assertion as session:
                answer: Mapping[str, Any] = session.refresh_token()
                return answer
        with OAuth2Session(source.client_id, source.client_secret, scope=source.scope or None) as session:
            session.default_timeout = 20
            if source.grant == "refresh_token":
                kept = self._refresh.get(name, source.refresh_token)
                answer = session.refresh_token(source.token_url, refresh_token=kept)
            elif source.grant == "client_credentials":
                answer = session.fetch_token(source.token_url, grant_type="client_credentials")
            else:
                raise Permanent(f"unknown grant {source.grant!r}")
            return answer
