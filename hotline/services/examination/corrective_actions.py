"""Corrective actions (E6): issued with a due date, done by the operator, checked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.deadlines.term import Agreed
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.examination.records import (
    CORRECTION_CLOCK,
    OPEN_STATES,
    CorrectiveAction,
    CorrectiveActionState,
    Examination,
)
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason, because
from hotline.domain.rights.acts import Act, may
from hotline.domain.text import clean
from hotline.domain.workflow import Step, Transition, Workflow
from hotline.services.access import require_right
from hotline.services.alerts import keep_alerts
from hotline.services.deadlines.keeping import Wanted, keep, stop
from hotline.services.deadlines.view import ShownDeadline, shown_deadlines
from hotline.services.examination.deadlines import overdue_alert
from hotline.services.examination.examinations import read_examination
from hotline.services.examination.told import tell_order, tell_order_again
from hotline.services.looks import note_look
from hotline.services.operators.operators import require_operator
from hotline.services.staff.names import holders
from hotline.services.staff.whose import whose
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.examination.corrective_actions import CORRECTIVE_ACTION, CorrectiveActionStore
from hotline.storage.transaction import Storage, Transaction


def _its_operator(order: CorrectiveAction, actor: Actor) -> None:
    if not actor.had_extension(order.extension, order.issued_at):
        raise Forbidden("examination.order_done_by")


def _another_examiner(order: CorrectiveAction, actor: Actor) -> None:
    """F5."""
    require_right(Act.RECTIFY, actor)
    if actor.had_extension(order.extension, order.issued_at):
        raise Forbidden("examination.own_order_checked")


def _state(order: CorrectiveAction) -> CorrectiveActionState:
    return order.state


_DONE = frozenset({CorrectiveActionState.DONE})

_WAITS_NOT = because("examination.order_waits_not")

#: E6: issued, done, and checked until it is confirmed.
WORKFLOW = Workflow(
    "issue",
    CorrectiveActionState.ISSUED,
    _state,
    Transition(
        "done",
        frozenset({CorrectiveActionState.ISSUED, CorrectiveActionState.REPEATED}),
        CorrectiveActionState.DONE,
        _its_operator,
        because("examination.order_done"),
        {"note": because("examination.done_words")},
    ),
    Transition("confirm", _DONE, CorrectiveActionState.CONFIRMED, _another_examiner, _WAITS_NOT),
    Transition(
        "repeat",
        _DONE,
        CorrectiveActionState.REPEATED,
        _another_examiner,
        _WAITS_NOT,
        {"note": because("examination.order_again"), "due_at": because("examination.order_again")},
    ),
)


def issue(
    storage: Storage,
    settings: Settings,
    extension: str,
    text: str,
    due_at: datetime,
    examination_id: int | None,
    actor: Actor,
    now: datetime,
) -> CorrectiveAction:
    """Order this operator to mend something by then. Raises Forbidden, NotFound, Refused."""
    require_right(Act.RECTIFY, actor)
    require_operator(settings, extension)
    order = CorrectiveAction(
        extension,
        _words(text, because("examination.order_words")),
        _ahead(due_at, now),
        actor.name,
        now,
        examination_id,
    )
    if actor.extension == extension:
        raise Forbidden("examination.order_to_oneself")
    with storage.writing() as tx:
        if examination_id is not None and not _is_of(tx, settings, read_examination(tx, examination_id), order):
            raise Refused("examination.order_other_operator")
        begun = WORKFLOW.begun(actor, now, {})
        made = replace(CorrectiveActionStore(tx).add(order), steps=(begun,))
        CorrectiveActionStore(tx).step(made.id or 0, begun)
        keep(tx, settings, CORRECTION_CLOCK, {made.id or 0: Wanted(now, agreed=Agreed(order.due_at))}, now)
        AuditLog(tx).add(now, actor.name, "rectification.issue", f"rectification:{made.id}", f"operator {extension}")
        tell_order(tx, made, now)
        return made


def _is_of(tx: Transaction, settings: Settings, examination: Examination, order: CorrectiveAction) -> bool:
    """Whether it is whoever had the call who is ordered, at whatever extension they are now."""
    known = holders(tx, settings)
    had_call = known.holder(examination.extension, examination.called_at)
    ordered = known.holder(order.extension, order.issued_at)
    if had_call is None or ordered is None:
        return examination.extension == order.extension
    return had_call == ordered


@dataclass(frozen=True, slots=True)
class FoundActions:
    """`deadlines` by the order's id, of those that are to be mended."""

    actions: Sequence[CorrectiveAction]
    deadlines: Mapping[int, ShownDeadline]


