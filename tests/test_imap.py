"""Ways into mailboxes, each against a real Dovecot; tokens; settings; and a connection that can only read."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from engine.errors import BadSetting, Permanent, Temporary
from mail.imap import (
    Broken,
    Login,
    Refused,
    Tokens,
    TokenSource,
    WayIn,
    account_for,
    connect,
    source_from_settings,
    way_from_settings,
)
from mail.imap.client import Client
from mail.settings import check
from mail.watch import Bookmark, Rules, Wanted, visit
from tests.dovecot import MASTER, PASSWORD, Dovecot, needs_dovecot
from tests.test_watch import raw
from tests.token_server import TokenServer

KASI, PANTAU = "kasi@kota.test", "pantau@kota.test"


@pytest.fixture(scope="module")
def tokens() -> Iterator[TokenServer]:
    """A token endpoint."""
    with TokenServer(KASI) as server:
        yield server


@pytest.fixture(scope="module")
def dovecot(tokens: TokenServer) -> Iterator[Dovecot]:
    """One server with every way in and one letter in the mailbox."""
    users = {KASI: PASSWORD, PANTAU: "kunci ünik"}
    with Dovecot(users=users, acl=True, tls=True, quota="1M", oauth2=tokens.dovecot) as d:
        d.deliver(KASI, raw(1))
        d.doveadm("acl", "set", "-u", KASI, "INBOX", f"user={PANTAU}", "lookup", "read")
        d.doveadm("acl", "set", "-u", KASI, "Archive", f"user={PANTAU}", "lookup", "read")
        yield d


def way(d: Dovecot, **more: object) -> WayIn:
    """A way in on this machine without TLS."""
    return WayIn(**({"host": "127.0.0.1", "port": d.imap_port, "tls": "none", "secret": PASSWORD} | more))  # type: ignore[arg-type]


def found(client: Client, inbox: str = "INBOX") -> list[str]:
    """What one visit for the letter finds."""
    letter = Wanted(1, "surat-1@lapor.test", datetime.now(UTC))
    got = visit(client, inbox, [letter], Bookmark(), datetime.now(UTC), rules=Rules(at_once=-1))
    return [str(o.what) for o in got.observations]


@pytest.mark.real
@needs_dovecot
@pytest.mark.parametrize("login", [Login.PASSWORD, Login.MASTER, Login.AUTHZID])
def test_password_master_and_authorization_identity(dovecot: Dovecot, login: Login) -> None:
    """The mailbox's own password, `user*master`, and SASL PLAIN as the master for the mailbox let us in."""
    own = login is Login.PASSWORD
    account = account_for(KASI, way(dovecot, login=login, user=MASTER[0], secret=PASSWORD if own else MASTER[1]))
    client = connect(account)
    assert found(client) == ["delivered"]
    client.close()
    with pytest.raises(Refused):
        connect(account_for(KASI, way(dovecot, login=login, user=MASTER[0], secret="salah")))


@pytest.mark.real
@needs_dovecot
def test_delegated_mailboxes_over_one_account(dovecot: Dovecot) -> None:
    """An account to which mailboxes are delegated finds letters below `Other Users/`, also when they are moved."""
    account = account_for(
        KASI,
        way(dovecot, login=Login.DELEGATED, user=PANTAU, secret="kunci ünik", folder="Other Users/{mailbox}"),
    )
    other = account_for("lain@kota.test", account.way)
    assert account.key == other.key
    assert account.inbox == f"Other Users/{KASI}"
    client = connect(account)
    letter = [Wanted(1, "surat-1@lapor.test", datetime.now(UTC))]
    first = visit(client, account.inbox, letter, Bookmark(), datetime.now(UTC))
    assert [o.what for o in first.observations] == ["delivered"]
    dovecot.doveadm("move", "-u", KASI, "Archive", "mailbox", "INBOX", "all")
    second = visit(client, account.inbox, letter, first.bookmark, datetime.now(UTC))
    assert [(o.what, o.folder) for o in second.observations] == [("moved", f"Other Users/{KASI}/Archive")]
    dovecot.doveadm("move", "-u", KASI, "INBOX", "mailbox", "Archive", "all")
    client.close()


@pytest.mark.real
@needs_dovecot
@pytest.mark.parametrize("login", [Login.XOAUTH2, Login.OAUTHBEARER])
def test_bearer_tokens(dovecot: Dovecot, tokens: TokenServer, login: Login) -> None:
    """A token fetched with client credentials lets us in; a withdrawn one is renewed once, a refused one is Refused."""
    source = TokenSource("client_credentials", tokens.url + "/token", "id", "rahasia", scope="imap")
    kept = Tokens({"m365": source})
    account = account_for(KASI, way(dovecot, login=login, token="m365", secret=""))
    asked = len(tokens.requests)
    for _ in range(2):
        client = connect(account, kept)
        assert found(client) == ["delivered"]
        client.close()
    assert len(tokens.requests) == asked + 1
    tokens.valid.clear()
    connect(account, kept).close()
    assert len(tokens.requests) == asked + 2
    with pytest.raises(Refused):
        connect(account_for(PANTAU, account.way), kept)


