"""What cutting the new text out of a reply costs: an ordinary one in plain text or HTML, a long thread, hostile ones.

`python bench/quotes.py [--json] [--rounds N]`; milliseconds a reply, the median of the rounds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engine.message import Message
from mail.reply.newtext import new_text

_ANSWER = (
    "Yth. Tim Si Badra,\n\nSudah kami cek ke lokasi, besok dikerjakan.\n\nTerima kasih.\n\nBudi Contoh, S.T.\n"
    "Kasi Contoh\n"
)
_HEAD = "\nPada Sen, 3 Agu 2026 pukul 10.12 Si Badra <\naduan+abc@sibadra.example> menulis:\n\n"
_QUOTED = (
    "Yth. Kepala Seksi\n\nMohon jawaban paling lambat Rabu.\n\n    Jalan berlubang di depan pasar, tolong ditambal.\n"
    * 4
)
_PLAIN = _ANSWER + _HEAD + "".join(f"> {line}\n" for line in _QUOTED.split("\n"))
_HTML = (
    "".join(f"<div>{line or '<br>'}</div>" for line in _ANSWER.split("\n"))
    + '<div class="gmail_quote"><div class="gmail_attr">Pada Sen, 3 Agu 2026 pukul 10.12 Badra menulis:<br></div>'
    + '<blockquote class="gmail_quote">'
    + "".join(f"<p>{line}</p>" for line in _QUOTED.split("\n"))
    + "</blockquote></div>"
)
_THREAD = _ANSWER + "".join(
    _HEAD + "".join(f"{'>' * n} {line}\n" for line in _QUOTED.split("\n")) for n in range(1, 60)
)


def _reply(plain: str | None, html: str | None) -> Message:
    bodies = {"text": plain or "", "plain": plain, "html": html}
    ids = {"message_id": None, "in_reply_to": (), "references": (), "headers": (), "content_type": "text/plain"}
    people = {"sender": None, "to": (), "cc": (), "reply_to": ()}
    return Message(subject="Re: x", date=None, attachments=(), **bodies, **ids, **people)  # type: ignore[arg-type]


CASES = {
    "plain": _reply(_PLAIN, None),
    "plain and HTML": _reply(_PLAIN, _HTML),
    "thread of 60": _reply(_THREAD, None),
    "1 MB in one line": _reply("Pada Sen, 3 Agu 2026 <" * 45_000, None),
    "1 MB of attributions": _reply("On 3 Aug 2026 10:12 <\n" * 45_000, None),
    "1 MB of paragraphs": _reply(None, "<p>halo kami</p>" * 60_000),
    "1 MB of nesting": _reply(None, "<div>" * 200_000),
}


def measure(rounds: int) -> dict[str, float]:
    """Milliseconds a reply of each case, the median of that many rounds."""
    return {name: statistics.median(_once(mail) for _ in range(rounds)) for name, mail in CASES.items()}


def _once(mail: Message) -> float:
    times = 1 if len(mail.text) + len(mail.html or "") > 100_000 else 50
    start = time.perf_counter()
    for _ in range(times):
        new_text(mail)
    return (time.perf_counter() - start) / times * 1000


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    found = measure(options.rounds)
    if options.json:
        print(json.dumps({name: round(value, 3) for name, value in found.items()}))
        return
    for name, value in found.items():
        print(f"{name:24} {value:9.3f} ms")


if __name__ == "__main__":
    main()
