"""When the floor is in trouble at this moment: who waits for how long, and whether anybody is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.domain.reasons import Reason, because


class Trouble(StrEnum):
    """What has gone beyond a threshold; each is an alert of that name."""

    QUEUE_LONG = "queue_long"
    WAIT_LONG = "wait_long"
    NOBODY_READY = "nobody_ready"
    SERVICE_LEVEL_LOW = "service_level_low"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """0: nobody is told. `least_calls`: with fewer than so many to answer today the service level says nothing;
    `held_seconds`: for so long a trouble must last before somebody is told, and be gone before it is over."""

    most_waiting: int
    longest_wait_seconds: int
    service_level_percent: int
    least_calls: int
    nobody_ready_minutes: int
    held_seconds: int

    def held(self, trouble: Trouble) -> timedelta:
        """How long this trouble must last."""
        if trouble is Trouble.NOBODY_READY:
            return timedelta(minutes=self.nobody_ready_minutes)
        return timedelta(seconds=self.held_seconds)


@dataclass(frozen=True, slots=True)
class QueueLook:
    """A queue at one moment."""

    id: str
    name: str
    waiting: int
    longest_wait_since: datetime | None
    ready: int


@dataclass(frozen=True, slots=True)
class FloorLook:
    """The floor at one moment. `open`: some line is, so that people ought to be there; `answerable`: how many calls
    the service level is of."""

    queues: tuple[QueueLook, ...]
    open: bool
    service_level_percent: float | None
    answerable: int


#: What is in trouble: which, and the queue ("" for the whole floor).
Place = tuple[Trouble, str]


def troubles(look: FloorLook, limits: Thresholds, now: datetime) -> dict[Place, Reason]:
    """All that is beyond its threshold at this moment, with what there is to say."""
    found = dict(_of_queues(look, limits, now))
    level = look.service_level_percent
    if level is not None and look.answerable >= limits.least_calls and level < limits.service_level_percent:
        found[Trouble.SERVICE_LEVEL_LOW, ""] = because(
            "floor.service_level_low", percent=level, least=limits.service_level_percent
        )
    return found


def _of_queues(look: FloorLook, limits: Thresholds, now: datetime) -> Iterable[tuple[Place, Reason]]:
    for queue in look.queues:
        if 0 < limits.most_waiting < queue.waiting:
            told = because("floor.queue_long", queue=queue.name, waiting=queue.waiting, most=limits.most_waiting)
            yield (Trouble.QUEUE_LONG, queue.id), told
        longest = now - queue.longest_wait_since if queue.longest_wait_since else timedelta()
        if 0 < limits.longest_wait_seconds < longest.total_seconds():
            # Since when, not how long: the sentence stays true while it stands.
            told = because("floor.wait_long", queue=queue.name, since_at=queue.longest_wait_since)
            yield (Trouble.WAIT_LONG, queue.id), told
        if limits.nobody_ready_minutes and look.open and not queue.ready:
            yield (Trouble.NOBODY_READY, queue.id), because("floor.nobody_ready", queue=queue.name)


@dataclass
class Lasting:
    """Remembers since when each trouble is there, or is gone: what comes and goes within seconds tells nobody."""

    _since: dict[Place, datetime] = field(default_factory=dict)
    _gone: dict[Place, datetime] = field(default_factory=dict)

    def told(
        self, now_there: Mapping[Place, Reason], open_alerts: Iterable[Place], limits: Thresholds, now: datetime
    ) -> tuple[dict[Place, Reason], list[Place]]:
        """What somebody is to be told of, and which of the open alerts are over."""
        for place in now_there:
            self._since.setdefault(place, now)
            self._gone.pop(place, None)
        for place in [place for place in self._since if place not in now_there]:
            del self._since[place]
        known = set(open_alerts)
        lasting = {
            place: reason
            for place, reason in now_there.items()
            if place in known or now - self._since[place] >= limits.held(place[0])
        }
        gone = [place for place in known if place not in now_there]
        for place in gone:
            self._gone.setdefault(place, now)
        over = [place for place in gone if now - self._gone[place] >= timedelta(seconds=limits.held_seconds)]
        for place in over:
            del self._gone[place]
        return lasting, over
