"""Alerts that sum up many events: how many, the first, the last and from where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from hotline.domain.alert import Alert
from hotline.domain.ways_in.strangers import CountedRequests
from hotline.services.alerts import AlertKind, reason_of, set_alert
from hotline.storage.alerts import AlertStore
from hotline.storage.transaction import Transaction


class Countable(Protocol):
    @property
    def at(self) -> datetime: ...
    @property
    def address(self) -> str: ...


def add_up(alert: Alert | None, new: Sequence[Countable]) -> CountedRequests:
    """What the open alert tells, and these. At least one is new."""
    told = told_of(alert) if alert else None
    for each in new:
        told = told.and_then(each.at, each.address) if told else CountedRequests(1, each.at, each.at, each.address)
    assert told is not None
    return told


def told_of(alert: Alert) -> CountedRequests | None:
    """None when it was raised otherwise."""
    values = reason_of(alert).values
    match values:
        case {"count": int(count), "first_at": datetime() as first, "last_at": datetime() as last}:
            return CountedRequests(count, first, last, str(values.get("address", "")))
    return None


def calm(tx: Transaction, kinds: Collection[str], after: timedelta, now: datetime) -> None:
    """End those of these kinds to which nothing was added for so long."""
    for alert in AlertStore(tx).open():
        told = told_of(alert) if alert.kind in kinds else None
        if told is not None and now - told.last_at > after:
            set_alert(tx, AlertKind(alert.kind), alert.object, None, now)
