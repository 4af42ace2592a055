"""What understanding a mail costs after reading it, by kind, and the slowest hostile mail; ratios travel.

`python bench/sort.py [--json] [--rounds N]`. "read" is reading alone; "understand" reads, tells the kind and takes the
facts, so the difference is what sorting, reports, robots, routing and answers cost together.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mail.read import read
from mail.sort import city_tools, understand

_TO = "aduan+c2026000123.1z.k3vq7m2hx5dpa4ne@sibadra.kotabogor.example"
_HEAD = "To: {to}\r\nDate: Mon, 3 Aug 2026 10:00:00 +0700\r\nMIME-Version: 1.0\r\n"


def _mail(sender: str, subject: str, text: str, to: str = "aduan@sibadra.kotabogor.example", more: str = "") -> bytes:
    return f"From: {sender}\r\nSubject: {subject}\r\n{_HEAD.format(to=to)}{more}\r\n{text}\r\n".encode()


MAILS = {
    "complaint": _mail(
        "Siti <siti@warga.example>",
        "Lampu jalan padam",
        "Yth. Bapak/Ibu, lampu jalan di Jl. Ardio depan SDN padam sejak Senin, gelap kalau malam. Mohon diperbaiki. "
        * 4,
    ),
    "official's answer": _mail(
        "lurah@kelcipaku.kotabogor.example", "Re: Laporan", "Sudah kami cek, besok dikerjakan bersama DPUPR.", _TO
    ),
    "spam": _mail(
        "promo@dana.example", "KTA", "Pinjaman dana tunai tanpa jaminan, langsung cair. Hubungi WA kami. " * 5
    ),
    "bounce": _mail(
        "MAILER-DAEMON@mx.example",
        "Undelivered Mail Returned to Sender",
        "Your message could not be delivered.\r\n\r\n<x@y.example>: host mx said: 550 5.1.1 User unknown",
        more="Return-Path: <>\r\n",
    ),
    "absence note": _mail(
        "lurah@kelcipaku.kotabogor.example",
        "Balasan otomatis: Laporan",
        "Saya cuti s.d. 14 Agustus 2026. Plh. Lurah, Sekretaris (seklur@kelcipaku.kotabogor.example).",
        _TO,
        "Auto-Submitted: auto-replied\r\n",
    ),
}
_UNITS = (
    "a",
    "a@b.example ",
    "5.1.1 550 ",
    "lapor ke pak rt ",
    "terima kasih tapi ",
    "<p>",
    "sampai tanggal 3 ",
    "\r\n",
)
HOSTILE = {
    repr(unit): _mail("MAILER-DAEMON@x.example", "Undelivered mail", unit * (1_000_000 // len(unit))) for unit in _UNITS
}


def _milliseconds(action: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        begin = time.process_time()
        action()
        taken.append(time.process_time() - begin)
    return statistics.median(taken) * 1000


def measure(rounds: int) -> dict[str, float]:
    """Milliseconds of CPU: `read` and `understand` for each kind, and the slowest hostile megabyte."""
    tools = city_tools()
    found: dict[str, float] = {}
    for name, raw in MAILS.items():
        understand(raw, tools=tools)
        found[f"read {name}"] = _milliseconds(lambda raw=raw: read(raw), rounds)  # type: ignore[misc]
        found[f"understand {name}"] = _milliseconds(lambda raw=raw: understand(raw, tools=tools), rounds)  # type: ignore[misc]
    for name, raw in HOSTILE.items():
        found[f"hostile megabyte {name}"] = _milliseconds(lambda raw=raw: understand(raw, tools=tools), 1)  # type: ignore[misc]
    return found


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=30)
    args = parser.parse_args()
    found = measure(args.rounds)
    if args.json:
        print(json.dumps({name: round(value, 3) for name, value in found.items()}, ensure_ascii=False))
        return 0
    for name, value in found.items():
        print(f"{name:44} {value:9.2f} ms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
