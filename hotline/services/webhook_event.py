"""What other systems are told by web hooks, as features tell of it: in `hotline/services/<feature>/webhook_events.py`,
as `EVENTS`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from hotline.domain.webhooks.webhook import Event
from hotline.storage.transaction import Transaction

#: How a number is told: masked, or whole where a hook is trusted with it.
Show = Callable[[str], str]


class Told(BaseModel):
    """What is told of an object: few fields, no words that a person said or wrote. All else is asked for by the API.
    Times are UTC in ISO 8601, seconds have up to three decimals, absent values are null."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: int


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that an entry of the outbox tells of. `once`: under which it happens once, however often it is
    written."""

    kind: str
    object_id: int
    once: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An object as it is now. `since`: when it began; hooks that were made later are told nothing of it."""

    since: datetime
    told: Told


@dataclass(frozen=True, slots=True)
class WebhookEvents:
    """A feature's events. `part`: what they happen to, as its part of the message is called; `topic`: of the outbox's
    entries that tell of them; `happened`: what an entry's payload tells of; `read`: these objects by id, without those
    that are not there any more."""

    part: str
    topic: str
    kinds: tuple[str, ...]
    shape: type[Told]
    happened: Callable[[Mapping[str, object]], Iterable[Happening]]
    read: Callable[[Transaction, Collection[int], Show], Mapping[int, Snapshot]]


def message(event: Event, part: str, told: Told | None) -> dict[str, object]:
    """What a hook is sent, before it is signed."""
    data = {part: told.model_dump(mode="json")} if told is not None else {}
    return {"type": event.kind, "timestamp": event.at.isoformat().replace("+00:00", "Z"), "data": data}
