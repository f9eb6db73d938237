"""The carrier's INVITEs that never became a call: one alert of unsuitable offers, one of each other status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hotline.domain.reasons import Reason, because
from hotline.domain.ways_in.refused_invites import OFFER_STATUSES, RefusedInvite
from hotline.domain.ways_in.strangers import CountedRequests
from hotline.services import counted_alerts as counted
from hotline.services.alerts import AlertKind, set_alert
from hotline.services.ways_in.alert_kinds import INVITE_REFUSED, OFFER_REFUSED
from hotline.settings.sip import Trunk
from hotline.storage.alerts import AlertStore
from hotline.storage.transaction import Transaction

#: No more of them for so long: it is over.
CALM = timedelta(days=7)

KINDS = (OFFER_REFUSED, INVITE_REFUSED)


def tell(tx: Transaction, refused: Sequence[RefusedInvite], trunk: Trunk, now: datetime) -> None:
    """Add these to what is told already."""
    known = {(alert.kind, alert.object): alert for alert in AlertStore(tx).open() if alert.kind in KINDS}
    together: dict[tuple[AlertKind, str], list[RefusedInvite]] = {}
    for each in refused:
        together.setdefault(_about(each), []).append(each)
    for (kind, object), new in together.items():
        told_of = _offer_refused if kind is OFFER_REFUSED else _invite_refused
        set_alert(tx, kind, object, told_of(counted.add_up(known.get((kind, object)), new), new[-1], trunk), now)


def calm(tx: Transaction, now: datetime) -> None:
    counted.calm(tx, KINDS, CALM, now)


def _offer_refused(told: CountedRequests, last: RefusedInvite, trunk: Trunk) -> Reason:
    return because(
        "ways_in.offer_refused",
        count=told.count,
        first_at=told.first_at,
        last_at=told.last_at,
        address=told.last,
        status=last.status,
        offered=last.offered or "-",
        ours=trunk.codecs,
    )


def _invite_refused(told: CountedRequests, last: RefusedInvite, _trunk: Trunk) -> Reason:
    return because(
        "ways_in.invite_refused",
        count=told.count,
        first_at=told.first_at,
        last_at=told.last_at,
        address=told.last,
        status=last.status,
        reason=last.reason,
    )


def _about(refused: RefusedInvite) -> tuple[AlertKind, str]:
    if refused.status in OFFER_STATUSES:
        return OFFER_REFUSED, ""
    return INVITE_REFUSED, str(refused.status)
