"""Outlook's winmail.dat opened: the files and the body in it; damaged ones give what they can and a warning."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

_MAX_BYTES: Final = 40_000_000
_MAX_FILES: Final = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """What a winmail.dat held: (name, content) of each file, the body as HTML or plain text, and what went wrong."""

    files: tuple[tuple[str, bytes], ...] = ()
    plain: str = ""
    html: str = ""
    warning: str = ""


def open_tnef(data: bytes) -> Opened:
    """The content of a TNEF stream; never raises, whatever `data` holds."""
    if len(data) > _MAX_BYTES or data[:4] != b"\x78\x9f\x3e\x22":
        return Opened(warning="winmail.dat is no TNEF stream")
    from tnefparse import TNEF

    logger = logging.getLogger("tnef-decode")
    disabled, logger.disabled = logger.disabled, True
    try:
        tnef = TNEF(data, do_checksum=False)
        files = []
        for attachment in tnef.attachments[:_MAX_FILES]:
            content = attachment.data
            if isinstance(content, bytes) and content:
                files.append((_text(attachment.long_filename() or attachment.name), content))
        return Opened(tuple(files), _text(getattr(tnef, "body", "")), _text(getattr(tnef, "htmlbody", "")))
    except Exception as error:  # tnefparse raises whatever its struct reading meets; the mail must still be read
        return Opened(warning=f"winmail.dat could not be opened: {type(error).__name__}")
    finally:
        logger.disabled = disabled


def _text(value: object) -> str:
    if isinstance(value, bytes):
        from mail.read import charset

        value = charset.decode(value, None)[0]
    return value.replace("\0", "") if isinstance(value, str) else ""
