"""A9: the clock of each callback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hotline.domain.callbacks.callback import usual_term
from hotline.domain.callbacks.owed import CALLBACK_CLOCK
from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.reasons import because
from hotline.services.alerts import Stands, set_alert
from hotline.services.callbacks.alert_kinds import CALLBACKS
from hotline.services.deadlines.clock import Clock, Clocks
from hotline.services.deadlines.sweep import overdue
from hotline.settings import Settings
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.transaction import Transaction


def overdue_alert(tx: Transaction, now: datetime) -> Stands:
    """As it must stand now."""
    count, earliest = overdue(tx, CALLBACK_CLOCK, now)
    late = because("callbacks.overdue", count=count, earliest_at=earliest) if earliest else None
    return CALLBACKS, "", late


def _copy(tx: Transaction, due: Mapping[int, datetime]) -> None:
    CallbackStore(tx).move(due)


def _breached(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    set_alert(tx, *overdue_alert(tx, now), now)


DEADLINES = Clocks(
    (
        Clock(
            CALLBACK_CLOCK,
            "callback",
            "A9",
            usual=lambda settings: usual_term(settings.callbacks.due_minutes),
            copy=_copy,
            breached=_breached,
        ),
    )
)
