"""The one place where all is put together: tables, city, desk, reading, writing, and the jobs that move mail along."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from engine.calendar import Calendar
from engine.calendar import load as load_calendar
from engine.calendar.working import JAKARTA
from engine.desk import Desk, World
from engine.desk.matter import Matters
from engine.desk.world import GENERAL
from engine.directory import Directory
from engine.directory import load as load_directory
from engine.errors import Permanent, Temporary, Unreadable
from engine.event import KeptBack, Overdue, Sent
from engine.jobs import Job
from engine.letter import Letter, LetterState, Reader
from engine.message import Attachment, Envelope
from engine.policy import Policy, policy_on
from engine.reading import Reading
from engine.redact import Identity, redact
from engine.routing import Router
from engine.routing.route import Route
from engine.rules import keep
from engine.store import Entry, Mail, Store
from engine.ticket import Ticket
from mail import report_weekly
from mail.address import Addresses
from mail.collect import Collected
from mail.event import event_of
from mail.identity import identity_of
from mail.models import current, load_model
from mail.read import read
from mail.settings import Settings
from mail.sort import Intake, Tools, city_tools, understand
from mail.sort.tools import router
from mail.submit import GIVE_UP, Outgoing, Relay, next_attempt
from mail.submit import Sent as Taken
from mail.tables import directory_at, folder_before, folder_on
from mail.trust import authenticated
from mail.write import CARRIES, WHOLE, City, Writer, Written
from mail.write.values import hidden
from workflows.all import WORKFLOWS

log = logging.getLogger("sibadra.app")

LOOSE = "S-0000-000000"
"""The number in the Message-ID of letters that belong to no ticket."""
BATCH = 100
LIKELY = 0.02
"""From which probability on routing knows a chair inside an office that was named: below it a word of the text ("depan
toko") speaks for one by chance, and the head decides.
"""


@dataclass
class App:
    """One engine on one database. `now` gives the aware time; `relay` is opened at the first letter."""

    settings: Settings
    store: Store
    directory: Directory
    calendar: Calendar
    now: Callable[[], datetime]
    rng: random.Random

    def __post_init__(self) -> None:
        # Before any event: what a ticket is opened under must be kept whatever becomes of the event.
        self.book = keep(self.store, self.settings.rules.policies, WORKFLOWS, self.now())
        self._day = self.now().astimezone(JAKARTA).date()
        self._folder = folder_on(self.settings, self._day)
        self._model = ""
        self._looked = False
        self._renewed = False
        self._known: tuple[tuple[int, datetime], Identity] | None = None

    @classmethod
    def open(cls, settings: Settings, now: Callable[[], datetime], rng: random.Random | None = None) -> App:
        """Opens the database and loads the city. Raises BadData or BadSetting."""
        directory = directory_at(settings, now())
        calendar = load_calendar(settings.city)
        store = Store.sqlite(settings.database)
        return cls(settings, store, directory, calendar, now, rng or random.Random())

    def close(self) -> None:
        """Closes relay and database."""
        if "relay" in self.__dict__:
            self.relay.close()
        self.store.close()

    @cached_property
    def addresses(self) -> Addresses:
        """Makes and reads our signed addresses."""
        intake = self.settings["intake"]
        return Addresses(
            self.settings.keys,
            domain=intake["domain"],
            local=intake["local"],
            bounce_local=intake["bounce_local"],
        )

    def policy(self) -> Policy:
        """The rules that new complaints get today."""
        return policy_on(self.book.rules[GENERAL], self._day)

    @cached_property
    def router(self) -> Router:
        """Names the desk of a complaint."""
        self._model = current(self.store)
        return router(self.directory, load_model(self.settings, self._model), self.settings.city)

    @cached_property
    def tools(self) -> Tools:
        """What reading a mail needs."""
        intake = self.settings["intake"]
        made = city_tools(self.settings.city, intake=Intake(intake["local"], intake["domain"]))
        return replace(made, directory=self.directory, route=self.router.route)

    def owner_in(self, unit: str, subject: str, text: str) -> str | None:
        """The chair inside a unit that the router would give this matter to; None where none of it is likely."""
        route = self.router.route_text(subject, text)
        found = [one for one in route.candidates if one.unit == unit and one.owner and one.probability >= LIKELY]
        return found[0].owner if found else None

    def routed(self, subject: str, text: str) -> Route:
        """What a text is about, to whatever model is current."""
        return self.router.route_text(subject, text)

    @cached_property
    def desk(self) -> Desk:
        """The one door."""
        world = World(
            store=self.store,
            directory=self.directory,
            calendar=self.calendar,
            workflows=WORKFLOWS,
            policies=self.book.policies,
            policy=self.policy(),
            rules=self.book.rules,
            tables=self.book.tables,
            desk=self.settings["city"]["desk"],
            name_letter=lambda ticket, letter: self.addresses.message_id(ticket or LOOSE, letter, self.rng),
            rng=self.rng,
            owner_in=self.owner_in,
            wish=self.router.wish,
            routed=self.routed,
        )
        return Desk(world, self._matters())

    def _matters(self) -> Matters:
        """Finds the reports of one matter."""
        return Matters(self.store, self.directory, self.policy())

    @cached_property
    def writer(self) -> Writer:
        """Writes letters."""
        city = self.settings["city"]
        return Writer(self.addresses, City.of(city), self._unnamed)

    def _unnamed(self, text: str, ticket: Ticket) -> str:
        """A text without what tells who reported the ticket."""
        if self._known is None or self._known[0] != (ticket.id, ticket.changed_at):
            self._known = ((ticket.id, ticket.changed_at), identity_of(self.store, ticket, self.directory))
        return redact(text, self._known[1])

    @cached_property
    def relay(self) -> Relay:
        """The connection to the city's relay, opened when the first letter goes."""
        return Relay(self.settings.relay)

    # Mails in

    def keep(self, mails: Sequence[tuple[Envelope, bytes]]) -> None:
        """Keeps what the intake received, durably, before the 250."""
        self.store.keep(mails)

    def keep_collected(self, mails: Sequence[Collected]) -> None:
        """Keeps what was collected over IMAP; what comes again after a crash is kept once."""
        self.store.keep_once([(one.envelope, one.raw) for one in mails])

    def handle(self, ids: Sequence[int], at: datetime) -> None:
        """Reads mails and hands them to the desk, many in one commit; what cannot be handled is set aside."""
        self.refresh(at)
        mails = [mail for mail in (self.store.mail(one) for one in ids) if mail is not None and mail.state == "new"]
        read_mails = [(mail, self._read(mail)) for mail in mails]
        with self.store.transaction():
            for mail, reading in read_mails:
                self._handle(mail, reading, at)

    def _read(self, mail: Mail) -> Reading | Exception:
        """What a mail says, or why nothing could be made of it; any fault of ours is the mail's hold, not the
        engine's.
        """
        try:
            return understand(mail.raw, mail.envelope, tools=self.tools)
        except Exception as fault:
            if not isinstance(fault, Unreadable):
                log.exception("reading failed", extra={"mail": mail.id})
            return fault

    def _handle(self, mail: Mail, reading: Reading | Exception, at: datetime) -> None:
        if isinstance(reading, Exception):
            self._hold(mail, reading, at)
            return
        try:
            with self.store.transaction():
                self.store.mark_mail(
                    mail.id, "handled", message_id=reading.message.message_id, handled_at=at, kind=reading.kind.value
                )
                forged = self._forged(mail, reading)
                self.desk.handle(event_of(self.store, self.addresses, mail, reading, at, forged=forged))
        except Exception as fault:
            log.exception("handling failed", extra={"mail": mail.id})
            self._hold(mail, fault, at)

    def _forged(self, mail: Mail, reading: Reading) -> bool:
        """Whether our own relay says that the From domain disowns the mail; without its name in the settings, no."""
        authserv_id = str(self.settings["intake"]["authserv_id"])
        sender = reading.message.sender
        return bool(authserv_id and sender and authenticated(mail.raw, authserv_id, sender.address).forged)

    def _hold(self, mail: Mail, fault: Exception, at: datetime) -> None:
        """Sets a mail aside, visible, to be handled again after a mend; the mails behind it go on."""
        error = f"{type(fault).__name__}: {fault}"[:500]
        self.store.mark_mail(mail.id, "held", error=error, handled_at=at)
        self.store.tell(Entry(at, None, "engine", "held", mail=mail.id, data={"error": type(fault).__name__}))

    # Letters out

    def send(self, ids: Sequence[int], at: datetime) -> None:
        """Composes and sends letters over the kept connection; their fates are committed together."""
        letters = [one for one in (self.store.letter(i) for i in ids) if one and one.state is LetterState.QUEUED]
        composed: list[tuple[Letter, Written]] = []
        for letter in letters:
            try:
                composed.append((letter, self._compose(letter)))
            except Exception as fault:
                log.exception("a letter could not be written", extra={"letter": letter.id})
                self.store.mark_letter(
                    letter.id, state=LetterState.FAILED, error=f"{type(fault).__name__}: {fault}"[:300]
                )
        with self.store.transaction():
            for letter, written in composed:
                self.store.mark_letter(letter.id, content=written.raw, attempts=letter.attempts + 1)
                if written.closed:
                    self.desk.handle(KeptBack(at, letter.id, written.closed))
        results = self.relay.send([Outgoing(one.reverse_path, one.recipient, one.raw) for _, one in composed])
        with self.store.transaction():
            for (letter, _), result in zip(composed, results, strict=True):
                self._sent(letter, result, at)

    def _sent(self, letter: Letter, result: Taken | Temporary | Permanent, at: datetime) -> None:
        if isinstance(result, Taken):
            self.desk.handle(Sent(at, letter.id, result.reply))
            return
        if isinstance(result, Temporary):
            pause = next_attempt(letter.not_before, at, letter.attempts + 1, self.rng)
            if pause is not None:
                self.store.mark_letter(letter.id, next_attempt=at + pause, error=str(result)[:300])
                return
            result = Permanent(f"given up after {GIVE_UP.days} days: {result}")
        self.desk.refused(letter.id, at, str(result))

    def _compose(self, letter: Letter) -> Written:
        raw = self.store.raw_letter(letter.id)
        ticket = self.store.ticket(letter.ticket) if letter.ticket else None
        written = self.writer.compose(
            letter,
            ticket,
            files=self._files(letter, ticket),
            previous=self._previous(letter),
            place=self._place(ticket),
            receipt=self._asks_receipt(letter),
        )
        # A letter that was tried before goes out as it was: its Message-ID and its bytes belong together. But what was
        # written before the reporter was hidden must not go out any more.
        return replace(written, raw=written.raw if raw is None or hidden(letter, ticket) else raw)

    def _asks_receipt(self, letter: Letter) -> bool:
        """Whether a read receipt is all that can tell that this letter was opened: no access to its mailbox."""
        watched = letter.reader is Reader.CITIZEN or self.settings.way_to(letter.address) is not None
        return not watched and bool(self.settings["watch"]["receipts"])

    def _place(self, ticket: Ticket | None) -> str:
        """How the ticket's place is called."""
        place = self.directory.places.get(ticket.place or "") if ticket else None
        if place is None:
            return ""
        units = self.directory.units
        codes = dict.fromkeys((place.code, place.kecamatan))
        return ", ".join(units[code].name if code in units else place.name for code in codes)

    def _files(self, letter: Letter, ticket: Ticket | None) -> list[Attachment]:
        """The files that came with the mails this letter hands on."""
        files: list[Attachment] = []
        given = letter.data.get("mails")
        mails = [int(one) for one in given] if isinstance(given, list) and letter.kind in CARRIES else []
        if ticket is not None and letter.kind in WHOLE:
            added = letter.data.get("added")
            later = [one["mail"] for one in added] if isinstance(added, list) else []
            mails = [ticket.mail, *later, *mails]
        if ticket is not None and letter.kind == "identity":
            mails += [mail.id for mail in self.store.mails_of(ticket.id)]
        for one in dict.fromkeys(mails):
            mail = self.store.mail(one)
            if mail is not None:
                files += read(mail.raw).attachments
        return files

    def _previous(self, letter: Letter) -> list[str]:
        """The Message-IDs of earlier letters to the same mailbox about the same ticket, so that they stand together."""
        if letter.ticket is None:
            return []
        return [
            one.message_id
            for one in self.store.letters_of(letter.ticket)
            if one.id < letter.id and one.address == letter.address and one.state is LetterState.SENT
        ]

    # Clocks

    def strike(self, ids: Sequence[int], at: datetime) -> None:
        """Strikes deadlines that have passed, each once, many in one commit."""
        self.refresh(at)
        with self.store.transaction():
            for deadline in ids:
                self.desk.handle(Overdue(at, deadline))

    def jobs(self) -> list[Job]:
        """What the engine does by itself, mail watching apart."""
        every = self.settings["jobs"]
        return [
            Job("handle", lambda _: [mail.id for mail in self.store.new_mails(BATCH)], self.handle, every["handle"]),
            Job("deadlines", lambda at: self.store.due(at, BATCH), self.strike, every["deadlines"]),
            Job("digest", lambda _: [0], lambda _, at: self._digests(at), every["digest"]),
            Job("weekly", self._weekly_due, lambda _, at: self._weekly(at), every["digest"]),
            Job("send", self._due_letters, self.send, every["send"]),
        ]

    def _due_letters(self, at: datetime) -> list[int]:
        return [letter.id for letter in self.store.letters_to_send(at, BATCH)]

    def _weekly_due(self, at: datetime) -> list[int]:
        return [0] if self.calendar.is_open(at) and report_weekly.due(self.store, self.settings, at) else []

    def _weekly(self, at: datetime) -> None:
        report_weekly.send(self.desk, self.settings, at)

    def _digests(self, at: datetime) -> None:
        self.refresh(at)
        self.desk.digests(at)

    def settle(self, at: datetime, rounds: int = 50) -> int:
        """Rings every bell until nothing is due at this time; gives how many rows were worked on."""
        total = 0
        for _ in range(rounds):
            done = sum(job.ring(at) for job in self.jobs() if job.name != "digest")
            self._digests(at)
            if not done:
                break
            total += done
        return total

    def retry(self, mail: int) -> None:
        """Puts a held mail back, to be handled at the next bell."""
        self.store.mark_mail(mail, "new", error="")

    def refresh(self, at: datetime) -> None:
        """Takes into use, between two events, today's tables and rules, and the model that was last trained."""
        day = at.astimezone(JAKARTA).date()
        folder = folder_on(self.settings, day)
        if folder != self._folder:
            self.reload(load_directory(folder), at)
            self._folder, self._looked = folder, True
        elif not self._looked:  # the tables may have changed while nothing ran
            self._looked = True
            if before := folder_before(self.settings, day):
                self.desk.adopt(self.directory, at, load_directory(before))
        if day != self._day or not self._renewed:
            self._day, self._renewed = day, True
            self._turn_over(at)
        if "router" in self.__dict__ and current(self.store) != self._model:
            self._forget("tools", "router")

    def _turn_over(self, at: datetime) -> None:
        """A new day: rules that begin today hold, for open tickets too where the city says so."""
        if (policy := self.policy()) != self.desk.world.policy:
            self.desk.world = replace(self.desk.world, policy=policy)
            self.desk.same = self._matters()
        for ticket in self.desk.renew(at):
            log.info("follows newer rules", extra={"ticket": ticket.number})

    def reload(self, directory: Directory, at: datetime) -> None:
        """Takes a new directory into use between two events; what a vanished chair held is passed on."""
        desk = self.desk  # made with the old directory, should it not have been made yet
        self.directory = directory
        for ticket in desk.adopt(directory, at):
            log.warning("its holder is gone", extra={"ticket": ticket.number})
        desk.same = self._matters()
        self._forget("tools", "router")

    def _forget(self, *names: str) -> None:
        for name in names:
            self.__dict__.pop(name, None)
