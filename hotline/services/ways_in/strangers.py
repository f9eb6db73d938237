"""SIP requests from strangers, summed up in one alert: how many, the first and the last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hotline.domain import numbers
from hotline.domain.reasons import Reason, because
from hotline.domain.ways_in.strangers import CountedRequests, Stranger
from hotline.services import counted_alerts as counted
from hotline.services.alerts import set_alert
from hotline.services.ways_in.alert_kinds import SHUT_OUT, STRANGERS
from hotline.storage.alerts import AlertStore
from hotline.storage.transaction import Transaction

#: Nothing more for so long: it is over.
CALM = timedelta(days=1)

KINDS = (STRANGERS, SHUT_OUT)


def tell(tx: Transaction, refused: Sequence[Stranger], out: Sequence[Stranger], now: datetime) -> None:
    """Add these to what is told already."""
    known = {alert.kind: alert for alert in AlertStore(tx).open() if alert.kind in KINDS}
    if refused:
        told, name = counted.add_up(known.get(STRANGERS), refused), _shown(refused[-1].name)
        set_alert(tx, STRANGERS, "", _refused(told, name), now)
    if out:
        told, name = counted.add_up(known.get(SHUT_OUT), out), _shown(out[-1].name)
        set_alert(tx, SHUT_OUT, "", _shut_out(told, name), now)


def calm(tx: Transaction, now: datetime) -> None:
    """End what has been quiet for a day."""
    counted.calm(tx, KINDS, CALM, now)


def _shown(name: str) -> str:
    """From a carrier that is not known yet the name is a caller's number (A14)."""
    number = numbers.normalise(name)
    return numbers.mask(number) if number else name


def _refused(told: CountedRequests, name: str) -> Reason:
    return because(
        "ways_in.strangers_refused",
        count=told.count,
        first_at=told.first_at,
        last_at=told.last_at,
        address=told.last,
        name=name,
    )


def _shut_out(told: CountedRequests, name: str) -> Reason:
    return because(
        "ways_in.shut_out", count=told.count, first_at=told.first_at, last_at=told.last_at, address=told.last, name=name
    )
