"""B2, B5, B6: the clocks of log forms, and the alerts of those that are over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.deadlines.term import NextWorkingDay, WorkingDays
from hotline.domain.forms.form import ANSWER_CLOCK, PROMISE_CLOCK, RECORD_CLOCK
from hotline.domain.reasons import because
from hotline.services.alerts import Stands, set_alert
from hotline.services.deadlines.clock import Clock, Clocks
from hotline.services.deadlines.sweep import overdue
from hotline.services.forms.alert_kinds import ANSWERS, DUTY_FORMS, PROMISES
from hotline.services.notifications.deadlines_told import escalate, tell_near, tell_over
from hotline.services.staff.concerned import person_at
from hotline.settings import Settings
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction


def overdue_alerts(tx: Transaction, now: datetime) -> Iterator[Stands]:
    """All three, as they must stand now."""
    count, earliest = overdue(tx, RECORD_CLOCK, now)
    yield (DUTY_FORMS, "", because("forms.duty_forms_overdue", count=count, earliest_at=earliest) if earliest else None)
    count, earliest = overdue(tx, PROMISE_CLOCK, now)
    yield PROMISES, "", because("forms.promises_overdue", count=count, earliest_at=earliest) if earliest else None
    count, earliest = overdue(tx, ANSWER_CLOCK, now)
    yield ANSWERS, "", because("forms.answers_overdue", count=count, earliest_at=earliest) if earliest else None


def _owners(tx: Transaction, kept: Sequence[KeptDeadline], now: datetime) -> dict[int, int]:
    """Who has to write each log form, or follow up what was promised in it (B6): by the call's moment."""
    forms = {form.id: form for form in FormStore(tx).by_ids([each.object_id for each in kept])}
    found: dict[int, int] = {}
    for each in kept:
        form = forms.get(each.object_id)
        person = person_at(tx, form.owner, each.deadline.started_at, now) if form else None
        if person is not None and person.id is not None:
            found[each.object_id] = person.id
    return found


def _warned(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    tell_near(tx, "form", kept, _owners(tx, kept, now), now)


def _breached(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    for alert in overdue_alerts(tx, now):
        set_alert(tx, *alert, now)
    tell_over(tx, "form", kept, _owners(tx, kept, now), now)


def _broken(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    """B5, B6: the customer has heard nothing; whoever leads the owner is told too."""
    _breached(tx, settings, kept, now)
    escalate(tx, settings, "form", kept, _owners(tx, kept, now), now)


def _copy_record(tx: Transaction, due: Mapping[int, datetime]) -> None:
    FormStore(tx).move("due_at", due)


def _copy_promise(tx: Transaction, due: Mapping[int, datetime]) -> None:
    FormStore(tx).move("promise_due_at", due)


DEADLINES = Clocks(
    (
        Clock(
            RECORD_CLOCK,
            "form",
            "B2",
            usual=lambda settings: NextWorkingDay(settings.form.duty_due),
            copy=_copy_record,
            warned=_warned,
            breached=_breached,
        ),
        Clock(PROMISE_CLOCK, "form", "B6", copy=_copy_promise, warned=_warned, breached=_broken),
        Clock(
            ANSWER_CLOCK,
            "form",
            "B5",
            usual=lambda settings: WorkingDays(settings.deadlines.answer_days),
            warned=_warned,
            breached=_broken,
        ),
    )
)
