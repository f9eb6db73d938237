"""Tells when the floor is in trouble, while it is: alerts are raised, and taken back when it is over."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime

from hotline.domain.floor.thresholds import FloorLook, Lasting, Place, QueueLook, Thresholds, Trouble, troubles
from hotline.domain.operators.presence import ShownState, shown_state
from hotline.domain.reasons import Reason
from hotline.services.alerts import AlertKind, set_alert
from hotline.services.calls.live_calls import waiting_since
from hotline.services.floor.alert_kinds import ALL
from hotline.services.floor.floor import DayBook
from hotline.services.line.routing import read_lines
from hotline.settings import Settings
from hotline.storage.alerts import AlertStore
from hotline.storage.calls.live_calls import LiveCallStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage, Transaction


def thresholds(settings: Settings) -> Thresholds:
    return Thresholds(**settings.floor.thresholds.model_dump())


class Watch:
    """One a process."""

    def __init__(self, book: DayBook) -> None:
        self._book, self._lasting = book, Lasting()

    def look(self, storage: Storage, settings: Settings, now: datetime) -> int:
        """Raise and end alerts; how many changed. Raises StorageError."""
        limits = thresholds(settings)
        with storage.reading() as tx:
            found = troubles_now(tx, settings, self._book, now)
            known = told_now(tx)
        places = [(Trouble(kind), object) for kind, object in known]
        lasting, over = self._lasting.told(found, places, limits, now)
        changed = [place for place, reason in lasting.items() if place not in known or known[place] != str(reason)]
        if not changed and not over:
            return 0
        with storage.writing() as tx:
            for place in changed:
                set_alert(tx, AlertKind(place[0].value), place[1], lasting[place], now)
            for trouble, object in over:
                set_alert(tx, AlertKind(trouble.value), object, None, now)
        return len(changed) + len(over)


def told_now(tx: Transaction) -> dict[tuple[str, str], str]:
    """The open alerts of thresholds: (kind, queue), and what their log says."""
    return {(each.kind, each.object): each.detail for each in AlertStore(tx).open() if each.kind in ALL}


def troubles_now(tx: Transaction, settings: Settings, book: DayBook, now: datetime) -> dict[Place, Reason]:
    """What is beyond its threshold at this moment, however short it has been so."""
    return troubles(look_at(tx, settings, book, now), thresholds(settings), now)


def look_at(tx: Transaction, settings: Settings, book: DayBook, now: datetime) -> FloorLook:
    """The least that tells it, since it is asked every few seconds; the same as the floor shows (`queues_now`)."""
    waits = _waits(tx)
    ready = Counter(
        queue
        for each in PresenceStore(tx).all()
        if each.extension in settings.operators and shown_state(each) is ShownState.READY
        for queue in each.queues
    )
    queues = [
        QueueLook(id, queue.name, len(waits[id]), min(waits[id], default=None), ready[id])
        for id, queue in settings.queues.items()
    ]
    figures = book.figures(tx, now)
    lost = figures.abandoned.queue + figures.abandoned.ringing + figures.unanswered - figures.short_abandoned
    return FloorLook(
        tuple(queues),
        any(line.state.open for line in read_lines(tx, settings, now)),
        figures.service_level_percent,
        figures.answered + lost,
    )


def _waits(tx: Transaction) -> dict[str, list[datetime]]:
    """By queue, since when each caller waits in it."""
    found: dict[str, list[datetime]] = defaultdict(list)
    for stored in LiveCallStore(tx).in_progress():
        call = stored.call
        since = waiting_since(call) if call.is_with_customer and call.queues else None
        if since is not None:
            found[call.queues[-1].queue].append(since)
    return found
