"""What reading a mail costs beside flanker alone, in the same run: a small mail at most twice, a photo no more.

`python bench/read.py [--json] [--rounds N]`; the figures that travel are the ratios. "flanker alone" is the parse and
every body touched, which is what a program does that wants to see the mail.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

_TEXT = (
    "Yth. Pemerintah Kota Bogor,\r\n\r\nLampu jalan di depan SDN Polisi 4 sudah dua minggu padam. "
    "Kalau malam gelap sekali dan kemarin ada yang hampir tertabrak motor.\r\nMohon segera diperbaiki.\r\n\r\n"
    "Terima kasih,\r\nSiti Aminah\r\n"
)
_HEADER = (
    "Return-Path: <siti@warga.example>\r\nReceived: from mail.warga.example (mail.warga.example [192.0.2.7])\r\n"
    "\tby mx.kota.example (Postfix) with ESMTPS id 4XyZ\r\n"
    "\tfor <aduan@kota.example>; Tue, 14 Jul 2026 06:12:52 +0700\r\n"
    "DKIM-Signature: v=1; a=rsa-sha256; d=warga.example; s=k1; h=from:to:subject:date;\r\n"
    " bh=OUwev8Jdm7IpfJE6x90wXEWUEc7lAHfQ98cv6ouIRQ4=;\r\n b=63xhIgXtOsmehnlZctWLXL+rzXoDvSqZNZt23FcNhOA0Jy0/yliSc\r\n"
    "MIME-Version: 1.0\r\nFrom: Siti Aminah <siti@warga.example>\r\nTo: aduan@kota.example\r\n"
    "Subject: =?UTF-8?Q?Lampu_jalan_padam_=E2=80=94_tolong?=\r\nDate: Tue, 14 Jul 2026 06:12:44 +0700\r\n"
    "Message-ID: <CA+0bH1mPmoJUyUmUKIDtGKtxDWbOpu6k@mail.warga.example>\r\n"
)


def _small() -> bytes:
    html = "<div dir=ltr>" + _TEXT.replace("\r\n", "<br>\r\n") + "</div>"
    return (
        _HEADER + 'Content-Type: multipart/alternative; boundary="b1"\r\n\r\n'
        '--b1\r\nContent-Type: text/plain; charset="UTF-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        f"{_TEXT}\r\n--b1\r\n"
        'Content-Type: text/html; charset="UTF-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        f"{html.replace('=', '=3D')}\r\n--b1--\r\n"
    ).encode()


def _photo() -> bytes:
    photo = base64.encodebytes(random.Random(7).randbytes(300_000)).replace(b"\n", b"\r\n")
    return (
        (_HEADER + 'Content-Type: multipart/mixed; boundary="b2"\r\n\r\n').encode()
        + f"--b2\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{_TEXT}\r\n--b2\r\n".encode()
        + b'Content-Type: image/jpeg; name="foto.jpg"\r\nContent-Disposition: attachment; filename="foto.jpg"\r\n'
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + photo
        + b"\r\n--b2--\r\n"
    )


def _hostile() -> dict[str, bytes]:
    head = b"From: a@b.example\nSubject: x\n"
    mixed = head + b"Content-Type: multipart/mixed; boundary=a\n\n"
    page = head + b"Content-Type: text/html\n\n"
    return {
        "line of 1 MB": head + b"\n" + b"x" * 1_000_000,
        "parts, 50,000": mixed + b"--a\n\nx\n" * 50_000,
        "nesting, 20,000": mixed + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 20_000,
        "fields, 300,000": b"a: b\n" * 300_000,
        "encoded words, 70,000": b"Subject: " + b"=?utf-8?q?=ff?= " * 70_000 + b"\n\nx",
        "comments, 1 MB": b"From: " + b"(" * 1_000_000 + b"\n\nx",
        "<div>, 200,000": page + b"<div>" * 200_000,
        "links, 5,000": page + b"<a href='http://x.example/'>y</a> " * 5_000,
        "base64 of padding": head + b"Content-Transfer-Encoding: base64\n\n" + b"A=\n" * 300_000,
    }


def _by_flanker(raw: bytes) -> None:
    from flanker import mime

    message = mime.from_string(raw)
    for part in message.walk(with_self=True):
        part.body  # noqa: B018 - a property that decodes


def _pair(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Medians in milliseconds of two things measured in turn, so that a busy machine slows both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for position, call in enumerate((ours, theirs)):
            start = time.perf_counter()
            call()
            times[position].append((time.perf_counter() - start) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def main() -> None:
    """Measures and prints; with --json the figures are the last line, as one object."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--rounds", type=int, default=200)
    options = arguments.parse_args()
    from mail.read import read

    figures: dict[str, float] = {}
    for name, raw, rounds in (("small", _small(), options.rounds), ("photo", _photo(), max(options.rounds // 10, 5))):
        _by_flanker(raw)
        read(raw)
        ours, theirs = _pair(lambda raw=raw: read(raw), lambda raw=raw: _by_flanker(raw), rounds)  # type: ignore[misc]
        figures |= {f"{name}_ms": ours, f"{name}_flanker_ms": theirs, f"{name}_ratio": ours / theirs}
        print(f"{name:>24}: {ours:8.3f} ms, flanker alone {theirs:8.3f} ms, ratio {ours / theirs:.2f}")
    worst = 0.0
    for name, raw in _hostile().items():
        start = time.perf_counter()
        read(raw)
        took = (time.perf_counter() - start) * 1000
        worst = max(worst, took)
        print(f"{name:>24}: {took:8.1f} ms for {len(raw):,} bytes")
    figures["hostile_worst_ms"] = worst
    if options.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
