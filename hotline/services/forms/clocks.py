"""The clocks of a log form: B2 until it is written, B5 until who could not be helped is answered, B6 until a promise is
kept. Whoever writes a form goes through here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.deadlines.term import Agreed
from hotline.domain.forms.form import ANSWER_CLOCK, PROMISE_CLOCK, RECORD_CLOCK, CallForm
from hotline.services.deadlines.keeping import Wanted, keep, stop
from hotline.services.deadlines.view import ShownDeadline, shown_deadlines
from hotline.settings import Settings
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Transaction


def start_clocks(tx: Transaction, settings: Settings, forms: Sequence[CallForm], now: datetime) -> None:
    """Of new forms, in which nobody has written yet."""
    wanted = {form.id or 0: _record(form) for form in forms if form.due_at is not None}
    if wanted:
        keep(tx, settings, RECORD_CLOCK, wanted, now)


def follow(tx: Transaction, settings: Settings, before: CallForm, after: CallForm, now: datetime) -> None:
    """What was written in a form is brought to its clocks; nothing is asked where nothing concerns them."""
    form_id = after.id or 0
    if (before.due_at, before.state) != (after.due_at, after.state) and (before.due_at or after.due_at):
        keep(tx, settings, RECORD_CLOCK, {form_id: _record(after)}, now)
    if (before.promise_due_at, before.promise_kept_at) != (after.promise_due_at, after.promise_kept_at):
        keep(tx, settings, PROMISE_CLOCK, {form_id: _promise(after)}, now)
    if before.solved != after.solved and not CaseStore(tx).of_form(form_id):  # else the case has this clock
        keep(tx, settings, ANSWER_CLOCK, {form_id: _answer(after, now)}, now)
    if after.promise_kept_at is not None and before.promise_kept_at is None:
        stop(tx, ANSWER_CLOCK, form_id, now)


def shown_clocks(
    tx: Transaction, settings: Settings, forms: Sequence[CallForm], now: datetime
) -> dict[int, list[ShownDeadline]]:
    """Of each form, by its id, those of its clocks that it has."""
    open_due = {form.id or 0: None if form.is_done else form.due_at for form in forms}
    promised = {form.id or 0: form.promise_due_at if form.promise_is_open else None for form in forms}
    found = [
        shown_deadlines(tx, settings, clock, due, now)
        for clock, due in ((RECORD_CLOCK, open_due), (PROMISE_CLOCK, promised), (ANSWER_CLOCK, dict.fromkeys(open_due)))
    ]
    return {form_id: [by_id[form_id] for by_id in found if form_id in by_id] for form_id in open_due}


def end_all(tx: Transaction, form_id: int, now: datetime) -> None:
    """Nothing of the caller is left to be seen to (G3)."""
    for clock in (RECORD_CLOCK, PROMISE_CLOCK, ANSWER_CLOCK):
        stop(tx, clock, form_id, now)


def _record(form: CallForm) -> Wanted | None:
    if form.due_at is None:
        return None
    return Wanted(form.called_at, form.line, done_at=form.done_at or form.updated_at if form.is_done else None)


def _promise(form: CallForm) -> Wanted | None:
    if form.promise_due_at is None:
        return None
    return Wanted(form.called_at, form.line, Agreed(form.promise_due_at), form.promise_kept_at)


def _answer(form: CallForm, now: datetime) -> Wanted | None:
    """Who was helped on the phone is owed no answer; one that was owed was given when it is said so."""
    if form.solved is None:
        return None
    return Wanted(form.called_at, form.line, done_at=now if form.solved else None)
