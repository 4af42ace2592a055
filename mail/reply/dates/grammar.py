"""The grammar of dates, a table: what each expression means, counted from the day of the mail."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin senen sen",
            "selasa salasa sel",
            "rabu rebo rab",
            "kamis kemis kam",
            "jumat jum'at jumaat jumaah jum",
            "sabtu saptu sab",
            "ahad",
        )
    )
    for name in names.split()
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan",
            "februari feb peb",
            "maret mar",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "agustus agu agt ags agust agus",
            "september sep",
            "oktober okt october",
            "november nov nop",
            "desember des december",
        ),
        1,
    )
    for name in names.split()
}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "se satu sahiji",
            "dua",
            "tiga tilu",
            "empat opat",
            "lima",
            "enam genep",
            "tujuh",
            "delapan",
            "sembilan",
            "sepuluh",
            "sebelas",
            "dua belas",
        ),
        1,
    )
    for word in words.split(" " if number != 12 else "|")
} | {"empat belas": 14, "dua puluh": 20, "tiga puluh": 30, "lima belas": 15}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINAL = {"pertama": 1, "kesatu": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "terakhir": 5}

_LONG_DAY = "senin|senen|selasa|salasa|rabu|rebo|kamis|kemis|jumat|jum'at|jumaat|jumaah|sabtu|saptu|ahad"
_SHORT_DAY = "sen|sel|rab|kam|jum|sab"
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_LONG_MONTH = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
_COUNT = r"(?:\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_YEAR = r"(?:\s?'?(20\d\d))?"
_NO_DATE = rf"(?!,? ?\(?(?:tanggal )?\d{{1,2}}(?: (?:{_MONTH})\b| ?[/-] ?\d{{1,2}}\b))"
"""A weekday just before a full date only repeats it."""
_NEXT = r"(?:depan|dpn|mendatang|berikutnya|yang akan datang|yad|hareup)"
_WEEK = r"(?:minggu|pekan)"
_TO = r"\s?(?:-|sampai dengan|sampai|dan|atau|hingga)\s?(?:dengan )?"


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_of(year: int, month: int) -> date:
    """The last day of a month; months above 12 run into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def months_on(sent: date, count: int) -> date:
    """The same day so many months on, or that month's last day where there is none such."""
    end = last_of(sent.year, sent.month + count)
    return end.replace(day=min(sent.day, end.day))


def working_days_on(sent: date, count: int, closed: frozenset[date]) -> date:
    """The count-th working day after `sent`: Monday to Friday without the `closed` days."""
    day = sent
    for _ in range(min(count, 400) * 3 + 60):
        if count <= 0:
            break
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in closed:
            count -= 1
    return day


def _friday(sent: date, weeks: int) -> date:
    """Friday of this week (0) or of a later one; on a Saturday or Sunday this week's end is its Sunday."""
    monday = sent - timedelta(days=sent.weekday())
    friday = monday + timedelta(days=4 + 7 * weeks)
    return friday if friday >= sent else monday + timedelta(days=6)


def _next_weekday(sent: date, weekday: int) -> date:
    return sent + timedelta(days=(weekday - sent.weekday() - 1) % 7 + 1)


def _next_day_of_month(sent: date, day: int) -> date | None:
    for ahead in range(4):
        end = last_of(sent.year, sent.month + ahead)
        if day <= end.day and end.replace(day=day) >= sent:
            return end.replace(day=day)
    return None


def _month_year(sent: date, month: int, year: str | None) -> int:
    """The year of a month named without one: this year's unless it is over."""
    if year:
        return int(year)
    return sent.year if month >= sent.month else sent.year + 1


def _part_of(part: str, year: int, month: int) -> date:
    """`awal`, `pertengahan`, `akhir` of a month: the 5th, the 15th, the last day."""
    end = last_of(year, month)
    if part in ("awal", "permulaan", "aw"):
        return end.replace(day=5)
    return end.replace(day=15) if part in ("pertengahan", "tengah", "mid") else end


Groups = tuple[str | None, ...]
Rule = Callable[[Groups, date, frozenset[date]], date | None]