@pytest.mark.real
@needs_dovecot
def test_tls_is_verified(dovecot: Dovecot) -> None:
    """TLS from the first byte and STARTTLS work with the right authority, and with no other."""
    for tls, port in (("tls", dovecot.imaps_port), ("starttls", dovecot.imap_port)):
        for host in ("localhost", "127.0.0.1"):
            good = way(dovecot, host=host, port=port, tls=tls, ca_file=str(dovecot.ca_file))
            client = connect(account_for(KASI, good))
            assert found(client) == ["delivered"]
            client.close()
        with pytest.raises(Broken, match="CERTIFICATE_VERIFY_FAILED"):
            connect(account_for(KASI, way(dovecot, port=port, tls=tls)))
    with pytest.raises(Permanent):
        connect(account_for(KASI, way(dovecot, host="imap.kota.example")))


@pytest.mark.real
@needs_dovecot
def test_only_reading_and_few_commands(dovecot: Dovecot) -> None:
    """BODY without PEEK is refused before it is sent; quota is told; after login only what is asked for is sent."""
    client = connect(account_for(KASI, way(dovecot)))
    with pytest.raises(ValueError, match="PEEK"):
        client.fetch("1:*", ["BODY[]"])
    assert client.quota("INBOX") == (1, 1024) or client.quota("INBOX") == (0, 1024)
    with pytest.raises(Temporary):
        client.examine("Tidak Ada")
    assert client.examine("INBOX").messages == 1
    client.close()
    stats = dovecot.log
    assert "Error" not in stats


@pytest.mark.real
@needs_dovecot
def test_secrets_and_addresses_are_not_logged(dovecot: Dovecot, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing of a login appears in any log record, even when everything is logged."""
    with caplog.at_level(logging.DEBUG):
        connect(account_for(KASI, way(dovecot))).close()
        with pytest.raises(Refused):
            connect(account_for(KASI, way(dovecot, secret="salah-sekali")))
    assert PASSWORD not in caplog.text
    assert "salah-sekali" not in caplog.text
    assert "salah-sekali" not in repr(way(dovecot, secret="salah-sekali"))


def test_tokens_are_kept_renewed_and_refreshed(tokens: TokenServer) -> None:
    """A token is used until shortly before its end; a new refresh token replaces the old one; failures have names."""
    now = [1000.0]
    kept = Tokens(
        {"r": TokenSource("refresh_token", tokens.url + "/token", "id", "s", refresh_token="pertama")}, lambda: now[0]
    )
    first = kept.token("r", KASI)
    assert kept.token("r", "lain@kota.test") == first
    now[0] += 3000
    assert kept.token("r", KASI) == first
    now[0] += 400
    assert kept.token("r", KASI) != first
    assert [r["refresh_token"] for r in tokens.requests[-2:]] == ["pertama", f"refresh-{len(tokens.requests) - 1}"]
    tokens.refuse = True
    with pytest.raises(Permanent, match="invalid_client"):
        kept.token("r", KASI, fresh=True)
    tokens.refuse, tokens.broken = False, True
    with pytest.raises(Temporary):
        kept.token("r", KASI, fresh=True)
    tokens.broken = False
    with pytest.raises(Permanent):
        kept.token("tidak-ada", KASI)
    with pytest.raises(Permanent, match="https"):
        Tokens({"x": TokenSource("refresh_token", "http://contoh.example/token")}).token("x", KASI)


def test_a_service_account_acts_for_each_mailbox(tokens: TokenServer) -> None:
    """With domain-wide delegation each mailbox has a token of its own, by an assertion that names it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    source = TokenSource(
        "service_account", tokens.url + "/token", "robot@kota.test", private_key=key.decode(), scope="https://mail/"
    )
    kept = Tokens({"google": source})
    one, two = kept.token("google", KASI), kept.token("google", PANTAU)
    assert one != two
    assert (tokens.valid[one], tokens.valid[two]) == (KASI, PANTAU)
    assert kept.token("google", KASI) == one
    assert tokens.requests[-1]["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"


def test_settings_become_a_way_in(tmp_path: Path) -> None:
    """A complete table is taken, with its secret from a file or the environment."""
    secret = tmp_path / "rahasia"
    secret.write_text("kunci\n")
    secret.chmod(0o604)
    with pytest.raises(BadSetting, match="others may read"):
        way_from_settings({"host": "h", "secret_file": str(secret)}, "a.toml", "imap.x")
    secret.chmod(0o600)
    made = way_from_settings(
        {"host": "imap.kota.test", "login": "master", "user": "pantau", "secret_file": str(secret)}, "a.toml", "imap.x"
    )
    assert made == WayIn("imap.kota.test", 993, "tls", Login.MASTER, user="pantau", secret="kunci")
    assert "kunci" not in repr(made)
    made = way_from_settings({"host": "h", "tls": "starttls", "secret_env": "S"}, "a.toml", "imap.x", {"S": "k"})
    assert (made.port, made.secret) == (143, "k")
    assert account_for("a@b.test", WayIn("h", username="{local}.{domain}")).username == "a.b.test"


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({}, "host"),
        ({"host": "h", "logn": "x"}, "logn"),
        ({"host": "h", "login": "tebak"}, "login"),
        ({"host": "h", "tls": "none"}, "tls"),
        ({"host": "h", "tls": "mungkin"}, "tls"),
        ({"host": "h", "port": "70000"}, "port"),
        ({"host": "h", "login": "master", "secret": "x"}, "user"),
        ({"host": "h", "login": "xoauth2"}, "token"),
        ({"host": "h"}, "secret_file"),
        ({"host": "h", "secret_file": "/tidak/ada"}, "secret_file"),
        ({"host": "h", "secret_env": "TIDAK_ADA"}, "secret_env"),
    ],
)
def test_wrong_settings_name_file_key_and_mend(settings: dict[str, object], key: str) -> None:
    """Each mistake is named with its key and how to mend it."""
    with pytest.raises(BadSetting, match=rf"^sibadra\.toml: imap\.kota\.{key}: .+; .+"):
        way_from_settings(settings, "sibadra.toml", "imap.kota", {})


