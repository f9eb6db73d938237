"""[trunk], [callback_trunk], [phones], [tls], [shut_out]: how carriers and phones talk to us, who is taken for whom,
who is shut out."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, IPvAnyNetwork, field_validator, model_validator

from hotline.domain.reasons import Unfit
from hotline.settings.base import Dialable, Identifier, Port, Seconds, Section

#: Networks that are wider cannot be one carrier's: whoever is in them is taken for the carrier.
WIDEST = {4: 16, 6: 32}


_LONGEST_USER = 200
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
_HOST_NAME = re.compile(rf"(?=.*[A-Za-z]){_LABEL}(\.{_LABEL})*")


def carrier_address(text: str) -> str:
    """An address, a network that is not too wide, or a host name. Raises ValueError."""
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        if not _HOST_NAME.fullmatch(text):
            raise Unfit("settings.carrier_address", got=text) from None
        return text
    if network.prefixlen < WIDEST[network.version]:
        raise Unfit("settings.address_of_everybody", got=text)
    return text


Transport = Literal["udp", "tcp", "tls"]


def _sip_user(name: str) -> str:
    """What would end the name in an address, or in Asterisk's file, is no part of it."""
    if len(name) > _LONGEST_USER or re.search(r'[\s;<>"]', name):
        raise Unfit("settings.sip_user", most=_LONGEST_USER)
    return name


SipUser = Annotated[str, AfterValidator(_sip_user)]
MediaEncryption = Literal["none", "sdes"]


def _sdes_needs_tls(transport: Transport, media: MediaEncryption) -> None:
    if media == "sdes" and transport != "tls":
        raise Unfit("settings.sdes_needs_tls")


class Phones(Section):
    """Desk phones and softphones by SIP; browsers are always encrypted."""

    transport: Transport
    media_encryption: MediaEncryption

    @model_validator(mode="after")
    def _check(self) -> Phones:
        _sdes_needs_tls(self.transport, self.media_encryption)
        return self


class Tls(Section):
    certificate: str
    key: str
    authorities: str
    verify_carrier: bool


class Carrier(Section):
    """How a carrier and we talk to each other."""

    kind: Literal["ip", "registration"]
    host: str
    port: Port
    match: tuple[str, ...]
    transport: Transport
    media_encryption: MediaEncryption
    known_by: Literal["address", "registration"]
    username: SipUser
    password: str
    inbound_username: SipUser
    inbound_password: str
    codecs: Annotated[tuple[Literal["alaw", "ulaw", "g722", "opus"], ...], Field(min_length=1)]
    dtmf: Literal["auto", "rfc4733", "info", "inband"]
    qualify_seconds: Annotated[int, Field(ge=0, le=3600)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.kind == "registration" and not (self.username and self.password):
            raise Unfit("settings.registration_needs_login")
        if self.known_by == "registration" and self.kind != "registration":
            raise Unfit("settings.known_by_registration")
        _sdes_needs_tls(self.transport, self.media_encryption)
        if bool(self.inbound_username) != bool(self.inbound_password):
            raise Unfit("settings.inbound_login")
        return self

    @field_validator("match")
    @classmethod
    def _addresses(cls, match: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(carrier_address(each) for each in match)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the carrier's requests come from: addresses, networks, names."""
        return self.match or ((self.host,) if self.host else ())

    def calls_from(self, host: str) -> bool:
        """Whether a request from this address, or from what has this name, is the carrier's."""
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return bool(host) and host in self.addresses
        return any(address in network for network in map(_network, self.addresses) if network is not None)


class Trunk(Carrier):
    """The 400 line's."""

    caller_id: Literal["line", "caller"]
    test_call: bool
    max_channels: Annotated[int, Field(ge=0, le=10_000)]

    @field_validator("host")
    @classmethod
    def _an_address(cls, host: str) -> str:
        return carrier_address(host)


class CallbackTrunk(Carrier):
    """What customers are called back over; without a `host` there is none. `number` is shown to them, `numbers` by
    line; they call back on it."""

    number: Dialable | Literal[""]
    numbers: dict[Identifier, Dialable]
    max_channels: Annotated[int, Field(ge=0, le=1000)]
    phone_ring_seconds: Annotated[int, Field(ge=5, le=120)]
    ring_seconds: Annotated[int, Field(ge=10, le=180)]
    answered_days: Annotated[int, Field(ge=0, le=365)]

    @field_validator("host")
    @classmethod
    def _an_address(cls, host: str) -> str:
        return carrier_address(host) if host else ""

    @model_validator(mode="after")
    def _has_number(self) -> Self:
        if self.host and not self.number:
            raise Unfit("settings.callback_trunk_number")
        return self

    @property
    def is_there(self) -> bool:
        return bool(self.host)

    def shown(self, line: str) -> str:
        """The number that is shown for this line."""
        return self.numbers.get(line, self.number)


class ShutOut(Section):
    enabled: bool
    failures: Annotated[int, Field(ge=3, le=1000)]
    within_seconds: Seconds
    minutes: Annotated[int, Field(ge=1, le=10_080)]
    never: tuple[IPvAnyNetwork, ...]


def host_of(contact: str) -> str:
    """The host of a SIP address."""
    return contact.removeprefix("sip:").rpartition("@")[2].partition(":")[0]


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """None for a host name."""
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
