"""Gateways as they are met with: a real HTTP server and a real mail server, which behave as a test says."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

#: What each robot says to what it takes.
TAKEN = {"errcode": 0, "errmsg": "ok", "code": 0}


@dataclass
class Robots:
    """`answers`: what it answers next, one after another, then it takes all: a status, a dict (200 with that body), a
    text (200 with that text), or "hang" and "drip"."""

    url: str = ""
    answers: list[int | dict[str, Any] | str] = field(default_factory=list)
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def texts(self) -> list[str]:
        return [
            str((body.get("text") or body.get("content") or {}).get("content", body.get("text")))
            for _, body in self.got
        ]


@contextmanager
def robots(certificate: tuple[str, str] | None = None) -> Iterator[Robots]:
    """`certificate`: its file and its key's; then it speaks TLS."""
    made = Robots()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            whole = self.rfile.read(int(self.headers["Content-Length"]))
            answer = made.answers.pop(0) if made.answers else TAKEN
            made.got.append((self.path, json.loads(whole)))
            if answer == "hang":
                made.stop.wait(20)
                return
            status = answer if isinstance(answer, int) else 200
            body = answer if isinstance(answer, str) else json.dumps(answer if isinstance(answer, dict) else {})
            self.send_response(status)
            self.send_header("Content-Length", str(len(body.encode()) + (1000 if answer == "drip" else 0)))
            self.end_headers()
            if answer == "drip":
                while not made.stop.wait(0.2):
                    self.wfile.write(b" ")
                    self.wfile.flush()
            self.wfile.write(body.encode())

        def log_message(self, *_args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_args: Any) -> None:
            """Whoever hung up has its reasons."""

    server = Server(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    made.url = f"http{'s' if certificate else ''}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield made
    finally:
        made.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class MailServer:
    """`at_rcpt`, `at_data`: what it answers there in place of taking it; `at_data` "drop": it has read all, and hangs
    up without a word."""

    host: str = "127.0.0.1"
    port: int = 0
    at_rcpt: str = ""
    at_data: str = ""
    got: list[tuple[list[str], EmailMessage]] = field(default_factory=list)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.at_rcpt:
            return self.at_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.got.append((list(envelope.rcpt_tos), message))
        if self.at_data == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return self.at_data or "250 taken"


@contextmanager
def mail_server(password: str = "", certificate: tuple[str, str] | None = None) -> Iterator[MailServer]:
    """`password`: asked of the user "hotline"; `certificate`: then it demands STARTTLS."""
    handler = MailServer()

    def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=(data.login, data.password) == (b"hotline", password.encode()), handled=False)

    more: dict[str, Any] = {}
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        more = {"tls_context": context, "require_starttls": True}
    if password:
        more |= {"authenticator": known, "auth_required": True}
    controller = _FreePort(handler, hostname=handler.host, port=0, **more)
    controller.start()
    handler.port = controller.port
    try:
        yield handler
    finally:
        controller.stop(no_assert=True)


class _FreePort(Controller):
    """Asks its own port once it has one."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
