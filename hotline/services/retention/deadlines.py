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
from hotline.services.retention.alert_kinds import PRIVACY_REQUESTS
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


def _breached(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    set_alert(tx, *overdue_alert(tx, now), now)


DEADLINES = Clocks((Clock(PRIVACY_CLOCK, "privacy", "G3", usual=usual_term, copy=_copy, breached=_breached),))
