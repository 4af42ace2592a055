"""Mails to measure with: complaints of 3 KB, every fifth with a photo of 100 to 300 KB, the same ones for a seed."""

from __future__ import annotations

import base64
from random import Random

TEXT = (
    "jalan rusak lampu mati sampah menumpuk banjir selokan mampet warga mohon segera diperbaiki dekat pasar sudah dua "
    "minggu belum ada petugas yang datang terima kasih kelurahan kecamatan trotoar pohon tumbang air keruh"
)
WORDS = tuple(TEXT.split())


def mixed(seed: int, count: int) -> list[bytes]:
    """That many complaints as they come over the wire (CR LF)."""
    rng = Random(seed)
    return [_complaint(rng, number, photo=number % 5 == 4) for number in range(count)]


def _complaint(rng: Random, number: int, *, photo: bool) -> bytes:
    lines = [" ".join(rng.choice(WORDS) for _ in range(11)) for _ in range(38)]
    text = "\r\n".join(lines) + "\r\n"
    head = (
        f"From: Warga <warga{number}@rumah.example>\r\nTo: aduan@lapor.kota.example\r\nSubject: {lines[0]}\r\n"
        f"Message-ID: <{rng.getrandbits(64):x}@rumah.example>\r\nMIME-Version: 1.0\r\n"
    )
    if not photo:
        return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()
    encoded = base64.encodebytes(rng.randbytes(rng.randrange(100_000, 300_000))).replace(b"\n", b"\r\n")
    return (
        (
            f'{head}Content-Type: multipart/mixed; boundary="batas"\r\n\r\n--batas\r\nContent-Type: text/plain\r\n\r\n'
            f"{text}\r\n--batas\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        ).encode()
        + encoded
        + b"\r\n--batas--\r\n"
    )
