"""Coverage-guided fuzzing of `reply`, `report` and `sort`: `python tests/fuzz/understand.py -max_total_time=60`.

The first byte says what is asked: a whole mail is sorted (reading, new text, report, robot, kind, route), sorted as an
answer, or the rest is the text of an answer. A Reading comes out whose every character can be stored, or Unreadable.
Needs the extra "fuzz"; without atheris it says so and ends with 0.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mail.sort import Tools

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
_MAX_LENGTH = 20_000
_SEEDS = ("read", "reports", "quotes")
_SENT = date(2026, 8, 5)


@cache
def _tools() -> Tools:
    from mail.sort import city_tools

    return city_tools()


def one(data: bytes) -> None:
    """One input; anything raised but Unreadable is a finding."""
    from engine.errors import Unreadable
    from engine.reading import Kind, Speaker
    from mail.sort import understand

    tools = _tools()
    how, rest = data[:1], data[1:]
    if how == b"T":
        speaker = Speaker.CITIZEN if rest[:1] == b"C" else Speaker.OFFICIAL
        said = tools.answer(
            rest.decode("utf-8", "replace"), speaker=speaker, sent=_SENT, directory=tools.directory, own=None
        )
        assert 0 <= said.confidence <= 1
        assert said.target is None or isinstance(said.target, str)
        return
    as_ = {b"R": Kind.REPLY, b"B": Kind.BOUNCE, b"A": Kind.AUTO, b"C": Kind.COMPLAINT}.get(how)
    try:
        reading = understand(data if as_ is None else rest, tools=tools, as_=as_)
    except Unreadable:
        return
    reading.text.encode("utf-8")
    assert "\0" not in reading.text
    for failure in reading.bounce.failures if reading.bounce else ():
        failure.address.encode("utf-8")
        assert failure.address
    assert reading.language in ("id", "en")


def seeds(folder: Path) -> None:
    """The corpora's mails, each as a mail and as an answer, and a few answers as bare text."""
    for name in _SEEDS:
        for at, path in enumerate(sorted((ROOT / "tests" / "corpus" / name).rglob("*.eml"))):
            raw = path.read_bytes()[:_MAX_LENGTH]
            (folder / f"{name}-{at}").write_bytes(raw)
            (folder / f"{name}-{at}-answer").write_bytes(b"R" + raw)
    for at, text in enumerate(
        ("TERUSKAN DPUPR", "akan selesai Jumat depan", "H+3 hari kerja", "belum, pertengahan Mei")
    ):
        (folder / f"text-{at}").write_bytes(b"TO" + text.encode())
        (folder / f"citizen-{at}").write_bytes(b"TC" + text.encode())


def main() -> int:
    """Fuzzes until told to stop by libFuzzer's own options."""
    try:
        import atheris
    except ImportError:
        sys.stderr.write("atheris is not installed (pip install -e .[fuzz]): nothing was fuzzed\n")
        return 0
    with atheris.instrument_imports(include=["mail.reply", "mail.report", "mail.robots", "mail.sort", "mail.html"]):
        import mail.sort  # noqa: F401
    one(b"TO")  # the city's tables and models are loaded before the clock of a single input runs
    one(b"From: a@b.example\n\nisi")
    with tempfile.TemporaryDirectory() as found, tempfile.TemporaryDirectory() as begun:
        seeds(Path(begun))
        atheris.Setup([*sys.argv, f"-max_len={_MAX_LENGTH}", "-timeout=10", found, begun], one)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
