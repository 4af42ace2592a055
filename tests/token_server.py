"""A small OAuth 2.0 token endpoint with introspection (RFC 6749, RFC 7662) for tests, on 127.0.0.1."""

from __future__ import annotations

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs


class TokenServer:
    """Gives tokens and tells whose they are; `requests` are the forms it got, `refuse` makes it say invalid_client."""

    def __init__(self, default_user: str) -> None:
        self.requests: list[dict[str, str]] = []
        self.valid: dict[str, str] = {}
        self.refuse = False
        self.broken = False
        self.lifetime = 3600
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Be silent."""

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                form = {k: v[0] for k, v in parse_qs(body).items()}
                if outer.broken:
                    self.reply(503, {})
                elif self.path == "/introspect":
                    user = outer.valid.get(form.get("token", ""))
                    self.reply(200, {"active": True, "username": user} if user else {"active": False})
                else:
                    outer.requests.append(form)
                    self.token(form)

            def token(self, form: dict[str, str]) -> None:
                if outer.refuse:
                    return self.reply(400, {"error": "invalid_client", "error_description": "no such client"})
                user = default_user
                if "assertion" in form:
                    claims = form["assertion"].split(".")[1]
                    user = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sub"]
                token = f"token-{len(outer.requests)}"
                outer.valid[token] = user
                answer = {"access_token": token, "token_type": "Bearer", "expires_in": outer.lifetime}
                if form.get("grant_type") == "refresh_token":
                    answer["refresh_token"] = f"refresh-{len(outer.requests)}"
                return self.reply(200, answer)

            def reply(self, status: int, answer: dict[str, object]) -> None:
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> TokenServer:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def dovecot(self) -> str:
        """The text of Dovecot's oauth2 passdb that asks this server."""
        return (
            f"introspection_mode = post\nintrospection_url = {self.url}/introspect\nactive_attribute = active\n"
            "active_value = true\nusername_attribute = username\n"
        )
