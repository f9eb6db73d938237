"""The records of notifications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hotline.domain.reasons import Reason, Value

#: The way of a person's mail; every other one is called as Apprise calls its schema.
MAIL = "mail"

#: A notification that goes to a group of addresses is nobody's own.
NOBODY = 0


@dataclass(frozen=True, slots=True)
class Notification:
    """What somebody is told. `object`: "<kind>:<key>", as the audit log names things. `values` fill the kind's words.
    `deputy_for`: the absent person in whose place it was told. `address_group`: of the settings, for what goes to no
    person (`person_id` is NOBODY)."""

    person_id: int
    kind: str
    object: str
    at: datetime
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
    address_group: str = ""
    deputy_for: int | None = None
    once: str | None = None
    read_at: datetime | None = None
    id: int | None = None


class DeliveryState(StrEnum):
    """SENDING: claimed by a process that has not said yet what became of it. UNSURE: the gateway may have taken it or
    not; it is not sent again by itself."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notification on one way. `target`: what knows the address: "mail", "way:<id>" or "group:<name>:<place>";
    the address itself is asked for when it is sent. `gateway`: what it goes through; one that fails is paused alone."""

    notification_id: int
    person_id: int
    address_group: str
    kind: str
    way: str
    target: str
    gateway: str
    due_at: datetime
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    claim: str = ""
    claimed_until: datetime | None = None
    done_at: datetime | None = None
    problem: Reason | None = None
    id: int | None = None


class Verdict(StrEnum):
    """What is known after a try. REFUSED: this address is not to be had, trying again is in vain. FAILED: surely not
    taken, to be tried again. UNSURE: it may have been taken."""

    TAKEN = "taken"
    REFUSED = "refused"
    FAILED = "failed"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Outcome:
    verdict: Verdict
    why: Reason | None = None

    @property
    def is_gateways_fault(self) -> bool:
        """Not that of one address."""
        return self.verdict in (Verdict.FAILED, Verdict.UNSURE)


TAKEN = Outcome(Verdict.TAKEN)


@dataclass(frozen=True, slots=True)
class MailFile:
    """What goes along with a mail. `type`: as mail names it ("application/pdf")."""

    name: str
    type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Text:
    """What goes out: one line, and some. `key` stays the same for the same notification, whoever sends it again.
    `files`: by mail alone."""

    title: str
    body: str
    key: str = ""
    files: tuple[MailFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A gateway's address that is one person's own, as Apprise writes it."""

    person_id: int
    url: str
    added_at: datetime
    added_by: str
    id: int | None = None

    @property
    def kind(self) -> str:
        return way_of(self.url)


def way_of(url: str) -> str:
    """ "wecombot", "dingtalk", "feishu" …"""
    return url.partition("://")[0].lower()


@dataclass(frozen=True, slots=True)
class Gateway:
    """How a gateway fares. `failures`: one after another."""

    name: str
    failures: int = 0
    paused_until: datetime | None = None
    problem: Reason | None = None
