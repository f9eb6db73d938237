"""E7: the clock of each visit. Whoever makes it is told that it comes near; what is over goes up, and is never
silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.reasons import because
from hotline.domain.visits.visit import VISIT, VISIT_CLOCK
from hotline.services.alerts import Stands, set_alert
from hotline.services.deadlines.clock import Clock, Clocks
from hotline.services.deadlines.sweep import overdue
from hotline.services.notifications.deadlines_told import escalate, supervisors_of, tell_near, tell_over
from hotline.services.staff.concerned import is_with_us, person_of_account
from hotline.services.visits.alert_kinds import VISITS
from hotline.services.visits.clock import usual_term
from hotline.settings import Settings
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore


def overdue_alert(tx: Transaction, now: datetime) -> Stands:
    """As it must stand now."""
    count, earliest = overdue(tx, VISIT_CLOCK, now)
    return VISITS, "", because("visits.overdue", count=count, earliest_at=earliest) if earliest else None


def _copy(tx: Transaction, due: Mapping[int, datetime]) -> None:
    VisitStore(tx).move(due)


def _visitors(tx: Transaction, kept: Sequence[KeptDeadline], now: datetime) -> dict[int, int]:
    """Persons, by the visit's id."""
    found: dict[int, int] = {}
    for visit in VisitStore(tx).by_ids({each.object_id for each in kept}).values():
        person = person_of_account(tx, visit.visitor)
        if person is not None and person.id is not None and is_with_us(tx, person, now):
            found[visit.id or 0] = person.id
    return found


def _warned(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    tell_near(tx, VISIT, kept, _visitors(tx, kept, now), now, supervisors_of(tx, settings, now))


def _breached(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    set_alert(tx, *overdue_alert(tx, now), now)
    visitors = _visitors(tx, kept, now)
    tell_over(tx, VISIT, kept, visitors, now)
    escalate(tx, settings, VISIT, kept, visitors, now)


DEADLINES = Clocks((Clock(VISIT_CLOCK, VISIT, "E7", usual=usual_term, copy=_copy, warned=_warned, breached=_breached),))
