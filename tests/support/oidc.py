"""A real OpenID provider as a process of its own: PyPI's oidc-provider-mock."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from json import dumps
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.support.rig import free_port, wait_until


@dataclass(frozen=True)
class Provider:
    issuer: str

    def person(self, subject: str, **claims: object) -> None:
        """Somebody whom it knows from now on."""
        body = dumps(claims).encode()
        asked = urllib.request.Request(
            f"{self.issuer}/users/{subject}", body, {"Content-Type": "application/json"}, method="PUT"
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:
            assert answer.status == 204

    def signs_in(self, address: str, subject: str) -> dict[str, str]:
        """Somebody says there who they are: what it sends the browser back with."""
        return self._answers(address, {"sub": subject})

    def refuses(self, address: str) -> dict[str, str]:
        return self._answers(address, {"action": "deny"})

    def _answers(self, address: str, form: dict[str, str]) -> dict[str, str]:
        opener = urllib.request.build_opener(_Stays)
        try:
            opener.open(address, urlencode(form).encode(), timeout=10)
        except urllib.error.HTTPError as answer:
            assert answer.code == 302, answer.read()
            return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
        raise AssertionError("it did not send the browser back")


class _Stays(urllib.request.HTTPRedirectHandler):
    """What it would lead to is looked at, and not followed."""

    def redirect_request(self, *_asked: object) -> None:
        return None


@contextmanager
def provider() -> Iterator[Provider]:
    port = free_port()
    issuer = f"http://localhost:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: _answers(issuer), "the provider answers", 30)
        yield Provider(issuer)
    finally:
        process.terminate()
        process.wait(15)


def _answers(issuer: str) -> bool:
    try:
        with urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
