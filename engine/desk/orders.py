"""Whether a superior's prose speaks to the official below (an order, a question) or answers the matter himself.

Prose such as "mohon segera dicek ke lapangan hari ini" is a promise in the holder's mouth and an order in a superior's:
an order is no answer, and must stop no clock. A command word always means what it says.
"""

from __future__ import annotations

import re

from engine.reading import Answer, Status

ANSWERS = frozenset({Status.RECEIVED, Status.IN_PROGRESS, Status.NEED_INFO, Status.POSTPONED})
"""What an order or a question may be mistaken for."""
_ORDER = re.compile(
    r"\b(?:tolong|tlg|mohon(?!\s+(?:maaf|maklum|izin|ijin|waktu))|harap|minta|mintakan|agar|supaya|coba|jangan)\b"
    r"|\b(?:perintah|instruksi|laporkan|selesaikan|kerjakan|tindak ?lanjuti)\w*\b|^\W*segera\b|\?",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:kami|sedang|tim saya)\b|\bakan saya\b|\bsaya (?:akan|sudah|telah|cek|tangani|turun|proses)\b", re.IGNORECASE
)
_HOW = re.compile(
    r"\b(?:sampai|sampe|smp|sampek) (?:di )?(?:mana|dimana)\b|"
    r"\b(?:gimana|gmn|bagaimana|bgmn|apa|mana|minta|mohon|adakah|ada)\b[^.?!\n]{0,30}\b(?:progres\w*|progress\w*|"
    r"perkembangan\w*|kelanjutan\w*|kabar\w*|status\w*|update\w*|tindak ?lanjut\w*|penanganan\w*)\b|"
    r"\b(?:progres|progress|perkembangan|update|status|kabar)(?:nya)?\b[^.!\n]{0,25}\?|"
    r"^\W*(?:gimana|gmn|bagaimana|bgmn) (?:ini|laporan ini|yang ini|nih)\b",
    re.IGNORECASE,
)
_OWN = frozenset(
    re.findall(
        r"\w+",
        """
        teruskan diteruskan alihkan dialihkan eksternal gabung gabungkan pisah pisahkan rahasiakan samarkan disposisi
        disposisikan ke k kepada kpd untuk utk dinas badan bagian kantor bidang seksi unit upt uptd kasi kabid kasubag
        kabag kepala kadis lurah camat kelurahan kecamatan tembusan cc dan atau aja saja sj pak bu min ya dong tolong
        mohon langsung ini itu laporan c sama dengan
        """,
    )
)
_READ = 2_000
_MOST = 12


def bare(answer: Answer, text: str) -> bool:
    """Whether a reply is nothing but an order's own words, and no note to whoever reads next."""
    own = _OWN | {word.lower() for word in answer.called}
    words = re.findall(r"[^\W\d_]+", text[:_READ].replace(answer.copied, " ") if answer.copied else text[:_READ])
    return len(words) <= _MOST and not any(word.lower() not in own for word in words)


def asks_how(text: str) -> bool:
    """Whether somebody asks how far the matter is; the first 2,000 characters are read."""
    return _HOW.search(text[:_READ]) is not None


def to_the_official(answer: Answer, text: str) -> bool:
    """Whether a superior's words are meant for the holder; the first 2,000 characters are read."""
    if answer.explicit or answer.status not in ANSWERS:
        return False
    head = text[:_READ]
    return answer.status is Status.NEED_INFO or (_ORDER.search(head) is not None and _OURS.search(head) is None)
