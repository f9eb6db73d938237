"""Tells when the floor is in trouble, while it is: alerts are raised, and taken back when it is over."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.floor.thresholds import FloorLook, Lasting, Place, QueueLook, Thresholds, Trouble, troubles
from hotline.domain.reasons import Reason
from hotline.services.alerts import AlertKind, set_alert
from hotline.services.floor.alert_kinds import ALL
from hotline.services.floor.floor import DayBook, calls_now, lines_now, queues_now
from hotline.services.operators.presence import operator_views
from hotline.settings import Settings
from hotline.storage.alerts import AlertStore
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
    return troubles(_look(tx, settings, book, now), thresholds(settings), now)


def _look(tx: Transaction, settings: Settings, book: DayBook, now: datetime) -> FloorLook:
    operators = operator_views(tx, settings)
    queues = queues_now(settings, calls_now(tx, settings, now, False), operators)
    figures = book.today(tx, now).figures
    lost = figures.abandoned.queue + figures.abandoned.ringing + figures.unanswered - figures.short_abandoned
    return FloorLook(
        tuple(QueueLook(q.id, q.name, q.waiting, q.longest_wait_since, q.operators_ready) for q in queues),
        any(line.open for line in lines_now(tx, settings, now)),
        figures.service_level_percent,
        figures.answered + lost,
    )