def _dated(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    """`7 agustus [2026]`, also the end of `5 sampai 7 agustus`."""
    month = _MONTHS[g[1] or ""]
    if g[2]:
        return _on(int(g[2]), month, int(g[0] or 0))
    day = _on(sent.year, month, int(g[0] or 0))
    # A day without a year that lies well back (Nov-Dec writing of January) is next year's.
    if day is not None and (sent - day).days > 150:
        return _on(sent.year + 1, month, int(g[0] or 0))
    return day


def _slashed(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    day, month, year = int(g[0] or 0), int(g[1] or 0), g[2]
    if year is None:
        here = _on(sent.year, month, day)
        return _on(sent.year + 1, month, day) if here is not None and (sent - here).days > 150 else here
    return _on(int(year) if len(year) == 4 else 2000 + int(year), month, day)


def _iso(g: Groups, _sent: date, _closed: frozenset[date]) -> date | None:
    return _on(int(g[0] or 0), int(g[1] or 0), int(g[2] or 0))


def _weekday(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    name, suffix = g[-2] or "", g[-1] or ""
    weekday = _WEEKDAYS.get(name, 6)
    monday = sent - timedelta(days=sent.weekday())
    if re.search(rf"{_WEEK} {_NEXT}", suffix):
        return monday + timedelta(days=7 + weekday)
    if re.search(rf"{_WEEK} ini", suffix):
        return monday + timedelta(days=weekday)
    return _next_weekday(sent, weekday)


def _days(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    return sent + timedelta(days=_number(g[-1] or "0"))


def _hours(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    return sent + timedelta(days=_number(g[0] or "0") * int(g[1] or 24) // 24)


def _weeks(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    return sent + timedelta(days=7 * _number(g[-1] or "1"))


def _months(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    return months_on(sent, min(_number(g[-1] or "1"), 60))


def _workdays(g: Groups, sent: date, closed: frozenset[date]) -> date | None:
    return working_days_on(sent, _number(g[-1] or "0"), closed)


def _month_part(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    """`akhir bulan`, `pertengahan bulan ini`, `awal bulan depan`."""
    part, which = g[0] or "akhir", g[1] or ""
    if which and re.fullmatch(_NEXT, which):
        end = last_of(sent.year, sent.month + 1)
        return _part_of(part, end.year, end.month)
    day = _part_of(part, sent.year, sent.month)
    if day < sent and which != "ini":
        end = last_of(sent.year, sent.month + 1)
        return _part_of(part, end.year, end.month)
    return day


def _named_month_part(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    month = _MONTHS[g[1] or ""]
    year = _month_year(sent, month, g[2])
    day = _part_of(g[0] or "akhir", year, month)
    return day if day >= sent or g[2] else _part_of(g[0] or "akhir", year + 1, month)


def _month_alone(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    month = _MONTHS[g[0] or ""]
    return last_of(_month_year(sent, month, g[1]), month)


def _week_of_month(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    """`minggu kedua [bulan] Oktober`: the last day of that seven-day stretch."""
    which = _ORDINAL.get(g[0] or "") or _ROMAN.get(g[0] or "") or int(g[0] or 1)
    name = g[1] or "ini"
    if name in _MONTHS:
        month = _MONTHS[name]
        end = last_of(_month_year(sent, month, None), month)
    else:
        end = last_of(sent.year, sent.month + (0 if name == "ini" else 1))
    return end if which >= 5 else end.replace(day=min(7 * which, end.day))


def _quarter_number(word: str) -> int:
    return _ROMAN.get(word) or _ORDINAL.get(word) or _NUMBERS.get(word) or (int(word) if word.isdigit() else 0)


def _period(g: Groups, sent: date, months: int) -> date | None:
    number = _quarter_number(g[1] or "")
    if not 1 <= number <= 12 // months:
        return None
    year = int(g[2]) if g[2] else sent.year
    end = last_of(year, number * months)
    if end < sent and not g[2]:
        year += 1
        end = last_of(year, number * months)
    first = last_of(year, (number - 1) * months + 1)
    if g[0] in ("awal", "permulaan"):
        return first.replace(day=5)
    if g[0] in ("pertengahan", "tengah"):
        return last_of(year, (number - 1) * months + 1 + months // 2).replace(day=15 if months == 3 else 1)
    return end


def _quarter(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    return _period(g, sent, 3)


def _semester(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    return _period(g, sent, 6)


def _ahead(days: int) -> Rule:
    return lambda _g, sent, _closed: sent + timedelta(days=days)


def _week_end(weeks: int) -> Rule:
    return lambda _g, sent, _closed: _friday(sent, weeks)


def _week_part(g: Groups, sent: date, _closed: frozenset[date]) -> date | None:
    weekday = {"awal": 0, "pertengahan": 2, "tengah": 2}.get(g[0] or "", 4)
    return sent - timedelta(days=sent.weekday()) + timedelta(days=7 + weekday)


# First match at a place wins, so the longer expression stands before the shorter. (pattern, rule, firm)
RULES: tuple[tuple[str, Rule, bool], ...] = (
    (rf"(?:\d{{1,2}}{_TO})?(\d{{1,2}})(?: |/|-|\. ?)(?:bulan )?({_MONTH})\b(?:[ ,/-]*(20\d\d))?", _dated, False),
    (r"(20\d\d)-(\d\d)-(\d\d)\b", _iso, False),
    (r"(\d{1,2})\s?/\s?(\d{1,2})(?:\s?/\s?(20\d\d|\d\d))?(?![\d/])", _slashed, False),
    (r"(\d{1,2})-(\d{1,2})-(20\d\d|\d\d)(?![\d-])", _slashed, False),
    (r"(\d{1,2})\.(\d{1,2})\.(20\d\d)(?![\d.])", _slashed, False),
    (
        rf"tanggal\.? (?:\d{{1,2}}{_TO}(?:tanggal )?)?(\d{{1,2}})(?!\d|[./]\d|"
        rf"\s?(?:{_MONTH})\b)(?: (?:bulan )?(ini|depan)\b)?",
        lambda g, sent, _c: _day_alone(g, sent),
        False,
    ),
    (r"h ?\+ ?(?:\d{1,2} ?- ?)?(\d{1,2}) (?:hari )?kerja", _workdays, True),
    (r"h ?\+ ?(?:\d{1,2} ?- ?)?(\d{1,2})\b", _days, True),
    (rf"(?:{_COUNT}{_TO})?({_COUNT})(?: ?\([a-z0-9 ]{{1,20}}\))? ?hari kerja(?:na|nya|an)?\b", _workdays, True),
    (r"(\d{1,2}) ?[x*] ?(\d{2}) ?jam\b", _hours, False),
    (r"(24|48|72|96)()(?= jam\b) jam", lambda g, sent, _c: sent + timedelta(days=int(g[0] or 24) // 24), False),
    (rf"hari ({_SHORT_DAY})\b(?: ({_WEEK} {_NEXT}|{_WEEK} ini))?", _weekday, False),
    (
        rf"(?:(?:{_LONG_DAY}){_TO})?(?:hari )?({_LONG_DAY})\b{_NO_DATE}((?: (?:pagi|siang|sore|"
        rf"malam))?(?: (?:{_WEEK} {_NEXT}|{_WEEK} ini))|)",
        _weekday,
        False,
    ),
    (
        r"(?:hari|besok|sabtu ?[-/&] ?|sabtu dan |sabtu-)\s?(minggu)\b(?! (?:depan|ini|lalu|kemarin|ke))()",
        _weekday,
        False,
    ),
    (
        rf"(minggu)(?=(?:, ?\d| tanggal \d| \d{{1,2}} (?:{_MONTH})| pagi\b| siang\b| sore\b| malam\b|"
        rf" subuh\b| besok\b| jam \d))()",
        _weekday,
        False,
    ),
    (rf"(awal|pertengahan|tengah|akhir) {_WEEK} {_NEXT}", _week_part, True),
    (rf"akhir {_WEEK}\b(?: (?:ini|nanti))?", _week_end(0), True),
    (rf"{_WEEK} {_NEXT}\b(?:nya)?", _week_end(1), True),
    (rf"{_WEEK}(?:-{_WEEK})? ini\b", _week_end(0), False),
    (
        rf"minggu (?:ke-?\s?)?(pertama|kesatu|kedua|ketiga|keempat|terakhir|iv|i{{1,3}}|[1-5]) (?:di |"
        rf"pada )?(?:bulan )?({_LONG_MONTH}|ini|depan)\b",
        _week_of_month,
        True,
    ),
    (rf"{_COUNT}{_TO}({_COUNT}) ?hari(?:an)?(?: ini)?\b(?! kerja)", _days, False),
    (r"lusa\b|besok lusa\b|pageto\b|isuk pageto\b", _ahead(2), True),
    (r"besok(?:nya)?\b", _ahead(1), True),
    (
        r"(?:sebelum|habis|abis|sehabis|ba'?da) (?:magrib|maghrib|isya|asar|ashar|zuhur|dzuhur|lohor|jumatan)\b",
        _ahead(0),
        False,
    ),
    (r"hari ini\b(?: juga)?|(?:nanti )?(?:malam|sore|siang|petang|pagi|subuh) ini\b", _ahead(0), False),
    (
        r"nanti (?:pagi|siang|sore|malam|petang|subuh|jam \d|pukul \d|habis|abis|ba'?da|setelah makan|"
        r"jam)\w*|(?:sore|siang|malam|petang) nanti\b|nanti di jam",
        _ahead(0),
        True,
    ),
    (rf"(?:{_COUNT}{_TO})?({_COUNT})(?: ?\([a-z0-9 ]{{1,20}}\))? ?hari(?:an)?\b", _days, False),
    (r"(seminggu|sepekan)(?:an)?\b", lambda _g, sent, _c: sent + timedelta(days=7), False),
    (rf"(?:{_COUNT}{_TO})?({_COUNT})(?: ?\([a-z0-9 ]{{1,20}}\))? ?(?:minggu|pekan)(?:an)?\b", _weeks, False),
    (r"(sebulan)(?:an)?\b", lambda _g, sent, _c: months_on(sent, 1), False),
    (rf"(?:{_COUNT}{_TO})?({_COUNT})(?: ?\([a-z0-9 ]{{1,20}}\))? ?bulan(?:an)?\b", _months, False),
    (rf"(awal|pertengahan|tengah|akhir) (?:bulan )?({_LONG_MONTH}|{_MONTH})\b{_YEAR}", _named_month_part, True),
    (rf"(awal|pertengahan|tengah|akhir) bulan(?: (ini|{_NEXT})\b)?", _month_part, True),
    (rf"()bulan ({_NEXT})\b", _month_part, True),
    (r"()bulan (ini)\b", _month_part, False),
    (
        r"(?:(awal|pertengahan|tengah|akhir) )?(?:triwulan|tri wulan|kuartal|quartal|tw|tw\.|"
        r"q)[ -]?(?:ke-?\s?)?(iv|i{1,3}|[1-4]|pertama|kedua|ketiga|keempat|satu|dua|tiga|"
        r"empat)\b(?: (?:tahun )?(20\d\d))?",
        _quarter,
        True,
    ),
    (
        r"(?:(awal|pertengahan|tengah|akhir) )?(?:semester|smt|sem\.?)[ -]?(?:ke-?\s?)?(i{1,2}|[12]|"
        r"pertama|kedua|satu|dua)\b(?: (?:tahun )?(20\d\d))?",
        _semester,
        True,
    ),
    (
        r"akhir tahun\b(?: ini)?(?! (?:anggaran )?(?:depan|20))|ujung tahun\b",
        lambda _g, sent, _c: date(sent.year, 12, 31),
        True,
    ),
    (r"akhir (?:tahun )?(20\d\d)\b", lambda g, _s, _c: date(int(g[0] or 0), 12, 31), True),
    (r"akhir tahun depan\b", lambda _g, sent, _c: date(sent.year + 1, 12, 31), True),
    (rf"(?:bulan )?({_LONG_MONTH})\b{_YEAR}", _month_alone, False),
)


def _day_alone(g: Groups, sent: date) -> date | None:
    day = int(g[0] or 0)
    if g[1] == "depan":
        end = last_of(sent.year, sent.month + 1)
        return end.replace(day=day) if 1 <= day <= end.day else None
    if g[1] == "ini":
        return _on(sent.year, sent.month, day)
    return _next_day_of_month(sent, day)


FULL: tuple[Rule, ...] = (_dated, _slashed, _iso)
"""The rules of a full date, which may be followed by `lalu`, "then"."""
