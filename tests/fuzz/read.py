"""Coverage-guided fuzzing of `read`: `python tests/fuzz/read.py -max_total_time=60`; needs the extra "fuzz".

Whatever bytes come in, a Message whose every character can be stored comes out, or Unreadable. Seeds are the corpus.
Without atheris it says so and ends with 0, so that a machine that cannot build it still passes its checks.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
_MAX_LENGTH = 20_000


def one(data: bytes) -> None:
    """One input through `read`; anything but Unreadable is a finding."""
    from engine.errors import Unreadable
    from mail.read import read

    try:
        message = read(data)
    except Unreadable:
        return
    for text in (message.subject, message.text, message.plain or "", message.html or "", str(message.headers)):
        text.encode("utf-8")
        assert "\0" not in text
    for person in (message.sender, *message.to, *message.cc, *message.reply_to):
        str(person).encode("utf-8")
    for attachment in message.attachments:
        attachment.name.encode("utf-8")
        assert "/" not in attachment.name


def main() -> int:
    """Fuzzes until told to stop by libFuzzer's own options."""
    try:
        import atheris
    except ImportError:
        sys.stderr.write("atheris is not installed (pip install -e .[fuzz]): nothing was fuzzed\n")
        return 0
    with atheris.instrument_imports(include=["mail", "email"]):
        import mail.read  # noqa: F401
    with tempfile.TemporaryDirectory() as found:
        arguments = [
            *sys.argv,
            f"-max_len={_MAX_LENGTH}",
            "-timeout=10",
            found,
            str(ROOT / "tests" / "corpus" / "read"),
        ]
        atheris.Setup(arguments, one)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