def find_corrective_actions(
    storage: Storage, settings: Settings, extension: str, open_only: bool, actor: Actor, now: datetime, limit: int
) -> FoundActions:
    """What is due first; operators see their own. The view is written down (F8)."""
    oversees = may(Act.READ_RESULTS, actor.roles)
    if not oversees and not actor.had:
        return FoundActions((), {})
    with storage.reading() as tx:
        had = whose(tx, extension, now) if oversees else actor.had
        found = CorrectiveActionStore(tx).search(had, open_only, limit)
        deadlines = deadlines_of(tx, settings, found, now)
    note_look(storage, actor, now, "rectifications.view", "rectifications", f"{len(found)} orders")
    return FoundActions(found, deadlines)


def deadlines_of(
    tx: Transaction, settings: Settings, orders: Sequence[CorrectiveAction], now: datetime
) -> dict[int, ShownDeadline]:
    """By the order's id; of those that are to be mended."""
    due = {order.id or 0: order.due_at for order in orders if order.state in OPEN_STATES}
    return shown_deadlines(tx, settings, CORRECTION_CLOCK, due, now)


def report_done(storage: Storage, order_id: int, note: str, actor: Actor, now: datetime) -> CorrectiveAction:
    """The operator has mended it, and says how. Raises Forbidden for others, NotFound, Refused without words,
    Conflict when there is nothing to be done."""
    with storage.writing() as tx:
        order = read_order(tx, order_id)
        step = WORKFLOW.step("done", order, actor, now, {"note": _clean(note)})
        done = replace(order, state=step.after, done_note=step.given["note"], done_at=now)
        stop(tx, CORRECTION_CLOCK, order_id, now)
        return _keep(tx, done, step, "rectification.done")


def check_again(
    storage: Storage,
    settings: Settings,
    order_id: int,
    confirmed: bool,
    note: str,
    due_at: datetime | None,
    actor: Actor,
    now: datetime,
) -> CorrectiveAction:
    """Confirmed: it is over. Else it is to be mended again, by `due_at`. Raises Forbidden (also F5), NotFound, Refused,
    Conflict while it is not done."""
    given = {"note": _clean(note)}
    if not confirmed:
        given["due_at"] = due_at.isoformat() if due_at else ""
    with storage.writing() as tx:
        order = read_order(tx, order_id)
        step = WORKFLOW.step("confirm" if confirmed else "repeat", order, actor, now, given)
        checked = replace(order, state=step.after, checked_by=actor.name, checked_at=now, check_note=step.given["note"])
        if due_at is not None and not confirmed:
            checked = replace(checked, due_at=_ahead(due_at, now))
            wanted = Wanted(order.issued_at, agreed=Agreed(checked.due_at))
            keep(tx, settings, CORRECTION_CLOCK, {order_id: wanted}, now)
            tell_order_again(tx, checked, now)
        return _keep(tx, checked, step, "rectification.check")


def watch_orders(storage: Storage, now: datetime) -> None:
    """Orders that are overdue are an alert."""
    keep_alerts(storage, lambda tx: [overdue_alert(tx, now)], now)


def read_order(tx: Transaction, order_id: int) -> CorrectiveAction:
    """Raises NotFound."""
    order = CorrectiveActionStore(tx).by_id(order_id)
    if order is None:
        raise NotFound("examination.no_order", id=order_id)
    return order


def _keep(
    tx: Transaction, changed: CorrectiveAction, step: Step[CorrectiveActionState], action: str
) -> CorrectiveAction:
    if step.before is None or not CorrectiveActionStore(tx).update(changed, step.before):
        raise Conflict("examination.changed_meanwhile")
    CorrectiveActionStore(tx).step(changed.id or 0, step)
    AuditLog(tx).add(step.at, step.by, action, f"{CORRECTIVE_ACTION}:{changed.id}", changed.state)
    return replace(changed, steps=(*changed.steps, step))


def _clean(text: str) -> str:
    return clean(text, several_lines=True).strip()


def _words(text: str, problem: Reason) -> str:
    said = _clean(text)
    if not said:
        raise Refused.of(problem)
    return said


def _ahead(due_at: datetime, now: datetime) -> datetime:
    if due_at <= now:
        raise Refused("examination.due_date", field="due_at")
    return due_at
