"""Read receipts: message disposition notifications (RFC 8098), and the ones of Outlook that are only words."""

from __future__ import annotations

import re

from engine.message import Envelope, Message
from engine.reading import Receipt

from . import address
from .pieces import field_of

_TYPES = ("message/disposition-notification", "message/global-disposition-notification")
_READ = re.compile(
    r"^(?:read(?: receipt)?|dibaca|telah dibaca|tanda terima(?: baca)?|konfirmasi baca|gelesen|lu|leído|leido"
    r"|lida|lido|letto|gelezen|læst|lest|läst|luettu"
    r"|přečteno|przeczytane|прочитано|已读|已讀|開封済み"
    r"|return receipt(?: \(displayed\))?|return receipt|lesebestätigung"
    r"|accusé de (?:réception|lecture))\s{0,3}(?:[:：-]|\(displayed\))",
    re.I,
)
_UNREAD = re.compile(
    r"^(?:not read|unread|deleted|tidak dibaca|belum dibaca|dihapus|ungelesen|nicht gelesen|non lu|no leído"
    r"|não lida?|non letto|niet gelezen|未读|未讀|未開封|не прочитано)\s{0,3}[:：]",
    re.I,
)
_SAYS_READ = re.compile(
    r"was read on|has been (?:read|displayed|opened)|was displayed on|(?:telah|sudah) (?:dibaca|dibuka"
    r"|ditampilkan)|dibaca pada|wurde\s.{0,80}gelesen|a été lu|ha sido leído|fue leído|foi lida|è stato letto"
    r"|is gelezen|прочитано|已(?:被)?(?:閱讀|阅读|读)|開封されました"
    r"|this is a return receipt|no guarantee that the (?:message"
    r"|recipient)",
    re.I | re.S,
)
_SAYS_UNREAD = re.compile(
    r"deleted without being read|was not read|dihapus tanpa (?:di)?baca|tidak (?:akan )?dibaca|ungelesen gelöscht"
    r"|ohne gelesen|supprimé sans|eliminado sin|excluíd\w sem|eliminato senza",
    re.I,
)


def receipt(message: Message, envelope: Envelope | None = None) -> Receipt | None:
    """What a receipt says of one of our letters, or None. `displayed` is False for deleted unread, denied and failed.

    A receipt that only claims to be one in its subject is believed if its text says the same. Never raises.
    """
    del envelope  # a receipt is told by its content; kept for the same form as its neighbours
    for report in message.reports:
        if report.type in _TYPES:
            return _notification(report.content[:20_000].decode("utf-8", "replace"), message)
    subject, text = message.subject.strip()[:200], message.text[:4_000]
    read, unread = _READ.match(subject), _UNREAD.match(subject)
    if unread and _SAYS_UNREAD.search(text):
        return Receipt(_sender(message), _answered(message), displayed=False)
    if read and (_SAYS_READ.search(text) or _SAYS_UNREAD.search(text)) and len(text) < 2_500:
        return Receipt(_sender(message), _answered(message), displayed=not _SAYS_UNREAD.search(text))
    return None


def _notification(fields: str, message: Message) -> Receipt | None:
    """RFC 8098 section 3.1: the fields stand in one block; `Disposition: mode; type/modifier`."""
    disposition = (field_of(fields, "Disposition") or "").lower()
    if "automatically rejected" in message.text.lower()[:2000]:  # Dovecot's refusal in the dress of a receipt
        return None
    what = disposition.rpartition(";")[2].strip().partition("/")[0]
    who = address.typed(field_of(fields, "Original-Recipient") or "") or address.typed(
        field_of(fields, "Final-Recipient") or ""
    )
    identity = (field_of(fields, "Original-Message-ID") or "").strip().strip("<>") or _answered(message)
    return Receipt(who or _sender(message), identity, displayed=what == "displayed")


def _sender(message: Message) -> str:
    return message.sender.address if message.sender else ""


def _answered(message: Message) -> str | None:
    known = message.in_reply_to or message.references
    return known[-1] if known else None