def test_environment_is_the_default() -> None:
    """Secrets come from the process's environment unless another is given."""
    assert way_from_settings({"host": "h", "secret_env": "PATH"}, "f", "k").secret == os.environ["PATH"]


def test_settings_become_a_token_source(tmp_path: Path) -> None:
    """A complete table is taken; its secrets come from files or the environment and are never shown."""
    key = tmp_path / "kunci.pem"
    key.write_text("-----BEGIN PRIVATE KEY-----\n")
    key.chmod(0o600)
    table = {
        "grant": "service_account",
        "token_url": "https://t.test/x",
        "client_id": "robot",
        "private_key_file": str(key),
    }
    made = source_from_settings(table, "a.toml", "token.g")
    assert made.private_key == "-----BEGIN PRIVATE KEY-----"
    assert "BEGIN" not in repr(made)
    table = {
        "grant": "client_credentials",
        "token_url": "https://t.test/x",
        "client_id": "id",
        "client_secret_env": "S",
    }
    assert source_from_settings(table, "a.toml", "token.m", {"S": "rahasia"}).client_secret == "rahasia"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"grant": "password"}, "grant"),
        ({"refresh_token": "x"}, "refresh_token"),
        ({"token_url": ""}, "token_url"),
        ({"client_id": ""}, "client_id"),
        ({"token_url": "http://t.test/x"}, "token_url"),
        ({"client_secret_env": "TIDAK_ADA"}, "client_secret_env"),
    ],
)
def test_wrong_token_sources_name_the_key(change: dict[str, object], key: str) -> None:
    """Each mistake is named with its key and how to mend it."""
    table = {
        "grant": "client_credentials",
        "token_url": "https://t.test/x",
        "client_id": "id",
        "client_secret_env": "S",
    }
    with pytest.raises(BadSetting, match=rf"^sibadra\.toml: token\.m365\.{key}: .+; .+"):
        source_from_settings(table | change, "sibadra.toml", "token.m365", {"S": "x"})


def test_a_way_in_names_a_token_table_that_is_there(tmp_path: Path) -> None:
    """The settings file is checked as a whole: a way in by token needs its table, and gets it."""
    city = {
        "intake": {"domain": "lapor.kota.test"},
        "imap": {"kota.test": {"host": "h.test", "login": "xoauth2", "token": "m"}},
    }
    with pytest.raises(BadSetting, match=r"imap\.kota\.test\.token: no \[token\.m\] is there"):
        check(city, tmp_path / "sibadra.toml", {})
    table = {
        "grant": "client_credentials",
        "token_url": "https://t.test/x",
        "client_id": "id",
        "client_secret_env": "S",
    }
    (tmp_path / "sibadra.key").write_bytes(b"k" * 64)
    (tmp_path / "sibadra.key").chmod(0o600)
    made = check(city | {"token": {"m": table}}, tmp_path / "sibadra.toml", {"S": "x"})
    with pytest.raises(Temporary):
        made.tokens.token("m", KASI)
