"""A3: forwarding that is set at a phone is not followed, so such a phone gets no calls. Its operator and supervisors
are told until the phone has rung again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.alert import Alert
from hotline.domain.calls.call import FORWARDS, Call, PartyKind, Ring
from hotline.domain.outbox import OutboxEntry
from hotline.domain.reasons import because
from hotline.services import outbox_topics as topics
from hotline.services.alerts import reason_of, set_alert
from hotline.services.staff.names import names_now_of
from hotline.services.ways_in.alert_kinds import PHONE_FORWARDS
from hotline.settings import Settings
from hotline.storage.alerts import AlertStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Transaction

#: What says nothing about it: the phone is away, or Asterisk ended, or it still rings.
_SILENT = frozenset({"failed", ""})


def forwarding(tx: Transaction) -> frozenset[str]:
    """The extensions of the phones that are set to forward calls, as far as is known."""
    return frozenset(alert.object for alert in AlertStore(tx).open() if alert.kind == PHONE_FORWARDS)


def watch(tx: Transaction, settings: Settings, calls: Sequence[Call], now: datetime) -> None:
    """In the transaction of the calls: what their latest rings show of each phone."""
    latest = _latest_rings(calls)
    if not latest:
        return
    known = {alert.object: alert for alert in AlertStore(tx).open() if alert.kind == PHONE_FORWARDS}
    for extension, ring in latest.items():
        if extension in settings.operators and (ring.result == FORWARDS or extension in known):
            _keep(tx, names_now_of(tx, settings, [extension])[extension], extension, ring, known.get(extension), now)


def _latest_rings(calls: Sequence[Call]) -> dict[str, Ring]:
    """Of calls that are over, which is when a phone that rang is of interest, or where one forwards."""
    told = [call for call in calls if call.ended_at or any(ring.result == FORWARDS for ring in call.rings)]
    latest: dict[str, Ring] = {}
    for ring in (ring for call in told for ring in call.rings):
        extension = ring.party.id
        if ring.party.kind is PartyKind.OPERATOR and ring.result not in _SILENT:
            latest[extension] = max(latest.get(extension, ring), ring, key=lambda each: each.started_at)
    return latest


def _is_earlier(ring: Ring, known: Alert) -> bool:
    last = reason_of(known).values.get("last_at")
    return isinstance(last, datetime) and ring.started_at <= last


def _keep(tx: Transaction, name: str, extension: str, ring: Ring, known: Alert | None, now: datetime) -> None:
    """An earlier ring, folded again, changes nothing."""
    if known is not None and _is_earlier(ring, known):
        return
    forwards = ring.result == FORWARDS
    told = because("ways_in.phone_forwards", name=name, last_at=ring.started_at) if forwards else None
    set_alert(tx, PHONE_FORWARDS, extension, told, now)
    if forwards != (known is not None):
        Outbox(tx).add([OutboxEntry(topics.OPERATOR, {"extension": extension}, now)])
