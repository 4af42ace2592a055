"""Permanent or temporary: what codes (RFC 3463, RFC 5321) and words of a notice say about one failed delivery.

A code decides by its class, the more exact one first: `Status: 5.0.0` says less than `450 4.2.2` in the diagnostic
text. Without any code the words decide: a full mailbox may be emptied, an unknown user stays unknown.
"""

from __future__ import annotations

import re

_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\d|\.\d)")
_REPLY = re.compile(
    r"(?<![\d./#@_-])#?(4(?:2[0-2]|3[12]|4[1-9]|5[0-9]|7[0-9])|5(?:0[0-9]|1[0-9]|2[1-9]|3[0-9]|4[0-9]|5[0-9]|65"
    r"|7[0-9]))"
    r"(?=[ -]|[:,.)'\"]\s|[)'\"]|$)(?! ?(?:[kKMG]?[bB]\b|bytes|jam|hours?|days?|hari|messages?))",
    re.M,
)

# A full mailbox may be emptied.
_FULL = re.compile(
    r"(?:mail|in|user)\s?box(?:es)?(?:\s\S{1,80})?\s(?:is\s|are\s)?(?:full|over|exceed)|over\s?(?:disk )?quota"
    r"|quota (?:is |was |has been )?exceed|exceed\w{0,5}\s(?:\S{1,60}\s){0,5}?(?:quota|storage|allocation|space limit)"
    r"|full mailbox|mail ?folder is full|disk quota|mailbox (?:size )?(?:limit|quota)|not enough (?:storage|space)"
    r"|does not have enough space|too much mail|out of (?:disk )?space|space has been used up|quota violation"
    r"|insufficient (?:system )?(?:storage|disk)|user mailbox exceeds|(?:kotak|surat|inbox)[^.\n]{0,60}\bpenuh|kuota"
    r"|batas penyimpanan|postfach[^.\n]{0,40}voll|speicherplatz|bo[iî]te[^.\n]{0,50}pleine|buz[oó]n[^.\n]{0,40}llen"
    r"|caixa[^.\n]{0,50}cheia|casella[^.\n]{0,50}piena|переполнен|容量|邮箱已满|信箱已滿|いっぱい",
    re.I,
)
# What may pass by itself.
_PASSING = re.compile(
    r"will (?:be retried|retry|keep trying|continue|try again|attempt)|try(?:ing)? again later|still trying|not yet"
    r"|delivery (?:is|has been|was) (?:temporarily )?(?:delayed|suspended)|has been delayed|temporar|transient|deferred"
    r"|grey-?list|timed? ?out|time-?out|connection (?:refused|reset|failed|lost|dropped)|could not connect"
    r"|no route to host|not respond|too busy|try later|message expired|delivery time expired|retry (?:time|limit)"
    r"|too long in (?:the )?queue|in the queue too long|was not delivered within|host (?:is )?(?:down|unreachable)"
    r"|network (?:is )?unreachable|masih (?:akan )?(?:dicoba|mencoba)|akan (?:terus )?(?:dicoba|mencoba)|tertunda"
    r"|belum terkirim|sementara|coba(?: kirim)? (?:lagi|ulang)[^.\n]{0,40}nanti",
    re.I,
)
_LASTING = re.compile(
    r"(?:user|recipient|account|address|mailbox|host|domain|name)s?\s(?:\S{1,80}\s){0,4}?(?:is |was "
    r"|are )?(?:unknown|not found"
    r"|does ?n[o']t exist|do not exist|doesn't exist|invalid|disabled|inactive|not (?:known|listed|valid"
    r"|recogni[sz]ed|local"
    r"|a valid|exist))|unknown (?:user|recipient|address|host|mailbox|domain|local|account)|no such"
    r"|invalid (?:user|recipient"
    r"|address|mailbox|final)|bad (?:destination|address|recipient)|unrouteable|unroutable|not listed in"
    r"|no mailbox|nobody here"
    r"|mailbox unavailable|no longer (?:in use|valid|available|exists|active)|account (?:has been |is )?(?:closed"
    r"|disabled"
    r"|suspended|terminated)|relay(?:ing)? (?:access )?(?:denied|not)|not permitted|access denied|blocked"
    r"|blacklist|spam"
    r"|virus|message (?:size|too (?:large|big))|exceeds (?:the )?(?:maximum|size)|too (?:large|big)|content|policy"
    r"|permission|not allowed|loop|too many hops|hop count|tidak (?:dapat )?ditemukan|tidak ada|tidak dikenal"
    r"|tidak valid"
    r"|ditolak|diblokir|unbekannt|nicht gefunden|existiert nicht|inconnu|n'existe|introuvable|desconocid|no existe"
    r"|desconhecid|n[aã]o existe|sconosciut|inesistente|non esiste|не найден"
    r"|не существует|неизвест|不存在|見つかりません",
    re.I,
)
_OUTRIGHT = re.compile(r"permanent|fatal error|giving up|gave up|given up|permanen|dauerhaft|definitiv", re.I)


def status_code(text: str) -> str | None:
    """The first RFC 3463 code of class 4 or 5 in `text`, else None."""
    for match in _ENHANCED.finditer(text):
        if match[1] != "2":
            return match[0]
    return None


def reply_code(text: str) -> str | None:
    """The first RFC 5321 reply code that says failure (400 to 599) in `text`, else None."""
    match = _REPLY.search(text)
    return match[1] if match else None


def codes(status: str, diagnostic: str) -> str | None:
    """The code that says most of `Status:` and the diagnostic text, or None."""
    own, told = status_code(status), status_code(diagnostic)
    if own and not own.endswith(".0.0"):
        return own
    if told and not told.endswith(".0.0"):
        return told
    return own or told or reply_code(diagnostic)


def is_permanent(code: str | None, diagnostic: str, notice: str = "") -> bool:
    """Whether trying again is useless: by the class of `code`, else by the recipient's own words, else the notice's."""
    if code and code.endswith(".0.0"):
        exact = reply_code(diagnostic)
        code = exact or code
    if code:
        return code[0] == "5"
    if _FULL.search(diagnostic) or (not diagnostic and _FULL.search(notice)):
        return False
    if _OUTRIGHT.search(diagnostic) or _OUTRIGHT.search(notice):
        return True
    for words in (diagnostic, notice):
        passing, lasting = _PASSING.search(words), _LASTING.search(words)
        if passing and (not lasting or passing.start() < lasting.start()):
            return False
        if lasting:
            return True
    return True
