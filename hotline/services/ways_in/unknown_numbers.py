"""Calls from the carrier for numbers that no line has: one alert a number, with how many, first and last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from hotline.domain.alert import Alert
from hotline.domain.calls.call import UNKNOWN_NUMBER, Call
from hotline.domain.time import minute_text
from hotline.services.alerts import set_alert
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
            set_alert(tx, alert_kinds.UNKNOWN_NUMBER, alert.object, "", now)


def _unknown(calls: Sequence[Call]) -> Iterator[tuple[str, datetime]]:
    for call in calls:
        for remark in call.remarks:
            kind, _, number = remark.partition(":")
            if kind == UNKNOWN_NUMBER:
                yield number, call.started_at


def _counted(alert: Alert | None) -> tuple[int, datetime, datetime] | None:
    if alert is None or "last_at" not in alert.arguments:
        return None
    first, last = (datetime.fromisoformat(str(alert.arguments[key])) for key in ("first_at", "last_at"))
    return int(str(alert.arguments["count"])), first, last


def _keep(tx: Transaction, number: str, count: int, first: datetime, last: datetime, now: datetime) -> Alert:
    told = {"count": count, "first_at": first.isoformat(), "last_at": last.isoformat()}
    begun, latest = (minute_text(at) for at in (first, last))
    detail = f"{count} calls for it, first {begun}, last {latest}; no line has this number"
    set_alert(tx, alert_kinds.UNKNOWN_NUMBER, number, detail, now, **told)
    return Alert(alert_kinds.UNKNOWN_NUMBER, number, detail, now, arguments=told)
