"""`sibadra letters preview FOLDER`: every kind of letter with sample data, as a mail and as a page to look at."""

from __future__ import annotations

import argparse
import html
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from mail.address import Addresses
from mail.commands.common import settings
from mail.write import City, Writer
from mail.write.sample import samples

SAMPLE_KEY = b"only for letters that are looked at and never sent"


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("letters", help="look at the letters that the engine writes")
    what = parser.add_subparsers(dest="what", metavar="preview", required=True)
    preview = what.add_parser("preview", help="write every kind with sample data as .eml, .html and .txt")
    preview.add_argument("folder", type=Path)
    preview.add_argument("--language", choices=("id", "en"), default="id")
    preview.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """One mail, page and text for each kind, and an index of them all."""
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    addresses, city = _who(arguments)
    writer = Writer(addresses, city)
    lines = []
    for sample in samples(addresses, arguments.language):
        raw = writer.compose(sample.letter, sample.ticket, place=sample.place).raw
        message = message_from_bytes(raw, policy=policy.default)
        name = sample.letter.kind
        (folder / f"{name}.eml").write_bytes(raw)
        for kind, end in (("plain", "txt"), ("html", "html")):
            part = message.get_body((kind,))
            if isinstance(part, EmailMessage):
                (folder / f"{name}.{end}").write_text(part.get_content().replace("\r\n", "\n"), encoding="utf-8")
        subject = html.escape(str(message["Subject"]))
        lines.append(f'<li><a href="{name}.html">{name}</a> <a href="{name}.txt">teks</a> {subject}</li>')
    index = f'<!doctype html><meta charset="utf-8"><title>Surat</title><ul>{"".join(lines)}</ul>\n'
    (folder / "index.html").write_text(index, encoding="utf-8")
    print(f"{len(lines)} letters in {folder}; begin with {folder / 'index.html'}")
    return 0


def _who(arguments: argparse.Namespace) -> tuple[Addresses, City]:
    """Addresses and names of the settings where there are any; the key is never the real one."""
    if not arguments.config.exists():
        return Addresses(SAMPLE_KEY, domain="sibadra.kotabogor.example"), City()
    found = settings(arguments)
    city, intake = found["city"], found["intake"]
    made = Addresses(SAMPLE_KEY, domain=intake["domain"], local=intake["local"], bounce_local=intake["bounce_local"])
    return made, City.of(city)
