"""Plays one-line stories about a complaint, in the words that people write, and tells what came of it.

A story is a line of steps parted by `|`: who does what. `warga`, `kasi`, `atasan`, `meja` (the desk) write the words of
the mail commands; `masuk`, `ragu`, `luar`, `sama` are new mails (sure, unsure, outside, the same matter), `jelas` one
that names the office of an unsure ticket, `bahaya` one of the same matter by somebody in danger, `ternyata` one that
makes the newest ticket the same as the first; `utama` goes on with the main ticket of a joined one, `laporan N` with
the one of that number, `hilang` takes the holder's chair out of the directory; `jam CLOCK` waits until that clock
strikes; `dibuka`, `otomatis`, `plh`, `mental` are what machines tell of the newest letter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from engine.desk.matter import Found, Likely
from engine.directory import ladder
from engine.event import Automated, Bounced, Commanded, Seen
from engine.letter import Letter
from engine.reading import Automatic, Kind, Reading, Status
from engine.routing.route import Confidential, Route
from engine.ticket import Role, Ticket
from engine.workflow import Situation, Transition, Workflow
from tests.world import MONDAY, City, message, route

SUPERIOR = {
    "AMBIL": ("SAYA TANGANI", ""),
    "ALIHKAN": ("ALIHKAN", "dpupr.kasi.jembatan"),
    "ALIHKAN-LUAR": ("ALIHKAN", "dishub.kasi.parkir"),
    "INGATKAN": ("INGATKAN", ""),
    "TUTUP": ("TUTUP", "sudah masuk rencana tahun depan"),
}
HIDING = {
    "MENDESAK": ("MENDESAK", ""),
    "SAMARKAN": ("SAMARKAN", ""),
    "RAHASIAKAN": ("RAHASIAKAN", "DISHUB"),
    "LIHAT": ("LIHAT IDENTITAS", "perlu dihubungi"),
}
OFFICIAL: dict[str, tuple[Status, dict[str, object]]] = {
    "TERIMA": (Status.RECEIVED, {}),
    "PROSES": (Status.IN_PROGRESS, {}),
    "JANJI": (Status.IN_PROGRESS, {"promised": date(2026, 8, 10)}),
    "TANYA": (Status.NEED_INFO, {}),
    "TUNDA": (Status.POSTPONED, {"promised": date(2026, 8, 20)}),
    "TOLAK": (Status.REJECTED, {}),
    "BUKAN": (Status.REJECTED, {"duty": True}),
    "SELESAI": (Status.DONE, {}),
    "CATAT": (Status.COMMENT, {}),
}
CITIZEN: dict[str, tuple[Status, dict[str, object]]] = {
    "SUDAH": (Status.CONFIRMED, {}),
    "PUAS": (Status.CONFIRMED, {"rating": 5}),
    "BELUM": (Status.DISPUTED, {}),
    "CABUT": (Status.WITHDRAWN, {}),
    "JAWAB": (Status.INFO, {}),
    "TAMBAH": (Status.COMMENT, {}),
    "MENGADU": (Status.COMMENT, {}),
    "BINTANG1": (Status.DISPUTED, {"rating": 1}),
}
SAID = {"BINTANG1": "1", "MENGADU": "Ternyata kasi jalan DPUPR minta uang 500 ribu."}


@dataclass(frozen=True)
class Known:
    """Takes every new mail for the same matter as one ticket's; with `late` only after a second look."""

    ticket: Ticket
    late: Ticket | None = None

    def __call__(self, _ticket: Ticket, _route: Route | None) -> Found:
        """The same matter."""
        return Found(Likely(self.ticket, 0.95, ("topik sama",)))

    def caught_up(self, _main: Ticket) -> list[tuple[Ticket, Likely]]:
        """What a second look finds."""
        return [(self.late, Likely(self.ticket, 0.9, ()))] if self.late else []


@dataclass(frozen=True)
class Recorded(Workflow):
    """A workflow that remembers the rows that were taken."""

    taken: list[Transition] = None  # type: ignore[assignment]

    def step(self, situation: Situation, event: str, role: Role) -> Transition:
        """The row, remembered."""
        row = Workflow.step(self, situation, event, role)
        self.taken.append(row)
        return row


def record(city: City) -> list[Transition]:
    """Lets a city's workflows remember their rows; gives the list they go to."""
    taken: list[Transition] = []
    world = city.desk.world
    recorded: dict[str, Workflow] = {
        name: Recorded(w.name, w.title, w.states, w.rows, w.words, w.start, w.takes, taken)
        for name, w in world.workflows.items()
    }
    city.desk.world = replace(world, workflows=recorded)
    return taken


def play(city: City, story: str, ticket: Ticket | None = None) -> Ticket:
    """Plays a story, from its beginning or on with a ticket; the ticket as it stands at its end."""
    for step in story.split("|"):
        city.now += timedelta(minutes=1)
        ticket = _step(city, ticket, *step.split())
    assert ticket is not None
    return city.ticket(ticket)


