"""A web hook: an address of another system that is told what happens here, at least once, signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.domain.reasons import Reason

#: After so many failures of one delivery in a row; the last holds for all that follow.
_PAUSES = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
)

#: However often an address has failed, it is tried again within this time.
_LONGEST_PAUSE_OF_HOOK = timedelta(minutes=5)

#: Told by a press of a button alone.
PING = "ping"


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"
    #: What it tells of is not there any more: a person's data were deleted (G3).
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Webhook:
    """`events`: the kinds that it is told of. `whole_numbers`: numbers are not masked for it. `secret_version`: of the
    secret that signs; the one before signs too until `secret_before_until`. `failing_since`: of the first of the
    failures that no success has ended. `off_why`: when it was switched off by itself."""

    key: str
    url: str
    events: tuple[str, ...]
    description: str
    whole_numbers: bool
    active: bool
    created_at: datetime
    created_by: str
    secret_version: int = 1
    secret_before_until: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    paused_until: datetime | None = None
    delivered_at: datetime | None = None
    off_why: Reason | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, told to all hooks that want its kind. `key`: by which receivers know that they have it
    already. Of what it happened to only the id stands here."""

    key: str
    kind: str
    object_id: int
    at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event on its way to one hook. `problem`: of the last failure; `status`: what was answered last, 0 nothing."""

    id: int
    webhook_id: int
    event: Event
    state: DeliveryState
    attempts: int
    due_at: datetime
    status: int
    problem: Reason | None
    done_at: datetime | None


def pause_after(attempts: int) -> timedelta:
    """How long a delivery waits that has failed so often."""
    return _PAUSES[min(attempts, len(_PAUSES)) - 1]


def pause_of_hook(failures: int) -> timedelta:
    """How long an address is left alone that has failed so often in a row, whatever waits for it."""
    return min(timedelta(seconds=2 ** min(failures, 10)), _LONGEST_PAUSE_OF_HOOK)


def is_to_be_switched_off(failing_since: datetime | None, days: int, now: datetime) -> bool:
    """Whether nothing has arrived there for so many days."""
    return failing_since is not None and now - failing_since >= timedelta(days=days)
