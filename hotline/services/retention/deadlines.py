"""G3: the clock of each request of a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.deadlines.term import CalendarDays
from hotline.domain.reasons import because
from hotline.domain.retention.privacy import PRIVACY_CLOCK
from hotline.services.alerts import Stands, set_alert
from hotline.services.deadlines.clock import Clock, Clocks
from hotline.services.deadlines.sweep import overdue
from hotline.services.notifications.deadlines_told import supervisors_of, tell_near, tell_over
from hotline.services.retention.alert_kinds import PRIVACY_REQUESTS
from hotline.services.staff.concerned import is_with_us, person_of_account
from hotline.settings import Settings
from hotline.storage.retention.privacy import PrivacyRequestStore
from hotline.storage.transaction import Transaction


def usual_term(settings: Settings) -> CalendarDays:
    return CalendarDays(settings.privacy.due_days)


def overdue_alert(tx: Transaction, now: datetime) -> Stands:
    """As it must stand now."""
    count, earliest = overdue(tx, PRIVACY_CLOCK, now)
    late = because("retention.requests_overdue", count=count, earliest_at=earliest) if earliest else None
    return PRIVACY_REQUESTS, "", late


def _copy(tx: Transaction, due: Mapping[int, datetime]) -> None:
    PrivacyRequestStore(tx).move(due)


def _owners(tx: Transaction, kept: Sequence[KeptDeadline], now: datetime) -> dict[int, int]:
    """Whoever took the request."""
    found: dict[int, int] = {}
    for each in kept:
        request = PrivacyRequestStore(tx).by_id(each.object_id)
        person = person_of_account(tx, request.taken_by) if request else None
        if person is not None and person.id is not None and is_with_us(tx, person, now):
            found[each.object_id] = person.id
    return found


def _warned(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    tell_near(tx, "privacy", kept, _owners(tx, kept, now), now, supervisors_of(tx, settings, now))


def _breached(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    set_alert(tx, *overdue_alert(tx, now), now)
    tell_over(tx, "privacy", kept, _owners(tx, kept, now), now, supervisors_of(tx, settings, now))


DEADLINES = Clocks(
    (Clock(PRIVACY_CLOCK, "privacy", "G3", usual=usual_term, copy=_copy, warned=_warned, breached=_breached),)
)
