"""`sibadra serve` collects by IMAP, dies again and again by SIGKILL, and makes each mail one ticket."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.store import Store
from mail.cli import main
from tests.dovecot import PASSWORD, Dovecot, needs_dovecot
from tests.test_collect import count

pytestmark = [pytest.mark.real, needs_dovecot]
ROOT = Path(__file__).parent.parent
LAPOR = "lapor@kota.test"
DOMAIN = "sibadra.kotabogor.example"
STREETS = ("Jl. Pajajaran", "Jl. Suryakencana", "Jl. Merdeka", "Jl. Sukasari", "Jl. Empang", "Jl. Cibalagung")


def complaint(n: int) -> bytes:
    """A citizen's mail, each from another citizen about another house."""
    where = f"{STREETS[n % len(STREETS)]} nomor {n}"
    return (
        f"Return-Path: <warga{n}@luar.test>\r\nFrom: Warga {n} <warga{n}@luar.test>\r\nTo: aduan@{DOMAIN}\r\n"
        f"Message-ID: <{n}@luar.test>\r\nSubject: Jalan berlubang di {where}\r\n\r\n"
        f"Jalan di depan rumah kami di {where} berlubang dalam, mohon diperbaiki.\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("mails", "kills"),
    [(60, 4), pytest.param(1000, 50, marks=[pytest.mark.soak, pytest.mark.timeout(1800)])],
)
def test_each_mail_is_one_ticket(tmp_path: Path, mails: int, kills: int) -> None:
    """Killed at random points of collecting and handling, with a new UIDVALIDITY between: as many tickets as mails."""
    assert main(["init", str(tmp_path)]) == 0
    file, secret, chance = tmp_path / "sibadra.toml", tmp_path / "lapor.password", random.Random(11)
    secret.write_text(PASSWORD)
    secret.chmod(0o600)
    with Dovecot(users=[LAPOR]) as d:
        text = file.read_text().replace('lmtp = "127.0.0.1:2424"', 'lmtp = ""').replace("port = 25\n", "port = 1\n")
        head, _, rest = text.partition("[imap.default]")
        way = f'host = "127.0.0.1"\nport = {d.imap_port}\ntls = "none"\nsecret_file = "lapor.password"\n'
        file.write_text(f'{head}[collect."{LAPOR}"]\n{way}\n[watch]{rest.partition("[watch]")[2]}')
        d.deliver_many((LAPOR, complaint(n)) for n in range(mails))

        def serve() -> subprocess.Popen[bytes]:
            log = (tmp_path / "log").open("ab")
            command = [sys.executable, "-m", "mail.cli", "--config", str(file), "serve"]
            return subprocess.Popen(command, cwd=ROOT, stderr=log)

        def kept() -> int:
            path = tmp_path / "sibadra.db"
            if not path.exists():
                return 0
            store = Store.sqlite(path)
            try:
                return int(store.t.mail.select().count())
            finally:
                store.close()

        moments = sorted(chance.sample(range(mails), kills))
        for number, moment in enumerate(moments):
            engine = serve()
            end = time.monotonic() + 60
            while kept() < moment and engine.poll() is None and time.monotonic() < end:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.3))
            engine.kill()
            engine.wait(10)
            if number == kills // 2:
                d.doveadm("mailbox", "update", "-u", LAPOR, "--uid-validity", "4711", "INBOX")
        engine = serve()
        store = Store.sqlite(tmp_path / "sibadra.db")
        try:
            end = time.monotonic() + 120 + mails / 2
            while store.new_mails(1) or kept() < mails or count(d, "INBOX"):
                assert engine.poll() is None
                assert time.monotonic() < end, (tmp_path / "log").read_text()[-2000:]
                time.sleep(0.2)
            time.sleep(1)
        finally:
            engine.terminate()
            engine.wait(40)
        assert (kept(), count(d, "INBOX"), len(store.held_mails())) == (mails, 0, 0)
        tickets = store.tickets(limit=2 * mails)
        assert len(tickets) == mails
        assert {t.citizen_address for t in tickets} == {f"warga{n}@luar.test" for n in range(mails)}
        assert not store.broken_links()
        store.close()
