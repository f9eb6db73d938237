"""Calls from the carrier for numbers that no line has: one alert a number, with how many, first and last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from hotline.domain.alert import Alert
from hotline.domain.calls.call import UNKNOWN_NUMBER, Call
from hotline.domain.reasons import because
from hotline.services.alerts import reason_of, set_alert
from hotline.services.ways_in import alert_kinds
from hotline.storage.alerts import AlertStore
from hotline.storage.transaction import Transaction

#: So many numbers are told of at once: who calls at random must not fill the page.
MOST_NUMBERS = 20

#: No more of them for so long: it is over.
CALM = timedelta(days=7)


def watch(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
    """In the transaction of the calls. A call that is folded again is not counted again."""
    found = list(_unknown(calls))
    if not found:
        return
    known = {alert.object: alert for alert in AlertStore(tx).open() if alert.kind == alert_kinds.UNKNOWN_NUMBER}
    for number, at in sorted(found, key=lambda each: each[1]):
        alert = known.get(number)
        if alert is None and len(known) >= MOST_NUMBERS:
            continue
        count, first, last = _counted(alert) or (0, at, None)
        if last is None or at > last:
            known[number] = _keep(tx, number, count + 1, first, at, now)


def calm(tx: Transaction, now: datetime) -> None:
    """End what has not come again."""
    for alert in AlertStore(tx).open():
        counted = _counted(alert) if alert.kind == alert_kinds.UNKNOWN_NUMBER else None
        if counted and now - counted[2] > CALM:
            set_alert(tx, alert_kinds.UNKNOWN_NUMBER, alert.object, None, now)


def _unknown(calls: Sequence[Call]) -> Iterator[tuple[str, datetime]]:
    for call in calls:
        for remark in call.remarks:
            kind, _, number = remark.partition(":")
            if kind == UNKNOWN_NUMBER:
                yield number, call.started_at


def _counted(alert: Alert | None) -> tuple[int, datetime, datetime] | None:
    match reason_of(alert).values if alert else {}:
        case {"count": int(count), "first_at": datetime() as first, "last_at": datetime() as last}:
            return count, first, last
    return None


def _keep(tx: Transaction, number: str, count: int, first: datetime, last: datetime, now: datetime) -> Alert:
    reason = because("ways_in.unknown_number", count=count, first_at=first, last_at=last)
    set_alert(tx, alert_kinds.UNKNOWN_NUMBER, number, reason, now)
    return Alert(alert_kinds.UNKNOWN_NUMBER, number, str(reason), now, arguments={"reason": reason.as_json()})
