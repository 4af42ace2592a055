"""One visit to one mailbox: find the wanted letters, read their flags, change nothing.

`visit` knows no storage and no clock. It asks STATUS first and stops there when nothing changed; else it EXAMINEs the
folders where letters lie or may arrive, fetches the flags of known letters and the Message-IDs of new mails, and looks
in other folders only for letters that left theirs. A letter's UID is trusted under its UIDVALIDITY only, and before a
letter is called seen its Message-ID is read again at that UID.

CONDSTORE is asked for and QRESYNC is not: its VANISHED (RFC 7162 section 3.2.10) would tell which mails are gone, but
the one FETCH that reads the flags of our few letters says the same by leaving them out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from mail.imap import Item, NoFolder, Opened
from mail.imap.client import MESSAGE_ID
from mail.watch.facts import Bookmark, Doubt, Found, LetterId, Mark, Observed, Visit, Wanted, What

CHECK = 1800.0  # seconds after which letters are read and checked even if the server says that nothing changed
ELSEWHERE = 600.0  # seconds between searches of all folders for a letter that is nowhere
PATIENT = 120.0  # seconds after sending before other folders are searched for a letter not yet in the inbox
SMALL = 300  # mails in a folder up to which all Message-IDs are read at once
SCAN = 2000  # mails whose Message-IDs are read in one visit of a large folder, the newest first
FOLDERS = 60  # folders that are searched for a letter
_KNOWN = ("FLAGS", "MODSEQ")
_NEW = ("FLAGS", "MODSEQ", "INTERNALDATE", MESSAGE_ID)
_LAST = ("\\sent", "\\drafts", "\\trash", "\\junk", "\\all")


@dataclass(frozen=True, slots=True)
class Rules:
    """When a `seen` is doubted: within `at_once` seconds of its arrival; as one of `bulk` mails marked in one stroke,
    or of so many in less than `reading` seconds each; without a login since `session` seconds before its arrival, which
    is how long a mail program may stay logged in."""

    at_once: float = 5.0
    bulk: int = 10
    reading: float = 2.0
    session: float = 86_400.0


class Connection(Protocol):
    """What a visit needs of mail.imap.Client; each method may raise its errors."""

    condstore: bool

    def status(self, folder: str) -> Opened | None: ...
    def examine(self, folder: str) -> Opened: ...
    def fetch(self, uids: str | Sequence[int], items: Sequence[str], *, changed_since: int = 0) -> dict[int, Item]: ...
    def search(self, criteria: Sequence[object]) -> list[int]: ...
    def folders(self, below: str = "") -> list[tuple[str, frozenset[str]]]: ...


def visit(
    connection: Connection,
    inbox: str,
    wanted: Sequence[Wanted],
    bookmark: Bookmark,
    now: datetime,
    *,
    last_login: datetime | None = None,
    rules: Rules = Rules(),
) -> Visit:
    """Visit one mailbox whose inbox is `inbox` (mostly "INBOX"); `now` is aware, `last_login` known from elsewhere.

    Raises the connection's errors; then nothing was observed and the old bookmark stays valid.
    """
    return _Visit(connection, inbox, wanted, bookmark, now, last_login, rules).run()


@dataclass(slots=True)
class _Visit:
    connection: Connection
    inbox: str
    wanted: Sequence[Wanted]
    bookmark: Bookmark
    now: datetime
    last_login: datetime | None
    rules: Rules
    marks: dict[str, Mark] = field(default_factory=dict)
    found: dict[LetterId, Found] = field(default_factory=dict)
    observed: list[Observed] = field(default_factory=list)
    newly_seen: list[tuple[Wanted, Found, Item]] = field(default_factory=list)
    examined: bool = False
    time: float = 0.0

    def run(self) -> Visit:
        self.time = self.now.timestamp()
        letters = {w.letter_id: w for w in self.wanted}
        self.marks = {m.folder: m for m in self.bookmark.marks}
        self.found = {f.letter_id: f for f in self.bookmark.found if f.letter_id in letters}
        left: list[Wanted] = []
        for folder in self._folders_to_read():
            left += self._read(folder, letters)
        lost = [w for w in self.wanted if w.letter_id not in self.found or self.found[w.letter_id].gone]
        self._look_elsewhere(left, lost)
        used = {self.inbox} | {f.folder for f in self.found.values()}
        kept = Bookmark(
            tuple(m for m in self.marks.values() if m.folder in used),
            tuple(self.found.values()),
            tuple(w.letter_id for w in self.wanted if w.letter_id not in self.found),
            self.time,
            self.bookmark.elsewhere_at,
        )
        return Visit(tuple(self.observed), kept, unchanged=not self.examined)

    # -- which folders ----------------------------------------------------------------------------------------------

    def _folders_to_read(self) -> list[str]:
        here = {f.folder for f in self.found.values() if not f.gone}
        lost = any(w.letter_id not in self.found or self.found[w.letter_id].gone for w in self.wanted)
        return ([self.inbox] if lost or self.inbox in here else []) + sorted(here - {self.inbox})

    def _read(self, folder: str, letters: dict[LetterId, Wanted]) -> list[Wanted]:
        """Bring the letters of one folder up to date; gives those that are no longer there."""
        mark = self.marks.get(folder)
        here = [f for f in self.found.values() if f.folder == folder and not f.gone]
        unsought = [w for w in self.wanted if w.letter_id not in self.found and w.letter_id not in self.bookmark.sought]
        try:
            if mark is not None and not (unsought and folder == self.inbox) and self._unchanged(folder, mark):
                return []
            opened = self._examine(folder)
        except NoFolder:
            self.marks.pop(folder, None)
            self._uproot(here)
            return [letters[f.letter_id] for f in here]
        if mark is not None and mark.uidvalidity != opened.uidvalidity:
            mark = None  # every UID means another mail now, or none (RFC 3501 section 2.3.1.1)
        self._uproot([f for f in here if f.uidvalidity != opened.uidvalidity])
        left = self._flags_of(opened, {f.uid: letters[f.letter_id] for f in here if self._at(f.letter_id)}, mark)
        lost = [w for w in self.wanted if (f := self.found.get(w.letter_id)) is None or f.gone]
        searched = [letters[f.letter_id] for f in here if not self._at(f.letter_id)]
        searched += lost if folder == self.inbox else []
        # A letter that was delivered before the last visit, but not yet asked for, lies among the old mails.
        late = mark is not None and any(w.sent_at.timestamp() <= mark.read_at for w in unsought)
        self._find(folder, opened, mark, {w.message_id: w for w in searched}, careful=bool(left) or late)
        self._judge(folder)
        self._set_mark(folder, opened, checked=self._check_due(mark))
        return [letters[f.letter_id] for f in here if not self._at(f.letter_id)]

    def _at(self, letter_id: LetterId) -> int:
        """The UID of a letter; 0 if it has left the place where it was."""
        return self.found[letter_id].uid

    def _uproot(self, letters: list[Found]) -> None:
        for f in letters:
            self.found[f.letter_id] = replace(f, uid=0)

    def _unchanged(self, folder: str, mark: Mark) -> bool:
        if not mark.modseq or self._check_due(mark):
            return False
        status = self.connection.status(folder)
        return status is not None and status == Opened(mark.uidvalidity, mark.uidnext, mark.messages, mark.modseq)

    def _examine(self, folder: str) -> Opened:
        self.examined = True
        return self.connection.examine(folder)

    def _check_due(self, mark: Mark | None) -> bool:
        return mark is None or not 0 <= self.time - mark.checked_at < CHECK

    def _set_mark(self, folder: str, opened: Opened, *, checked: bool) -> None:
        old = self.marks.get(folder)
        checked_at = self.time if checked or old is None else old.checked_at
        self.marks[folder] = Mark(
            folder, opened.uidvalidity, opened.uidnext, opened.messages, opened.modseq, self.time, checked_at
        )

    # -- reading ----------------------------------------------------------------------------------------------------

    def _items(self, items: tuple[str, ...], opened: Opened) -> tuple[str, ...]:
        return items if self.connection.condstore and opened.modseq else tuple(i for i in items if i != "MODSEQ")

    def _flags_of(self, opened: Opened, known: dict[int, Wanted], mark: Mark | None) -> list[Wanted]:
        """Read the flags of known letters; gives those whose UID is there no more."""
        if not known:
            return []
        uids = sorted(known)
        if self._check_due(mark):
            # A server that renumbers in silence would make us watch another mail for ever.
            items = self.connection.fetch(uids, self._items((*_KNOWN, MESSAGE_ID), opened))
            present = {u for u, item in items.items() if u in known and item.message_id in (None, known[u].message_id)}
        elif mark is not None and 0 < mark.modseq <= opened.modseq and len(uids) > 20:
            # Many letters: ask only for what changed (RFC 7162), and separately whether all are there.
            items = self.connection.fetch(uids, self._items(_KNOWN, opened), changed_since=mark.modseq)
            present = set(self.connection.search(["UID", _set(uids)]))
        else:
            items = self.connection.fetch(uids, self._items(_KNOWN, opened))
            present = set(items)
        for uid, item in items.items():
            known_here = uid in present and uid in known and item.flags is not None
            if known_here and not self._flags(known[uid], self.found[known[uid].letter_id], item):
                present.discard(uid)
        left = [known[uid] for uid in uids if uid not in present]
        self._uproot([self.found[w.letter_id] for w in left])
        return left

    def _find(
        self, folder: str, opened: Opened, mark: Mark | None, missing: dict[str, Wanted], *, careful: bool
    ) -> None:
        """Find letters by Message-ID: among new mails by reading them, in large or doubtful folders by search too."""
        if not missing:
            return
        items = self._items(_NEW, opened)
        if mark is not None and not careful:
            if opened.uidnext and opened.uidnext <= mark.uidnext:
                return
            first = max(mark.uidnext, 1)
            if not opened.uidnext or opened.uidnext - first <= SCAN:
                got = self.connection.fetch(f"{first}:*", items)
                # `n:*` names the last mail even when its UID is below n (RFC 3501 section 6.4.8).
                self._match(folder, opened, {u: i for u, i in got.items() if u >= first}, missing)
                return
        elif opened.messages <= SMALL:
            self._match(folder, opened, self.connection.fetch("1:*", items), missing)
            return
        for letter in list(missing.values()):
            if letter.message_id.isascii():
                uids = self.connection.search(["HEADER", "Message-ID", f"<{letter.message_id}>"])
                self._match(folder, opened, self.connection.fetch(uids[-5:], items), missing)
        if missing:  # the server's index may lie: read the Message-IDs of what came since the letters were sent
            since = min(w.sent_at for w in missing.values()) - timedelta(days=2)
            uids = self.connection.search(["SINCE", since.date()])[-SCAN:]
            for start in range(len(uids), 0, -500):
                if missing:
                    part = uids[max(0, start - 500) : start]
                    self._match(folder, opened, self.connection.fetch(part, items), missing)

    def _match(self, folder: str, opened: Opened, got: dict[int, Item], missing: dict[str, Wanted]) -> None:
        for uid, item in sorted(got.items()):
            letter = missing.pop(item.message_id, None) if item.message_id else None
            if letter is None or item.flags is None:
                continue
            old = self.found.get(letter.letter_id)
            arrived = item.arrived.timestamp() if item.arrived else self.time
            if old is None:
                new = Found(letter.letter_id, folder, opened.uidvalidity, uid, arrived)
                self._observe(letter, What.DELIVERED, folder)
            else:
                new = replace(old, folder=folder, uidvalidity=opened.uidvalidity, uid=uid, gone=False)
                if old.folder != folder:
                    self._observe(letter, What.MOVED, folder)
            self.found[letter.letter_id] = new
            self._flags(letter, new, replace(item, message_id=letter.message_id))

    # -- judging ----------------------------------------------------------------------------------------------------

    def _observe(self, letter: Wanted, what: What, folder: str, doubt: Doubt | None = None) -> None:
        self.observed.append(Observed(letter.letter_id, what, self.now, folder, doubt))

    def _flags(self, letter: Wanted, f: Found, item: Item) -> bool:
        """Take a letter's flags; False if the mail at this UID turns out to be another."""
        flags = item.flags or frozenset()
        if "\\answered" in flags and not f.answered:
            if not self._is(letter, item):
                return False
            self.found[letter.letter_id] = f = replace(f, answered=True)
            self._observe(letter, What.ANSWERED_FLAG, f.folder)
        if "\\seen" in flags and f.seen == "":
            if not self._is(letter, item):
                return False
            self.newly_seen.append((letter, f, item))
        elif "\\seen" not in flags and f.seen not in ("", "yes"):
            # Marked as unread again, as people do after "mark all": the next time counts.
            self.found[letter.letter_id] = replace(f, seen="")
        elif "\\seen" in flags and f.seen == Doubt.NO_LOGIN and self._logged_in_since(f):
            self.newly_seen.append((letter, f, item))
        return True

    def _logged_in_since(self, f: Found) -> bool:
        return self.last_login is None or self.last_login.timestamp() >= f.arrived - self.rules.session

    def _is(self, letter: Wanted, item: Item) -> bool:
        """Whether the mail at this UID is the letter; a server that renumbers in silence must not make it seen."""
        if item.message_id == letter.message_id:
            return True
        again = self.connection.fetch([item.uid], (MESSAGE_ID,)).get(item.uid)
        return again is not None and again.message_id == letter.message_id

    def _judge(self, folder: str) -> None:
        """Report what is newly seen, with the doubts that the whole of this folder gives."""
        if not self.newly_seen:
            return
        strokes = self._strokes([item.modseq for _, _, item in self.newly_seen])
        elapsed = self.time - self.bookmark.visited_at
        count = len(self.newly_seen)
        hurried = count >= self.rules.bulk and elapsed < self.rules.reading * count
        for letter, f, item in self.newly_seen:
            doubt = None
            if not self._logged_in_since(f):
                doubt = Doubt.NO_LOGIN
            elif strokes.get(item.modseq, 0) >= self.rules.bulk or hurried:
                doubt = Doubt.IN_BULK
            elif abs(self.time - f.arrived) <= self.rules.at_once:
                doubt = Doubt.AT_ONCE
            current = self.found[letter.letter_id]
            self.found[letter.letter_id] = replace(current, seen=doubt or "yes")
            self._observe(letter, What.SEEN, folder, doubt)
        self.newly_seen.clear()

    def _strokes(self, modseqs: list[int]) -> Counter[int]:
        """How many mails of the open folder were marked together with each of these changes.

        One STORE gives all its messages the same MODSEQ in servers that keep them by transaction.
        """
        lowest = min(modseqs)
        if lowest <= 1:
            return Counter(m for m in modseqs if m > 1)
        items = self.connection.fetch("1:*", _KNOWN, changed_since=lowest - 1)
        return Counter(i.modseq for i in items.values() if i.flags and "\\seen" in i.flags)

    # -- other folders ----------------------------------------------------------------------------------------------

    def _look_elsewhere(self, left: list[Wanted], lost: list[Wanted]) -> None:
        """Search other folders for letters that left theirs, and now and then for those that are nowhere."""
        due = self.time - self.bookmark.elsewhere_at >= ELSEWHERE or self.time < self.bookmark.elsewhere_at
        late = [w for w in lost if self.time - w.sent_at.timestamp() >= PATIENT] if due else []
        missing = {w.message_id: w for w in (*left, *late)}
        if not missing:
            return
        below = "" if self.inbox.upper() == "INBOX" else self.inbox
        listed = self.connection.folders(below)
        listed.sort(key=lambda f: max((_LAST.index(a) + 1 for a in f[1] if a in _LAST), default=0))
        for folder, _ in listed[:FOLDERS]:
            if not missing:
                break
            if all(self._was_read_for(folder, w) for w in missing.values()):
                continue
            try:
                opened = self._examine(folder)
            except NoFolder:
                continue
            self._find(folder, opened, None, missing, careful=True)
            self._judge(folder)
            if any(f.folder == folder and not f.gone for f in self.found.values()):
                self._set_mark(folder, opened, checked=False)
        for letter in missing.values():
            f = self.found.get(letter.letter_id)
            if f is not None and not f.gone:
                self.found[letter.letter_id] = replace(f, gone=True, uid=0)
                self._observe(letter, What.EXPUNGED, f.folder)
        if late:
            self.bookmark = replace(self.bookmark, elsewhere_at=self.time)

    def _was_read_for(self, folder: str, letter: Wanted) -> bool:
        """Whether this visit has read the folder for that letter already."""
        f = self.found.get(letter.letter_id)
        return folder == self.inbox if f is None or f.gone else folder == f.folder


def _set(uids: Sequence[int]) -> str:
    return ",".join(str(uid) for uid in uids)
