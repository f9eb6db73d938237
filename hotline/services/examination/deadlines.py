"""E6: the clock of each corrective action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.examination.records import CORRECTION_CLOCK
from hotline.domain.reasons import because
from hotline.services.alerts import Stands, set_alert
from hotline.services.deadlines.clock import Clock, Clocks
from hotline.services.deadlines.sweep import overdue
from hotline.services.examination.alert_kinds import CORRECTIVE_ACTIONS
from hotline.services.notifications.deadlines_told import tell_near, tell_over
from hotline.services.staff.concerned import person_at
from hotline.settings import Settings
from hotline.storage.examination.corrective_actions import CORRECTIVE_ACTION, CorrectiveActionStore
from hotline.storage.transaction import Transaction


def overdue_alert(tx: Transaction, now: datetime) -> Stands:
    """As it must stand now."""
    count, earliest = overdue(tx, CORRECTION_CLOCK, now)
    late = because("examination.actions_overdue", count=count, earliest_at=earliest) if earliest else None
    return CORRECTIVE_ACTIONS, "", late


def _copy(tx: Transaction, due: Mapping[int, datetime]) -> None:
    CorrectiveActionStore(tx).move(due)


def _owners(tx: Transaction, kept: Sequence[KeptDeadline], now: datetime) -> dict[int, int]:
    found: dict[int, int] = {}
    for each in kept:
        order = CorrectiveActionStore(tx).by_id(each.object_id)
        person = person_at(tx, order.extension, order.issued_at, now) if order else None
        if person is not None and person.id is not None:
            found[each.object_id] = person.id
    return found


def _warned(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    tell_near(tx, "my_order", kept, _owners(tx, kept, now), now)


def _breached(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    set_alert(tx, *overdue_alert(tx, now), now)
    tell_over(tx, "my_order", kept, _owners(tx, kept, now), now)


DEADLINES = Clocks((Clock(CORRECTION_CLOCK, CORRECTIVE_ACTION, "E6", copy=_copy, warned=_warned, breached=_breached),))