def _step(city: City, ticket: Ticket | None, who: str, *words: str) -> Ticket:
    if who in ("masuk", "rahasia", "ragu", "luar"):
        return _new(city, who)
    assert ticket is not None
    if who == "sama":
        return _same(city, ticket)
    if who == "hilang":
        return _vanish(city, ticket, words)
    if who == "ternyata":
        return _turns_out(city, ticket)
    if who == "jelas":
        _same(city, ticket)
        return city.ticket(ticket)
    if who == "bahaya":
        city.desk.same = Known(ticket)
        city.complain("Ada korban!", sender="korban@warga.example", route=route(None, "", urgent=True))
        return city.ticket(ticket)
    if who == "utama":
        return city.ticket(replace(ticket, id=ticket.joined_to or ticket.id))
    if who == "laporan":
        return next(one for one in reversed(city.store.tickets()) if one.number.endswith(words[0]))
    if who == "jam":
        return _strike(city, ticket, words[0])
    if who == "hari":
        city.wait(timedelta(days=int(words[0])))
        return city.ticket(ticket)
    if who in ("dibuka", "otomatis", "plh", "mental"):
        return _machine(city, ticket, who)
    return _says(city, ticket, who, words[0], words[1:])


def _new(city: City, how: str) -> Ticket:
    if how == "masuk":
        return city.complain()
    if how == "rahasia":
        return city.complain(route=route(confidential=Confidential.SECRET))
    if how == "ragu":
        return city.complain(route=route(None))
    return city.complain(kind=Kind.EXTERNAL, route=route(None, external="PLN", triage=False))


def _same(city: City, first: Ticket) -> Ticket:
    """One more neighbour writes of the same; where the first was unsure, he says clearly whose matter it is."""
    city.desk.same = Known(first)
    return city.complain("Lubang yang sama.", sender=f"lain{len(city.store.tickets())}@warga.example")


def _vanish(city: City, ticket: Ticket, with_office: tuple[str, ...]) -> Ticket:
    """A new directory without the holder's chair, or without its whole office and all above it."""
    directory = city.desk.world.directory
    gone = {ticket.holder, *(one.position for one in ladder(directory, ticket.holder or "", MONDAY.date()))}
    lost = gone if with_office else {ticket.holder}
    if with_office:
        lost |= {p.id for p in directory.positions.values() if p.unit == directory.positions[ticket.holder or ""].unit}
    left = {key: value for key, value in directory.positions.items() if key not in lost or key == city.desk.world.desk}
    city.desk.adopt(replace(directory, positions=left), city.now)
    city.post()
    return city.ticket(ticket)


def _turns_out(city: City, late: Ticket) -> Ticket:
    first = city.store.tickets()[-1]
    city.desk.same = Known(first, late)
    city.complain("Lubang yang sama.", sender=f"lain{len(city.store.tickets())}@warga.example")
    return city.ticket(late)


def _strike(city: City, ticket: Ticket, clock: str) -> Ticket:
    live = [d for d in city.store.deadlines_of(ticket.id, live=True) if d.clock.value == clock]
    assert live, f"{clock} does not run: {city.clocks(ticket)}"
    city.wait(live[-1].due_at)
    return city.ticket(ticket)


def _machine(city: City, ticket: Ticket, what: str) -> Ticket:
    letter = [one for one in city.letters(ticket) if one.reader.value != "citizen"][-1]
    if what == "dibuka":
        city.desk.handle(Seen(city.now, letter.id, "imap"))
    elif what == "mental":
        city.desk.handle(Bounced(city.now, None, letter.id, True, "5.1.1", "550 5.1.1 no such user"))
    else:
        facts = Automatic(("absence",), absence=True, deputy="Kabid Jalan" if what == "plh" else None)
        reading = Reading(Kind.AUTO, message(letter.address), "sedang cuti", automatic=facts)
        city.desk.handle(Automated(city.now, city._mail(letter.address), reading, letter.id))
    city.post()
    return city.ticket(ticket)


def _says(city: City, ticket: Ticket, who: str, word: str, rest: tuple[str, ...]) -> Ticket:
    if who == "warga":
        status, more = CITIZEN[word]
        text = SAID.get(word, "Di depan SDN Ardio, masih berlubang.")
        return city.says(ticket, status, text, **more)
    if who == "petugas":
        city.desk.handle(Commanded(city.now, ticket.id, " ".join((word, *rest)), "petugas"))
        city.post()
        return city.ticket(ticket)
    letter = _letter(city, ticket, who)
    if word in SUPERIOR or word in HIDING:
        command, argument = (SUPERIOR | HIDING)[word]
        return city.answer(
            ticket, Status.COMMENT, f"{command} {argument}", letter=letter, command=command, argument=argument
        )
    if word == "TERUSKAN":
        return city.answer(ticket, Status.FORWARDED, f"TERUSKAN {rest[0]}", letter=letter, target=rest[0])
    if word == "EKSTERNAL":
        return city.answer(
            ticket, Status.COMMENT, "EKSTERNAL PLN", letter=letter, command="EKSTERNAL", argument="PLN", target="PLN"
        )
    if word == "GABUNG":
        number = city.store.tickets()[-1].number
        return city.answer(ticket, Status.COMMENT, f"GABUNG {number}", letter=letter, command="GABUNG", argument=number)
    if word == "PISAH":
        return city.answer(ticket, Status.COMMENT, "PISAH", letter=letter, command="PISAH")
    status, more = OFFICIAL[word]
    return city.answer(ticket, status, f"{word}\nkarena menunggu material", letter=letter, **more)


def _letter(city: City, ticket: Ticket, who: str) -> Letter | None:
    """The letter that this person answers: the newest to his chair."""
    if who == "pemegang":
        return None
    chair = {"kasi": "dpupr.kasi.jalan", "meja": city.desk.world.desk, "atasan": "dpupr.kabid.jalan"}.get(who, who)
    mine = [one for one in city.letters(ticket) if one.position == chair]
    assert mine, f"no letter to {chair}: {city.kinds(ticket)}"
    return mine[-1]
