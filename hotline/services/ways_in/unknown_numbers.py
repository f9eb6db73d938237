"""Calls from the carrier for numbers that no line has: one alert a number, with how many, first and last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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

#: When so many of the latest calls began is kept, by which one that comes again is known.
MOST_LATEST = 20


@dataclass(frozen=True, slots=True)
class _Counted:
    """`latest`: when the latest of them began, the oldest first."""

    count: int
    first: datetime
    latest: tuple[datetime, ...]

    @property
    def last(self) -> datetime:
        return self.latest[-1]

    def is_new(self, at: datetime) -> bool:
        """A call that began then: none of those that are known, nor before all of them, where more were."""
        return at not in self.latest and (len(self.latest) < MOST_LATEST or at > self.latest[0])

    def and_then(self, at: datetime) -> _Counted:
        latest = tuple(sorted([*self.latest, at])[-MOST_LATEST:])
        return _Counted(self.count + 1, min(self.first, at), latest)


def watch(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
    """In the transaction of the calls. A call that is folded again is not counted again, and one that is folded after a
    later one, since Asterisk's database was late with it, is counted all the same."""
    found = list(_unknown(calls))
    if not found:
        return
    known = {alert.object: alert for alert in AlertStore(tx).open() if alert.kind == alert_kinds.UNKNOWN_NUMBER}
    for number, at in sorted(found, key=lambda each: each[1]):
        alert = known.get(number)
        if alert is None and len(known) >= MOST_NUMBERS:
            continue
        counted = _counted(alert)
        if counted is None:
            known[number] = _keep(tx, number, _Counted(1, at, (at,)), now)
        elif counted.is_new(at):
            known[number] = _keep(tx, number, counted.and_then(at), now)


def calm(tx: Transaction, now: datetime) -> None:
    """End what has not come again."""
    for alert in AlertStore(tx).open():
        counted = _counted(alert) if alert.kind == alert_kinds.UNKNOWN_NUMBER else None
        if counted and now - counted.last > CALM:
            set_alert(tx, alert_kinds.UNKNOWN_NUMBER, alert.object, None, now)


def _unknown(calls: Sequence[Call]) -> Iterator[tuple[str, datetime]]:
    for call in calls:
        for remark in call.remarks:
            kind, _, number = remark.partition(":")
            if kind == UNKNOWN_NUMBER:
                yield number, call.started_at


def _counted(alert: Alert | None) -> _Counted | None:
    values = reason_of(alert).values if alert else {}
    match values:
        case {"count": int(count), "first_at": datetime() as first, "last_at": datetime() as last}:
            latest = str(values.get("latest", "")).split()
            return _Counted(count, first, tuple(map(datetime.fromisoformat, latest)) or (last,))
    return None


def _keep(tx: Transaction, number: str, counted: _Counted, now: datetime) -> Alert:
    told = because("ways_in.unknown_number", count=counted.count, first_at=counted.first, last_at=counted.last)
    # Beside what the words say.
    reason = replace(told, values={**told.values, "latest": " ".join(each.isoformat() for each in counted.latest)})
    set_alert(tx, alert_kinds.UNKNOWN_NUMBER, number, reason, now)
    return Alert(alert_kinds.UNKNOWN_NUMBER, number, str(reason), now, arguments={"reason": reason.as_json()})
