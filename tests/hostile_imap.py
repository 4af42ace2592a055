"""An IMAP server that is as bad as it is told to be, and writes down every command it gets.

    with HostileIMAP() as server:
        server.add("surat-1@lapor.test")
        server.mode = "drop_in_literal"

Its one account has an INBOX whose mails are `server.mails`; any password is right. The truth stays in `mails` whatever
the mode makes of it on the wire.
"""

from __future__ import annotations

import contextlib
import re
import socket
import socketserver
import threading
from dataclasses import dataclass, field
from types import TracebackType

MODES = (
    "drop_in_literal",  # the connection ends inside a literal
    "renumber",  # each EXAMINE comes with a new UIDVALIDITY and new UIDs
    "renumber_in_silence",  # new UIDs under the old UIDVALIDITY
    "exists_too_many",  # EXISTS says four thousand million
    "exists_none",  # EXISTS says 0
    "hang_greeting",
    "hang_login",
    "hang_fetch",
    "drip",  # one byte a second
    "modseq_backwards",  # HIGHESTMODSEQ falls, MODSEQ of mails is anything
    "modseq_frozen",  # HIGHESTMODSEQ never changes
    "huge_literal",  # announces 2 GB
    "junk",  # news of other mails without UID, unknown responses, odd syntax
    "flood",  # untagged responses without end
    "line_without_end",
    "search_finds_nothing",
    "search_finds_all",
    "bye",  # ends each session after login
    "refuse_all",  # NO to everything after login
    "nonsense",  # bytes that are no IMAP
    "wrong_tag",
    "read_write",  # EXAMINE answers READ-WRITE
)


@dataclass
class Letter:
    """One mail as it truly is."""

    uid: int
    message_id: str
    flags: set[str] = field(default_factory=set)
    modseq: int = 1


class HostileIMAP:
    """The server, on a free port of 127.0.0.1, a thread a connection."""

    def __init__(self) -> None:
        self.mails: list[Letter] = []
        self.mode = ""
        self.commands: list[str] = []
        self.uidvalidity, self.uidnext, self.modseq = 7, 1, 1
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError, ValueError):
                    _Session(outer, self.request).run()

            def setup(self) -> None:
                self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                super().setup()

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 64

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> HostileIMAP:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def add(self, message_id: str) -> Letter:
        """A mail arrives."""
        with self.lock:
            self.modseq += 1
            mail = Letter(self.uidnext, message_id, modseq=self.modseq)
            self.uidnext += 1
            self.mails.append(mail)
            return mail

    def see(self, message_id: str) -> None:
        """The owner opens a mail."""
        with self.lock:
            self.modseq += 1
            for mail in self.mails:
                if mail.message_id == message_id:
                    mail.flags.add("\\Seen")
                    mail.modseq = self.modseq


