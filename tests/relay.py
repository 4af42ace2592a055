"""A relay for tests that refuses, drops and lies as it is told."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
from dataclasses import dataclass, field


@dataclass
class Fake:
    """A relay on a free port. `script` maps the start of a command, or "." for a body's end, to a reply.

    A reply of None drops the connection; a list is used up one by one. What it took is in `taken`, what it heard in
    `heard`, connection by connection.
    """

    script: dict[str, str | list[str | None] | None] = field(default_factory=dict)
    offers: tuple[str, ...] = ("PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 1000000")
    tls: ssl.SSLContext | None = None
    implicit: bool = False
    taken: list[tuple[str, str, bytes]] = field(default_factory=list)
    heard: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no new connection."""
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._quietly, args=(connection,), daemon=True).start()

    def _quietly(self, connection: socket.socket) -> None:
        try:
            with connection:
                self._serve(connection)
        except OSError:
            pass

    def _answer(self, command: str, usual: str) -> str | None:
        for start, reply in self.script.items():
            if command.upper().startswith(start.upper()):
                if isinstance(reply, list):
                    return reply.pop(0) if reply else usual
                return reply
        return usual

    def _serve(self, connection: socket.socket) -> None:
        if self.implicit and self.tls:
            connection = self.tls.wrap_socket(connection, server_side=True)
        lines = connection.makefile("rb")
        heard: list[str] = []
        self.heard.append(heard)
        state = {"mail": "", "rcpt": ""}

        def say(reply: str | None) -> bool:
            if reply is None:
                connection.shutdown(socket.SHUT_RDWR)
                return False
            connection.sendall(reply.encode() + b"\r\n")
            return reply[:3] != "421"

        if not say(self._answer("greeting", "220 siap")):
            return
        while line := lines.readline().decode():
            command = line.rstrip("\r\n")
            heard.append(command)
            word = command.split(" ")[0].split(":")[0].upper()
            if word == "EHLO":
                offered = ["relay", *self.offers]
                usual = "\r\n".join(f"250{'-' if one is not offered[-1] else ' '}{one}" for one in offered)
            elif word == "MAIL":
                usual = "503 nested" if state["mail"] else "250 2.1.0 ok"
            elif word == "RCPT":
                usual = "250 2.1.5 ok" if state["mail"] else "503 no sender"
            elif word == "DATA":
                usual = "354 go" if state["rcpt"] else "503 no recipient"
            elif word == "AUTH":
                usual = "235 masuk" if command.endswith(base64.b64encode(b"\0kota\0rahasia").decode()) else "535 salah"
            else:
                usual = "220 tls" if word == "STARTTLS" else "250 2.0.0 ok"
            reply = self._answer(command, usual)
            if word in {"RSET", "EHLO"}:
                state = {"mail": "", "rcpt": ""}
            if word == "MAIL" and reply and reply[0] == "2":
                state["mail"] = command
            if word == "RCPT" and reply and reply[0] == "2":
                state["rcpt"] = command
            if not say(reply):
                return
            if word == "STARTTLS" and reply and reply[0] == "2" and self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
                lines = connection.makefile("rb")
            if word == "DATA" and reply and reply[:3] == "354":
                body = b""
                while not ("\r\n" + (end := lines.readline()).decode("latin-1")).endswith("\r\n.\r\n"):
                    if not end:
                        return
                    body += end[1:] if end.startswith(b".") else end
                reply = self._answer(".", "250 2.0.0 Ok: queued as ABC123")
                if reply and reply[0] == "2" and state["rcpt"]:
                    self.taken.append((state["mail"], state["rcpt"], body))
                state = {"mail": "", "rcpt": ""}
                if not say(reply):
                    return
