"""One inspected mail as a page for people: what it is, why, and the text that counts."""

from __future__ import annotations

from typing import Any, TextIO

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from engine.reading import Reading

KINDS = {
    "complaint": "pengaduan",
    "external": "di luar kewenangan kota",
    "status": "menanyakan laporan",
    "thanks": "ucapan terima kasih",
    "spam": "iklan atau penipuan",
    "empty": "tanpa isi",
    "reply": "jawaban surat kita",
    "bounce": "surat kembali",
    "auto": "balasan otomatis",
    "receipt": "tanda sudah dibaca",
    None: "tidak terbaca",
}
STATUSES = {
    "received": "diterima",
    "in_progress": "sedang dikerjakan",
    "done": "selesai",
    "rejected": "ditolak, bukan kewenangan",
    "forwarded": "diteruskan",
    "need_info": "butuh keterangan",
    "postponed": "ditunda",
    "comment": "catatan saja",
    "confirmed": "warga puas",
    "disputed": "warga menyanggah",
    "info": "keterangan dari warga",
    "withdrawn": "laporan dicabut",
}
MOST_LINES = 40


def page(row: dict[str, Any], reading: Reading | None, out: TextIO) -> None:
    """Prints one page; what a mail says is shown as text only, never as markup or control codes."""
    console = Console(file=out, highlight=False, soft_wrap=False)
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in _lines(row, reading):
        table.add_row(name, _plain(value))
    console.print(Panel(table, title=_plain(str(row["file"])[-90:]), title_align="left"))
    text = str(row["text"] or "").strip()
    if text:
        shown = text.split("\n")[:MOST_LINES]
        more = "\n..." if len(text.split("\n")) > MOST_LINES else ""
        console.print(_plain("\n".join(shown) + more))
        console.print()


def _lines(row: dict[str, Any], reading: Reading | None) -> list[tuple[str, str]]:
    lines = [
        ("Jenis", KINDS[row["kind"]]),
        ("Perihal", row["subject"] or ""),
        ("Dari", _address(row["from"])),
        ("Kepada", ", ".join(_address(each) for each in row["to"])),
        ("Tanggal", row["date"] or ""),
    ]
    lines += [
        ("Lampiran", f"{each['name'] or '(tanpa nama)'}, {each['type']}, {each['size']} byte")
        for each in row["attachments"]
    ]
    lines += _reply(row["reply"]) + _bounce(reading) + _automatic(reading) + _route(row["route"])
    if reading is not None and reading.receipt is not None:
        lines.append(("Dibaca", "ya" if reading.receipt.displayed else "tidak, dihapus sebelum dibaca"))
    lines += [("Perhatian", each) for each in row["warnings"]]
    return [(name, value) for name, value in lines if value]


def _reply(reply: dict[str, Any] | None) -> list[tuple[str, str]]:
    if reply is None:
        return []
    sure = "kata perintah" if reply["explicit"] else f"dari kalimat, yakin {reply['confidence']:.0%}"
    lines = [("Jawaban", f"{STATUSES[reply['status']]} ({sure})")]
    return lines + [(name, reply[key] or "") for name, key in (("Tujuan", "target"), ("Dijanjikan", "promised"))]


def _bounce(reading: Reading | None) -> list[tuple[str, str]]:
    if reading is None or reading.bounce is None:
        return []
    return [
        (
            "Gagal",
            f"{each.address}: {'tetap' if each.permanent else 'sementara'} {each.code or ''} {each.diagnostic[:200]}",
        )
        for each in reading.bounce.failures
    ] or [("Gagal", "penerima tidak disebut")]


def _automatic(reading: Reading | None) -> list[tuple[str, str]]:
    noted = reading.automatic if reading else None
    if noted is None:
        return []
    lines = [("Mesin, sebab", "; ".join(noted.reasons))]
    if noted.absence:
        away = [f"sampai {noted.until}" if noted.until else "", f"kembali {noted.back}" if noted.back else ""]
        lines.append(("Tidak di tempat", "seterusnya" if noted.for_good else ", ".join(filter(None, away)) or "ya"))
        lines.append(("Pengganti", " ".join(filter(None, (noted.deputy_as, noted.deputy)))))
    return lines


def _route(route: dict[str, Any] | None) -> list[tuple[str, str]]:
    if route is None:
        return []
    desk = " / ".join(str(route[key]) for key in ("external", "unit", "owner", "topic") if route[key])
    marks = [name for name, key in (("GENTING", "urgent"), ("ke meja triase", "triage")) if route[key]]
    if route["confidential"] != "none":
        marks.append({"anonymous": "tanpa nama", "secret": "rahasia"}[route["confidential"]])
    return [
        ("Meja", f"{desk or '-'} (yakin {route['confidence']:.0%})"),
        ("Tempat", route["place"] or ""),
        ("Tanda", ", ".join(marks)),
        ("Sebab", "; ".join(route["reasons"])),
    ]


def _address(address: dict[str, str] | None) -> str:
    if address is None:
        return "(tidak ada)"
    return f"{address['name']} <{address['address']}>" if address["name"] else address["address"]


def _plain(value: str) -> Text:
    """Text without control codes: a mail must not write on the reader's terminal."""
    return Text("".join(ch if ch >= " " or ch == "\n" else "\ufffd" for ch in str(value) if ch not in "\r\x7f"))
