"""`sibadra doctor` on estates with faults: each is one line that says what to mend, and the exit status tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import dns.exception
import dns.resolver
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mail.cli import main
from mail.sandbox import Estate
from tests.dovecot import MASTER, Dovecot, needs_dovecot

DOMAIN = "sibadra.kotabogor.example"
Doctor = Callable[..., tuple[int, str]]


@pytest.fixture
def doctor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Doctor:
    """Runs the doctor on settings; each change is an old and a new text of those that `init` made."""
    assert main(["init", str(tmp_path)]) == 0
    file = tmp_path / "sibadra.toml"
    good = file.read_text()
    (tmp_path / "imap.password").write_text("x")
    (tmp_path / "imap.password").chmod(0o600)

    def run(*changes: tuple[str, str]) -> tuple[int, str]:
        text = good
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        file.write_text(text)
        capsys.readouterr()
        status = main(["--config", str(file), "doctor"])
        return status, capsys.readouterr().out

    return run


def certificate(path: Path, days: int) -> None:
    """A certificate that ends in so many days, in one PEM with nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mx.kota.example")])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - dt.timedelta(1)).not_valid_after(now + dt.timedelta(days))
    path.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))


def line(text: str, what: str) -> str:
    """The one line about something."""
    found = [one for one in text.splitlines() if what in one]
    assert len(found) == 1, text
    return found[0]


def test_what_is_down_or_missing_is_said_with_its_mend(doctor: Doctor, tmp_path: Path) -> None:
    """No relay, no intake, no IMAP server, no such desk, an old certificate: a line each, and status 1."""
    certificate(tmp_path / "mx.pem", 5)
    status, text = doctor(
        ("port = 25\n", "port = 1\n"),
        ("port = 993\n", "port = 1\n"),
        ('lmtp = "127.0.0.1:2424"', 'lmtp = "127.0.0.1:1"\ncertificate = "mx.pem"'),
        ('desk = "diskominfo.kasi.aduan"', 'desk = "tidak.ada"'),
    )
    assert status == 1
    for what, mend in (
        ("relay ", "see host, port, security and user in [relay]"),
        ("intake lmtp", "does `sibadra serve` run?"),
        ("IMAP ", "see host, port, tls, ca_file and token in [imap."),
        ("triage desk", "set city.desk"),
        ("intake certificate", "renew it"),
    ):
        assert line(text, what).startswith("WRONG"), text
        assert mend in line(text, what)
    assert line(text, "DMARC").startswith("unknown")
    assert line(text, "disk").startswith("ok")


@pytest.mark.real
@needs_dovecot
def test_a_wrong_password_is_told_from_a_right_one(doctor: Doctor, tmp_path: Path) -> None:
    """The master's password decides; the certificate's end stands beside, and names what to mend."""
    with Dovecot(static_password="badra", tls=True) as d, Estate(tmp_path / "e", {}) as relay:
        changes = [
            ("port = 25\n", f"port = {relay.smtp_port}\n"),
            ("port = 993\n", f'port = {d.imaps_port}\nca_file = "{d.ca_file}"\n'),
            ('user = "sibadra"\nsecret_file', f'user = "{MASTER[0]}"\nsecret_file'),
        ]
        for secret, wanted in ((MASTER[1], "ok"), ("salah", "WRONG")):
            (tmp_path / "imap.password").write_text(secret)
            _, text = doctor(*changes)
            login = next(one for one in text.splitlines() if "IMAP " in one and "certificate" not in one)
            assert login.startswith(wanted), text
            assert ("see login, user and secret in [imap." in login) is (wanted == "WRONG")
            if wanted == "ok":
                assert line(text, "master certificate").startswith("WRONG")  # the test's ends in two days
                assert "renew it" in line(text, "master certificate")
            assert secret not in text


def test_the_domain_is_looked_up(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    """SPF there, DMARC missing, DKIM of the selector without an answer: ok, wrong with its mend, unknown."""

    class Text:
        strings = (b"v=spf1 mx ", b"-all")

    def resolve(name: str, kind: str, lifetime: float) -> list[Text]:
        assert (kind, lifetime) == ("TXT", 5)
        if name.startswith("_dmarc"):
            raise dns.resolver.NXDOMAIN
        if "_domainkey" in name:
            raise dns.exception.Timeout
        return [Text()]

    monkeypatch.setattr(dns.resolver, "resolve", resolve)
    real = 'domain = "aduan.kotabogor.go.id"\ndkim_selector = "badra"'
    _, text = doctor((f'domain = "{DOMAIN}"', real), ("port = 25\n", "port = 1\n"), ("port = 993\n", "port = 1\n"))
    assert line(text, "SPF of").startswith("ok")
    assert line(text, "DMARC of").startswith("WRONG")
    assert "publish a TXT record at _dmarc.aduan.kotabogor.go.id" in line(text, "DMARC of")
    assert line(text, "DKIM of").startswith("unknown")
