"""Requests by SIP that nobody of ours sent: counted, with the first and the last, in an alert and not one each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hotline.domain.records import Alert
from hotline.domain.strangers import Stranger, Told
from hotline.domain.time import SHANGHAI
from hotline.services.alerts import AlertKind, keep_alert
from hotline.services.ports import Work

#: Nothing more for so long: it is over.
CALM = timedelta(days=1)

_WHAT = {
    AlertKind.STRANGERS: "SIP requests of strangers refused",
    AlertKind.SHUT_OUT: "addresses shut out after too many of them",
}


def tell(work: Work, refused: Sequence[Stranger], out: Sequence[Stranger], now: datetime) -> None:
    """Add these to what is told already."""
    known = {alert.kind: alert for alert in work.alerts.open() if alert.kind in _WHAT}
    for kind, new in ((AlertKind.STRANGERS, refused), (AlertKind.SHUT_OUT, out)):
        if new:
            _keep(work, kind, _sum(known.get(kind), new), new[-1].name, now)


def calm(work: Work, now: datetime) -> None:
    """End what has been quiet for a day."""
    for alert in work.alerts.open():
        told = _told(alert) if alert.kind in _WHAT else None
        if told is not None and now - told.last_at > CALM:
            keep_alert(work, AlertKind(alert.kind), alert.object, "", now)


def _sum(alert: Alert | None, new: Sequence[Stranger]) -> Told:
    told = _told(alert) if alert else None
    for each in new:
        told = told.and_then(each.at, each.address) if told else Told(1, each.at, each.at, each.address)
    assert told is not None
    return told


def _told(alert: Alert) -> Told | None:
    """None when it was raised otherwise."""
    try:
        count, first, last = (alert.arguments[key] for key in ("count", "first_at", "last_at"))
        return Told(int(str(count)), datetime.fromisoformat(str(first)), datetime.fromisoformat(str(last)),
                    str(alert.arguments.get("address", "")))
    except (KeyError, ValueError):
        return None


def _keep(work: Work, kind: AlertKind, told: Told, name: str, now: datetime) -> None:
    first, last = (f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" for at in (told.first_at, told.last_at))
    detail = f"{told.count} {_WHAT[kind]}, first {first}, last {last} from {told.last} as {name or '(no name)'}"
    keep_alert(work, kind, "", detail, now, count=told.count, first_at=told.first_at.isoformat(),
               last_at=told.last_at.isoformat(), address=told.last, name=name)
