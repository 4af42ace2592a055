"""What an absence note says as facts: until when, back on which day, who stands in, or gone for good."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from mail.report.address import addresses_in

from . import words

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan januar janvier enero janeiro gennaio",
            "februari february feb peb pebruari februar février febrero",
            "maret march mar mrt mars märz marzo",
            "april apr avril abril aprile",
            "mei may mai mayo maio maggio",
            "juni june jun juin junio junho giugno",
            "juli july jul juillet julio julho luglio",
            "agustus august aug agu agt ags agust août agosto",
            "september sept sep septembre septiembre setembro settembre",
            "oktober october okt oct octobre octubre outubro ottobre",
            "november nov nop nopember novembre noviembre novembro",
            "desember december des dec dezember décembre diciembre dezembro dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = (
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of| de)?[ -](?P<m1>{_MONTH})\b\.?(?:,? ?(?:de )?(?P<y1>20\d\d))?"
    rf"|(?P<m2>{_MONTH})\b\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y2>20\d\d))?"
    r"|(?P<y3>20\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)"
    r"|(?P<d4>\d{1,2})[/.-](?P<m4>\d{1,2})(?:[/.-](?P<y4>20\d\d|\d\d))?(?!\d))"
)
_DAY = (
    r"(?:(?:hari |tanggal |tgl\.? |the |den |le |el |il |pada |on )|(?:senin|selasa|rabu|kamis|jum'?at|sabtu"
    r"|minggu|ahad|(?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\b,? ?){0,4}"
)
_UNTIL = re.compile(
    rf"(?:s\.?\s?d\.?|s/d|sampai(?: dengan)?|sampe|hingga|until|till|through|thru|\bto|bis(?: zum)?|jusqu'au"
    rf"|hasta(?: el)?|até|fino al|t/m|[–—-])\s{{1,3}}{_DAY}{_DATE}",
    re.I,
)
_BACK = re.compile(
    r"(?:(?:akan )?(?:kembali|masuk (?:kembali|lagi)|(?:bertugas|bekerja|aktif|masuk|berkantor) (?:kembali|lagi)"
    r"|bisa dihubungi (?:kembali|lagi))|(?:be |am |come )?back|return(?:ing|s)?|zurück|wieder|de retour"
    r"|regres\w{2,5}|volver\w{1,4}|retorn\w{1,4}|rientr\w{1,5})"
    rf"(?:[ ,](?!sampai|hingga|until|till)[^\s\d.]{{1,15}}){{0,6}}?[ ,]{{1,3}}{_DAY}{_DATE}",
    re.I,
)
_STAND_IN = re.compile(r"\b(pl[ht])\b\.?|pelaksana (harian|tugas)", re.I)
_HANDED = re.compile(
    r"(?:digantikan|diwakili|diwakilkan|didelegasikan|dilimpahkan|dilaksanakan|dijabat|ditangani"
    r"|diteruskan)(?: sementara)? (?:oleh|kepada|ke)|pejabat baru|pengganti saya|(?:my )?(?:deputy|replacement"
    r"|successor|substitute|colleague|backup)\b"
    r"|\b(?:mendesak|darurat|penting|urgent|cuti)\b[^.!?\n]{0,50}\b(?:hubungi|menghubungi|kontak|contact)\b"
    r"|\b(?:hubungi|menghubungi)\b(?=[^.!?\n]{0,90}@)"
    r"|(?:in|during) my absence|while i(?:'| a)m (?:away|out)|(?:vertretung|vertreten)|remplac|in dringenden fällen",
    re.I,
)
_TITLED = re.compile(
    r"(?i:\bsdri?\b\.?|\bsaudar[ai]\b|\bbpk\b\.?|\bbapak\b(?!/)|\bibu\b|\bpak\b|\bbu\b|\bmrs?\b\.?|\bms\b\.?"
    r"|\bherr\b|\bfrau\b)"
    r"\s{1,3}((?:(?:[A-Z][\w.'-]{0,30}|[HR]\.|Drs?\.|dr\.|Ir\.)\s?){1,5})"
)


@dataclass(frozen=True, slots=True)
class Absence:
    """The facts of one absence note; None where it does not say."""

    until: date | None
    back: date | None
    deputy: str | None
    deputy_as: str | None
    for_good: bool


def facts(text: str, today: date | None) -> Absence:
    """What a note of absence says. `today` is the mail's day: a date without a year is the next such day from then on.

    Never raises; a date that does not exist is left out.
    """
    flat = re.sub(r"\s+", " ", text[:6_000].replace("\u2019", "'"))
    back = _first(_BACK, flat, today)
    until = _first(_UNTIL, _BACK.sub(" ", flat), today)
    deputy, kind = _deputy(text[:6_000])
    return Absence(until, back, deputy, kind, bool(words.FOR_GOOD.search(flat)))


def _first(pattern: re.Pattern[str], text: str, today: date | None) -> date | None:
    for match in pattern.finditer(text):
        if day := _day(match, today):
            return day
    return None


def _day(match: re.Match[str], today: date | None) -> date | None:
    for n in "1234":
        if match[f"d{n}"] is None:
            continue
        month = match[f"m{n}"]
        number = int(month) if month.isdigit() else _MONTHS[month.lower()]
        year = match[f"y{n}"]
        return _dated(int(match[f"d{n}"]), number, int(year) if year else None, today)
    return None


def _dated(day: int, month: int, year: int | None, today: date | None) -> date | None:
    try:
        if year is not None:
            return date(year if year > 99 else 2000 + year, month, day)
        if today is None:
            return None
        near = date(today.year, month, day)
        # Notes are written shortly before or during the absence: what lies two months back means next year.
        return near if near >= today - timedelta(days=60) else date(today.year + 1, month, day)
    except ValueError:
        return None


def _deputy(text: str) -> tuple[str | None, str | None]:
    """The stand-in's address, else the name; Plh or Plt where the note says so."""
    official = _STAND_IN.search(text)
    handed = official or _HANDED.search(text)
    if handed is None:
        return None, None
    kind = None
    if official:
        kind = "Plh" if (official[1] or "").lower() == "plh" or (official[2] or "").lower() == "harian" else "Plt"
    window = re.split(r"\n\s*\n", text[handed.start() : handed.start() + 400], maxsplit=1)[0]
    flat = re.sub(r"\s+", " ", window)
    if written := addresses_in(flat):
        return written[0], kind
    if named := _TITLED.search(flat):
        return named[1].strip(" .,"), kind
    if official:
        rest = re.split(r"[.;()\n]\s", flat[official.end() - official.start() :].lstrip(". "), maxsplit=1)[0]
        return rest.rpartition(", ")[2].strip(" .,")[:80] or None, kind
    return None, kind
