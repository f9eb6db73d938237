"""The carrier's page: what its trunks carry and refuse, and who tried to get in beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.alert import Alert
from hotline.domain.calls.call import Direction
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.errors import HotlineError
from hotline.domain.first_hour.peak import peaks_by_day
from hotline.services.first_hour.carrier import CarrierNow, carriers_now
from hotline.services.line import trunks
from hotline.services.line.alert_kinds import CALLBACK_TRUNK, CHANNELS_FULL, TRUNK
from hotline.services.pbx import Pbx
from hotline.services.ways_in.alert_kinds import INVITE_REFUSED, OFFER_REFUSED, SHUT_OUT, STRANGERS, UNKNOWN_NUMBER
from hotline.services.ways_in.shutting_out import ShutOutAddress, shut_out_addresses
from hotline.settings import Settings
from hotline.storage.alerts import AlertStore
from hotline.storage.audit import AuditLog
from hotline.storage.first_hour.carrier import CarrierStore
from hotline.storage.transaction import Storage

#: Calls that Asterisk's own log has since a moment, each with its latest event's time.
Seen = Callable[[datetime], Sequence[tuple[str, datetime]]]

DAYS = 7
_LAST = timedelta(days=1)
#: The ledger may need so long after a call's last event.
_SETTLED = timedelta(minutes=2)
_MOST_REFUSED = 200

#: What each carries, by the names that Asterisk's files have.
_CARRIES = {trunks.TRUNK: Direction.INBOUND, trunks.CALLBACK_TRUNK: Direction.DIALLED}
_OF_CARRIER = (TRUNK, CALLBACK_TRUNK, CHANNELS_FULL, OFFER_REFUSED, INVITE_REFUSED, UNKNOWN_NUMBER)
_OF_STRANGERS = (STRANGERS, SHUT_OUT)


@dataclass(frozen=True, slots=True)
class CarrierView:
    """`down_since`: by trunk, since when it is an alert; `up_since`: when the last such alert ended, if one ever was.
    `calls`: by trunk, how many it carried in the last day and when the latest of all began; the line's those that came
    in, the callback trunk's those that we dialled. `peaks`: of calls in and of dials out at once, by day.
    `congested`: dials of the last day that found no channel. `without_row`: calls of the last day that Asterisk saw and
    the ledger has not; None where that cannot be known. `sign_ins`: refused in the last day, by address."""

    carriers: Sequence[CarrierNow]
    down_since: Mapping[str, datetime]
    up_since: Mapping[str, datetime]
    calls: Mapping[str, tuple[int, datetime | None]]
    peaks_in: Mapping[date, int]
    peaks_out: Mapping[date, int]
    congested: int
    without_row: int | None
    alerts: Sequence[Alert]
    strangers: Sequence[Alert]
    shut_out: Sequence[ShutOutAddress]
    sign_ins: Sequence[tuple[str, int]]


def carrier_view(storage: Storage, settings: Settings, pbx: Pbx, seen: Seen | None, now: datetime) -> CarrierView:
    """Raises StorageError."""
    since, day = now - timedelta(days=DAYS), now - _LAST
    with storage.reading() as tx:
        store, alerts = CarrierStore(tx), AlertStore(tx).open()
        peaks = [peaks_by_day(store.spans(each, since)) for each in (Direction.INBOUND, Direction.DIALLED)]
        up_since = AlertStore(tx).last_cleared(TRUNK, CALLBACK_TRUNK)
        calls = {name: store.calls(direction, day) for name, direction in _CARRIES.items()}
        congested = store.dials(DialOutcome.CONGESTED, day)
        wanted = AuditFilter(action="sign_in.refused", since=day)
        refused = Counter(entry.detail for entry in AuditLog(tx).search(wanted, _MOST_REFUSED))
    return CarrierView(
        carriers=carriers_now(settings, pbx),
        down_since={each.kind: each.raised_at for each in alerts if each.kind in (TRUNK, CALLBACK_TRUNK)},
        up_since=up_since,
        calls=calls,
        peaks_in=peaks[0],
        peaks_out=peaks[1],
        congested=congested,
        without_row=_without_row(storage, settings.site.node, seen, now),
        alerts=[each for each in alerts if each.kind in _OF_CARRIER],
        strangers=[each for each in alerts if each.kind in _OF_STRANGERS],
        shut_out=_shut_out(pbx),
        sign_ins=refused.most_common(10),
    )


def _without_row(storage: Storage, node: str, seen: Seen | None, now: datetime) -> int | None:
    try:
        found = [linkedid for linkedid, at in seen(now - _LAST) if now - at > _SETTLED] if seen else None
    except HotlineError:
        return None
    return None if found is None else _missing(storage, node, found)


def _missing(storage: Storage, node: str, linkedids: Collection[str]) -> int:
    with storage.reading() as tx:
        return len(set(linkedids) - CarrierStore(tx).known(node, linkedids))


def _shut_out(pbx: Pbx) -> list[ShutOutAddress]:
    try:
        return shut_out_addresses(pbx)
    except HotlineError:
        return []
