"""Operators at their phones: who is signed in to which queue, signing in and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hotline.domain.errors import NotFound, Refused
from hotline.services.pbx import Pbx
from hotline.settings import Settings
from hotline.settings.calls import Operator
from hotline.settings.secrets import Secrets


@dataclass(frozen=True, slots=True)
class OperatorState:
    """`phone` is what Asterisk says of it (Not in use, In use, Ringing, Unavailable…). `always_in`: the
    queues whose settings keep the operator signed in."""

    extension: str
    name: str
    phone: str
    queues: tuple[str, ...]
    always_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhoneAccount:
    """What is entered into an operator's phone. `server` is the address that Asterisk listens on; `transport`
    UDP, TCP or TLS, or WS for a browser phone, which the web pages hand on to Asterisk for whoever is signed in;
    `encrypted`: its sound must be (SRTP)."""

    extension: str
    name: str
    server: str
    port: int
    transport: str
    password: str
    encrypted: bool = False


def phone_account(settings: Settings, secrets: Secrets, extension: str) -> PhoneAccount:
    """The SIP account of an operator's phone; the user name is the extension. Raises NotFound."""
    name, listen = require_operator(settings, extension).name, settings.listen
    password, host, phones = secrets.phone_password(extension), str(listen.host), settings.phones
    if settings.operators[extension].phone == "webrtc":
        return PhoneAccount(extension, name, host, listen.http_port, "WS", password, True)
    port = listen.sip_tls_port if phones.transport == "tls" else listen.sip_port
    encrypted = phones.media_encryption == "sdes"
    return PhoneAccount(extension, name, host, port, phones.transport.upper(), password, encrypted)


def operator_states(settings: Settings, pbx: Pbx) -> list[OperatorState]:
    """Every operator of the settings, by extension. Raises PbxError."""
    phones = {phone.get("ObjectName", ""): phone.get("DeviceState", "") for phone in pbx.phones()}
    signed_in: dict[str, set[str]] = {}
    for member in pbx.queue_members():
        signed_in.setdefault(member.get("Location", ""), set()).add(member.get("Queue", ""))
    return [
        OperatorState(
            extension,
            operator.name,
            phones.get(extension, "unknown to Asterisk"),
            tuple(sorted(signed_in.get(f"PJSIP/{extension}", ()))),
            tuple(sorted(queue for queue, plan in settings.queues.items() if extension in plan.members)),
        )
        for extension, operator in sorted(settings.operators.items())
    ]


def sign_in(
    settings: Settings, pbx: Pbx, extension: str, queues: Sequence[str] = (), paused: bool = False
) -> tuple[str, ...]:
    """Sign the operator in to these queues, or to all that they work; which they were. `paused`: so that no call
    slips in. Raises NotFound, PbxError."""
    operator = require_operator(settings, extension)
    chosen = _chosen(settings, extension, queues)
    for queue in chosen:
        pbx.queue_add(queue, extension, operator.name, paused, operator.level_in(queue))
    return chosen


def sign_out(settings: Settings, pbx: Pbx, extension: str, queues: Sequence[str] = ()) -> tuple[str, ...]:
    """Sign the operator out of these queues, or of all that the settings do not keep them in. Raises
    NotFound, PbxError, and Refused for a queue that the settings keep the operator in: Asterisk's next start
    would sign them in again."""
    require_operator(settings, extension)
    kept = {queue for queue, plan in settings.queues.items() if extension in plan.members}
    if kept.intersection(queues):
        named = tuple(sorted(kept.intersection(queues)))
        raise Refused("operators.kept_signed_in", extension=extension, queues=named)
    chosen = tuple(queue for queue in _chosen(settings, extension, queues) if queue not in kept)
    for queue in chosen:
        pbx.queue_remove(queue, extension)
    return chosen


def require_operator(settings: Settings, extension: str) -> Operator:
    """As the settings have them. Raises NotFound, naming the known ones."""
    if extension not in settings.operators:
        known = tuple(sorted(settings.operators)) or ("–",)
        raise NotFound("operators.no_extension", extension=extension[:20] or "–", known=known)
    return settings.operators[extension]


def _chosen(settings: Settings, extension: str, queues: Sequence[str]) -> tuple[str, ...]:
    for queue in queues:
        if queue not in settings.queues:
            raise NotFound("operators.no_queue", queue=queue, known=tuple(sorted(settings.queues)))
    return tuple(queues) or settings.operators[extension].queues or tuple(settings.queues)
