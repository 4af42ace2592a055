"""`sibadra init`, `serve`, `doctor`, `mailbox check` as an administrator runs them, on real Postfix and Dovecot."""

from __future__ import annotations

import re
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dovecot import MASTER, Dovecot, needs_dovecot
from tests.postfix import Postfix, free_port, needs_postfix

pytestmark = [pytest.mark.real, needs_dovecot, needs_postfix]
ROOT = Path(__file__).parent.parent
DOMAIN = "sibadra.kotabogor.example"


def sibadra(folder: Path, *words: str, seconds: float = 90) -> subprocess.CompletedProcess[str]:
    """Runs one command on the settings of the folder."""
    return subprocess.run(
        [sys.executable, "-m", "mail.cli", "--config", str(folder / "sibadra.toml"), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


@pytest.fixture
def city(tmp_path: Path) -> Iterator[tuple[Path, Postfix]]:
    """A folder made by `init`, its settings pointed at real servers, and `serve` running on it."""
    made = subprocess.run(
        [sys.executable, "-m", "mail.cli", "init", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    lmtp = free_port()
    with Dovecot(static_password="badra", quota="10M") as dovecot:
        domains = ["kotabogor.example", "dpupr.kotabogor.example", "tirtapakuan.kotabogor.example", "warga.example"]
        with Postfix(
            tmp_path, engine_lmtp=lmtp, dovecot_lmtp=dovecot.lmtp_port, domains=domains, intake=DOMAIN
        ) as postfix:
            (tmp_path / "imap.password").write_text(MASTER[1])
            (tmp_path / "imap.password").chmod(0o600)
            file = tmp_path / "sibadra.toml"
            text = file.read_text()
            for old, new in (
                ('lmtp = "127.0.0.1:2424"', f'lmtp = "127.0.0.1:{lmtp}"'),
                ("port = 25\n", f"port = {postfix.port}\n"),
                ("port = 993\n", f"port = {dovecot.imap_port}\n"),
                ('tls = "tls"', 'tls = "none"'),
                ('user = "sibadra"\nsecret_file', f'user = "{MASTER[0]}"\nsecret_file'),
                ("every = 60", "every = 1"),
            ):
                assert old in text, old
                text = text.replace(old, new, 1)
            file.write_text(text)
            engine = subprocess.Popen(
                [sys.executable, "-m", "mail.cli", "--config", str(file), "serve"],
                cwd=ROOT,
                stderr=(tmp_path / "log").open("wb"),
            )
            try:
                await_line(tmp_path / "log", "serving", engine)
                yield tmp_path, postfix
            finally:
                engine.terminate()
                assert engine.wait(40) == 0, (tmp_path / "log").read_text()[-2000:]


def await_line(log: Path, words: str, engine: subprocess.Popen[bytes]) -> None:
    """Waits for a line of the log."""
    end = time.monotonic() + 40
    while words not in log.read_text():
        assert engine.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.1)


def test_a_served_city(city: tuple[Path, Postfix]) -> None:
    """The doctor finds all well, a mail makes a round trip, a complaint's letter is seen delivered."""
    folder, postfix = city
    doctor = sibadra(folder, "doctor", "--loop", "20")
    assert "ok       loop" in doctor.stdout, doctor.stdout
    assert "WRONG" not in doctor.stdout, doctor.stdout
    assert doctor.returncode == 0
    with smtplib.SMTP("127.0.0.1", postfix.port, timeout=30) as client:
        text = "Pipa PDAM bocor di Jl. Cibalagung depan pagar, air bersih muncrat terus dari bawah aspal."
        raw = (
            f"From: rina@warga.example\r\nTo: aduan@{DOMAIN}\r\nSubject: Pipa bocor\r\nMessage-ID: <s@w>\r\n\r\n{text}"
        )
        client.sendmail("rina@warga.example", [f"aduan@{DOMAIN}"], raw.encode())
    end = time.monotonic() + 40
    story = ""
    while not re.search(r"task .*\d\d:\d\d .*\d\d:\d\d", story) and time.monotonic() < end:
        time.sleep(0.5)
        number = re.search(r"C-\d{4}-\d{6}", sibadra(folder, "ticket", "list", "--json").stdout)
        story = sibadra(folder, "ticket", "show", number[0]).stdout if number else ""
    assert "tirtapakuan.asman.kebocoran" in story, (folder / "log").read_text()[-3000:]
    assert sibadra(folder, "audit", "verify").stdout.startswith("ok")
    log = (folder / "log").read_text()
    assert "rina@" not in log
    assert "Cibalagung" not in log


def test_mailboxes_are_tested(city: tuple[Path, Postfix]) -> None:
    """`mailbox check` says which accounts take mail and can be looked into."""
    folder, _ = city
    result = sibadra(folder, "mailbox", "check", "--unit", "TIRTAPAKUAN")
    assert "mandatory mailboxes are well" in result.stdout
    assert result.returncode == 0, result.stdout


def test_wrong_settings_are_one_line(tmp_path: Path) -> None:
    """A wrong key, a loose secret and a missing file each end with one line that names file, key and mend."""
    assert (
        subprocess.run(
            [sys.executable, "-m", "mail.cli", "init", str(tmp_path)], cwd=ROOT, check=False, capture_output=True
        ).returncode
        == 0
    )
    file = tmp_path / "sibadra.toml"
    good = file.read_text()
    for old, new, wanted in (
        ("port = 25\n", 'port = "25"\n', "relay.port"),
        ('profile = "sibadra"', 'profile = "cepat"', "city.profile"),
        ('emergency_number = "112"', 'emergency_number = "seratus"', "city.emergency_number"),
        ("[watch]", "[wacth]", "wacth"),
        ('domain = "sibadra.kotabogor.example"', 'domain = "bogor"', "intake.domain"),
    ):
        file.write_text(good.replace(old, new, 1))
        result = sibadra(tmp_path, "serve")
        assert result.returncode == 2
        assert wanted in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    (tmp_path / "imap.password").write_text("x")
    (tmp_path / "imap.password").chmod(0o644)
    file.write_text(good)
    result = sibadra(tmp_path, "serve")
    assert "chmod 600" in result.stderr
    assert sibadra(tmp_path / "nowhere", "serve").returncode == 2
