"""SIP requests from strangers, summed up in one alert: how many, the first and the last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hotline.domain import numbers
from hotline.domain.ways_in.strangers import CountedRequests, Stranger
from hotline.services import counted_alerts as counted
from hotline.services.alerts import AlertKind, set_alert
from hotline.services.ways_in.alert_kinds import SHUT_OUT, STRANGERS
from hotline.storage.alerts import AlertStore
from hotline.storage.transaction import Transaction

#: Nothing more for so long: it is over.
CALM = timedelta(days=1)

_WHAT = {STRANGERS: "SIP requests of strangers refused", SHUT_OUT: "addresses shut out after too many of them"}


def tell(tx: Transaction, refused: Sequence[Stranger], out: Sequence[Stranger], now: datetime) -> None:
    """Add these to what is told already."""
    known = {alert.kind: alert for alert in AlertStore(tx).open() if alert.kind in _WHAT}
    for kind, new in ((STRANGERS, refused), (SHUT_OUT, out)):
        if new:
            _keep(tx, kind, counted.add_up(known.get(kind), new), _shown(new[-1].name), now)


def calm(tx: Transaction, now: datetime) -> None:
    """End what has been quiet for a day."""
    counted.calm(tx, _WHAT, CALM, now)


def _shown(name: str) -> str:
    """From a carrier that is not known yet the name is a caller's number (A14)."""
    number = numbers.normalise(name)
    return numbers.mask(number) if number else name


def _keep(tx: Transaction, kind: AlertKind, told: CountedRequests, name: str, now: datetime) -> None:
    detail = f"{told.count} {_WHAT[kind]}, {counted.when(told)} from {told.last} as {name or '(no name)'}"
    set_alert(tx, kind, "", detail, now, name=name, **counted.arguments(told))
