"""What sends text messages. Gateways take an approved template with its parameters, never a free text.

The protocol of the HTTP gateway stands in docs/sms.md; one that speaks otherwise is a class beside these."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from hotline.domain.errors import HotlineError
from hotline.domain.numbers import Number
from hotline.domain.sms.message import text_of
from hotline.services.outgoing_http import NotAnswered, NotReached, post
from hotline.settings import Home
from hotline.settings.sms import SmsSettings


@dataclass(frozen=True, slots=True)
class OutgoingSms:
    """`message_id`: what a gateway must not send twice."""

    message_id: str
    number: Number
    template: str
    parameters: Mapping[str, str]


class GatewayRefused(HotlineError):
    """It will not send this, however often it is asked. `why`: its code."""

    kind = "refused"


class GatewayAway(HotlineError):
    """It has not sent it, and may be asked again."""

    kind = "store"


class GatewayUnclear(HotlineError):
    """Whether it has sent it is not known: asking again could send it twice."""

    kind = "store"


class SmsGateway(Protocol):
    def send(self, message: OutgoingSms, now: datetime) -> str:
        """The gateway's own name of it, "" for none. Raises GatewayRefused, GatewayAway, GatewayUnclear."""


def make_gateway(settings: SmsSettings, home: Home) -> SmsGateway | None:
    """As the settings want it; None: no text messages."""
    if settings.gateway == "http":
        return HttpGateway(settings)
    return FileGateway(settings, home.root / "sms.jsonl") if settings.gateway == "file" else None


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256, in hex, of the moment (seconds of the epoch, in digits), a line break and the body."""
    return hmac.new(secret.encode(), moment.encode() + b"\n" + body, hashlib.sha256).hexdigest()


class HttpGateway:
    def __init__(self, settings: SmsSettings) -> None:
        self._settings = settings

    def send(self, message: OutgoingSms, now: datetime) -> str:
        body = json.dumps(
            {
                "id": message.message_id,
                "number": message.number,
                "template": self._settings.templates[message.template].gateway_template,
                "parameters": dict(message.parameters),
            },
            ensure_ascii=False,
        ).encode()
        moment = str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Hotline-Key": self._settings.key,
            "Hotline-Time": moment,
            "Hotline-Signature": signature(self._settings.secret, moment, body),
        }
        try:
            answer = post(self._settings.url, body, headers, self._settings.private_networks)
        except NotReached as error:
            raise GatewayAway("sms.gateway_away", why=error.code) from error
        except NotAnswered as error:
            raise GatewayUnclear("sms.gateway_unclear", why=error.code) from error
        return _read(answer.status, answer.body)


def _read(status: int, body: bytes) -> str:
    if status in (502, 504):  # whoever stands before the gateway does not know what it did
        raise GatewayUnclear("sms.gateway_unclear", why=f"http.{status}")
    if status == 429 or status >= 500:
        raise GatewayAway("sms.gateway_away", why=f"http.{status}")
    if not 200 <= status < 300:
        raise GatewayRefused("sms.gateway_refused", why=f"http.{status}")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("accepted"), bool):
        raise GatewayUnclear("sms.gateway_unclear", why="answer")
    if not said["accepted"]:
        raise GatewayRefused("sms.gateway_refused", why=_code(said.get("code")))
    return _code(said.get("gateway_id"))


def _code(said: object) -> str:
    text = str(said) if isinstance(said, str | int) else ""
    return "".join(each for each in text if each.isprintable())[:64]


class FileGateway:
    """Writes a line of JSON for each message, for trials and demonstrations."""

    def __init__(self, settings: SmsSettings, file: Path) -> None:
        self._settings, self._file = settings, file

    def send(self, message: OutgoingSms, now: datetime) -> str:
        line = {
            "at": now.isoformat(),
            "id": message.message_id,
            "number": message.number,
            "template": message.template,
            "text": text_of(self._settings.templates[message.template].text, message.parameters),
        }
        try:
            descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise GatewayAway("sms.gateway_away", why=error.strerror or "file") from error
        return ""
