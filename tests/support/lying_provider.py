"""An OpenID provider that says what a test wants of it, true or not, with a key of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jws
from joserfc.jwk import RSAKey


@dataclass
class LyingProvider:
    """`claims`: of the next token. `algorithm`: none, HS256 (with the public key as the secret), or RS256."""

    issuer: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    asked: list[dict[str, str]] = field(default_factory=list)

    def answer(self, path: str) -> Any:
        if path == "/.well-known/openid-configuration":
            places = {
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/jwks",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
            }
            return {"issuer": self.issuer, **places, **self.metadata}
        if path == "/jwks":
            return {"keys": [self.key.as_dict(private=False)]}
        if path == "/token":
            return {"access_token": "a", "token_type": "Bearer", "expires_in": 3600, "id_token": self._token()}
        return self.userinfo

    def _token(self) -> str:
        payload = json.dumps(self.claims).encode()
        header = {"alg": self.algorithm, "kid": "one", "typ": "JWT"}
        if self.algorithm == "none":
            return jws.serialize_compact(header, payload, None, algorithms=["none"])
        if self.algorithm == "HS256":
            signed = f"{_encoded(json.dumps(header).encode())}.{_encoded(payload)}"
            mark = hmac.new(self.key.as_pem(private=False), signed.encode(), hashlib.sha256).digest()
            return f"{signed}.{_encoded(mark)}"
        return jws.serialize_compact(header, payload, self.key, algorithms=["RS256"])


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(told.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_what: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told = LyingProvider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
