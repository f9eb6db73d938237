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
from hotline.services.notifications.deadlines_told import supervisors_of, tell_near, tell_over
from hotline.services.staff.concerned import is_with_us, person_of_account
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


def _owners(tx: Transaction, kept: Sequence[KeptDeadline], now: datetime) -> dict[int, int]:
    """Whoever has taken it; as long as nobody has, whoever promised it to the customer (B6)."""
    found: dict[int, int] = {}
    for callback in CallbackStore(tx).by_ids([each.object_id for each in kept]):
        person = person_of_account(tx, callback.taken_by or callback.opened_by)
        if person is not None and person.id is not None and is_with_us(tx, person, now):
            found[callback.id or 0] = person.id
    return found


def _warned(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    tell_near(tx, "callback", kept, _owners(tx, kept, now), now, supervisors_of(tx, settings, now))


def _breached(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    set_alert(tx, *overdue_alert(tx, now), now)
    tell_over(tx, "callback", kept, _owners(tx, kept, now), now, supervisors_of(tx, settings, now))


DEADLINES = Clocks(
    (
        Clock(
            CALLBACK_CLOCK,
            "callback",
            "A9",
            usual=lambda settings: usual_term(settings.callbacks.due_minutes),
            copy=_copy,
            warned=_warned,
            breached=_breached,
        ),
    )
)
