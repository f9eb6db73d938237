"""A gateway of text messages as an HTTP server, with the faults that real ones have."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FakeGateway:
    """`answers`: (status, body) one after the other, the last for ever; None as body: it hangs until the end, and ""
    breaks the connection."""

    url: str = ""
    answers: list[tuple[int, str | None]] = field(default_factory=lambda: [(200, '{"accepted": true}')])
    asked: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def ids(self) -> list[str]:
        return [json.loads(body)["id"] for _headers, body in self.asked]


@contextmanager
def a_gateway() -> Iterator[FakeGateway]:
    fake = FakeGateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fake.asked.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            status, body = fake.answers.pop(0) if len(fake.answers) > 1 else fake.answers[0]
            if body is None:
                fake.over.wait(60)
                return
            if body == "":
                self.connection.close()
                return
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", body)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_address[1]}/send"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