class _Session:
    def __init__(self, server: HostileIMAP, connection: socket.socket) -> None:
        self.server, self.connection = server, connection
        self.file = connection.makefile("rb")
        self.shift = 0

    @property
    def mode(self) -> str:
        return self.server.mode

    def say(self, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        data += b"\r\n"
        if self.mode == "drip":
            for i in range(len(data)):
                self.connection.sendall(data[i : i + 1])
                if self.server.stopping.wait(1.0):
                    return
        else:
            self.connection.sendall(data)

    def hang(self) -> None:
        while self.mode.startswith("hang") and not self.server.stopping.wait(0.05):
            pass

    def run(self) -> None:
        if self.mode == "hang_greeting":
            self.hang()
        self.say("* OK [CAPABILITY IMAP4rev1 CONDSTORE UNSELECT] ready")
        for line in self.file:
            text = line.decode("utf-8", "replace").strip()
            self.server.commands.append(text)
            tag, _, rest = text.partition(" ")
            if not self.answer(tag, rest):
                return

    def answer(self, tag: str, rest: str) -> bool:
        verb = rest.split(" ", maxsplit=1)[0].upper()
        if verb == "LOGIN":
            if self.mode == "hang_login":
                self.hang()
            self.say(f"{tag} OK [CAPABILITY IMAP4rev1 CONDSTORE UNSELECT] in")
            return True
        if verb == "LOGOUT":
            self.say("* BYE out")
            self.say(f"{tag} OK out")
            return False
        match self.mode:
            case "bye":
                self.say("* BYE [UNAVAILABLE] not today")
                return False
            case "refuse_all":
                self.say(f"{tag} NO [SERVERBUG] no")
                return True
            case "nonsense":
                self.connection.sendall(b"\x00\xff * ( {5}\r\n\r\n* 1 FETCH (((\r\n" * 20)
            case "wrong_tag":
                self.say("ZZZ99 OK done")
                return False
            case "flood":
                with contextlib.suppress(OSError):
                    while not self.server.stopping.is_set():
                        self.connection.sendall(b"* 1 FETCH (FLAGS (\\Seen))\r\n" * 1000)
                return False
            case "line_without_end":
                with contextlib.suppress(OSError):
                    while not self.server.stopping.is_set():
                        self.connection.sendall(b"x" * 65536)
                return False
            case "junk":
                for n in range(1, 30):
                    self.say(f"* {n} FETCH (FLAGS (\\Seen \\Answered) MODSEQ (999999))")
                self.say("* 77 EXISTS")
                self.say("* 12 EXPUNGE")
                self.say("* XYZZY (a (b) {3}")
                self.say("abc)")
                self.say('* LIST () "/" Fake')
        getattr(self, f"do_{verb.lower()}", self.do_other)(tag, rest)
        return True

    def do_other(self, tag: str, rest: str) -> None:
        self.say(f"{tag} BAD not here: {rest[:20]}")

    def do_unselect(self, tag: str, rest: str) -> None:
        self.say(f"{tag} OK done")

    def do_list(self, tag: str, rest: str) -> None:
        self.say('* LIST () "/" INBOX')
        self.say(f"{tag} OK done")

    def highest(self) -> int:
        if self.mode == "modseq_backwards":
            return max(1, 1000 - 10 * len(self.server.commands))
        return 5 if self.mode == "modseq_frozen" else self.server.modseq

    def do_status(self, tag: str, rest: str) -> None:
        s = self.server
        self.say(
            f"* STATUS INBOX (UIDVALIDITY {s.uidvalidity} UIDNEXT {s.uidnext} MESSAGES {len(s.mails)} "
            f"HIGHESTMODSEQ {self.highest()})"
        )
        self.say(f"{tag} OK done")

    def do_examine(self, tag: str, rest: str) -> None:
        s = self.server
        if self.mode in ("renumber", "renumber_in_silence"):
            self.shift += 1
            with s.lock:
                s.uidvalidity += self.mode == "renumber"
                for mail in s.mails:  # the UID of each becomes its neighbour's
                    mail.uid += 1
                s.uidnext += 1
        exists = {"exists_too_many": 4_000_000_000, "exists_none": 0}.get(self.mode, len(s.mails))
        self.say(f"* {exists} EXISTS")
        self.say("* 0 RECENT")
        self.say(f"* OK [UIDVALIDITY {s.uidvalidity}] v")
        self.say(f"* OK [UIDNEXT {s.uidnext}] n")
        self.say(f"* OK [HIGHESTMODSEQ {self.highest()}] m")
        self.say(f"{tag} OK [READ-{'WRITE' if self.mode == 'read_write' else 'ONLY'}] open")

    def do_uid(self, tag: str, rest: str) -> None:
        verb = rest.split(" ")[1].upper()
        if verb == "FETCH":
            self.fetch(tag, rest)
        elif verb == "SEARCH":
            self.search(tag, rest)
        else:
            self.do_other(tag, rest)

    def search(self, tag: str, rest: str) -> None:
        found = list(self.server.mails)
        header = re.search(r'HEADER "?Message-ID"? "?<?([^">\s]+)', rest, re.IGNORECASE)
        uid = re.search(r"SEARCH UID ([\d,:*]+)", rest, re.IGNORECASE)
        if header:
            found = [m for m in found if m.message_id == header[1]]
        if uid:
            found = [m for m in found if self.within(m.uid, uid[1])]
        if self.mode == "search_finds_nothing" and not uid:
            found = []
        if self.mode == "search_finds_all":
            found = list(self.server.mails)
        self.say("* SEARCH" + "".join(f" {m.uid}" for m in found))
        self.say(f"{tag} OK done")

    def within(self, uid: int, which: str) -> bool:
        last = max((m.uid for m in self.server.mails), default=0)
        for part in which.split(","):
            low, _, high = part.partition(":")
            ends = [last if end == "*" else int(end) for end in (low, high or low)]
            if min(ends) <= uid <= max(ends):
                return True
        return False

    def fetch(self, tag: str, rest: str) -> None:
        if self.mode == "hang_fetch":
            self.hang()
        _, _, which, items = rest.split(" ", 3)
        changed = re.search(r"CHANGEDSINCE (\d+)", items)
        for sequence, mail in enumerate(list(self.server.mails), 1):
            if not self.within(mail.uid, which) or (changed and mail.modseq <= int(changed[1])):
                continue
            said = f"UID {mail.uid} FLAGS ({' '.join(sorted(mail.flags))}) MODSEQ ({mail.modseq})"
            if "INTERNALDATE" in items:
                said += ' INTERNALDATE "05-May-2025 09:00:00 +0700"'
            if "HEADER.FIELDS" not in items:
                self.say(f"* {sequence} FETCH ({said})")
                continue
            header = f"Message-ID: <{mail.message_id}>\r\n\r\n".encode()
            name = "BODY[HEADER.FIELDS (MESSAGE-ID)]"
            if self.mode == "huge_literal":
                self.say(f"* {sequence} FETCH ({said} {name} {{2147483647}}")
                self.connection.sendall(b"x" * 100_000)
                continue
            self.connection.sendall(f"* {sequence} FETCH ({said} {name} {{{len(header)}}}\r\n".encode())
            if self.mode == "drop_in_literal":
                self.connection.sendall(header[:5])
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.connection.sendall(header)
            self.say(")")
        self.say(f"{tag} OK done")
