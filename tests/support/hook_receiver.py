"""Another system that is told by web hooks, as an HTTP server of its own, with the faults that real ones have."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.support.sms_gateway import FakeGateway

#: The settings that let a hook stand on this machine.
HERE = '[webhooks]\nprivate_networks = ["127.0.0.0/8"]\n'


@dataclass(frozen=True)
class Received:
    headers: Mapping[str, str]
    body: bytes

    @property
    def key(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> Any:
        return json.loads(self.body)

    def is_signed_with(self, shown: str) -> bool:
        """As a receiver checks it, from the secret that the page showed."""
        secret = base64.b64decode(shown.removeprefix("whsec_"))
        signed = f"{self.key}.{self.headers['webhook-timestamp']}.".encode() + self.body
        wanted = "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
        return wanted in self.headers["webhook-signature"].split()


def received(server: FakeGateway) -> list[Received]:
    return [Received({name.lower(): value for name, value in headers.items()}, body) for headers, body in server.asked]
