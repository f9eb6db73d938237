"""Corrective actions (E6): issued with a due date, done by the operator, checked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.examination.records import OPEN_STATES, CorrectiveAction, CorrectiveActionState
from hotline.domain.people import EXAMINING, OVERSEERS, Actor
from hotline.domain.reasons import Reason, because
from hotline.domain.text import clean
from hotline.services.access import require_role
from hotline.services.alerts import AlertKind, set_alert
from hotline.services.examination.examinations import read_examination
from hotline.services.operators.operators import require_operator
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.examination.corrective_actions import CorrectiveActionStore
from hotline.storage.transaction import Storage, Transaction


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
    require_role(actor, *EXAMINING)
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
        if examination_id is not None and read_examination(tx, examination_id).extension != extension:
            raise Refused("examination.order_other_operator")
        made = CorrectiveActionStore(tx).add(order)
        AuditLog(tx).add(now, actor.name, "rectification.issue", f"rectification:{made.id}", f"operator {extension}")
        return made


def find_corrective_actions(
    storage: Storage, extension: str, open_only: bool, actor: Actor, now: datetime, limit: int
) -> list[CorrectiveAction]:
    """What is due first; operators see their own. The view is written down (F8)."""
    if not actor.has_role(*OVERSEERS):
        extension = actor.extension or ""
        if not extension:
            return []
    with storage.writing() as tx:
        found = CorrectiveActionStore(tx).search(extension, open_only, limit)
        AuditLog(tx).add(now, actor.name, "rectifications.view", "rectifications", f"{len(found)} orders")
        return found


def report_done(storage: Storage, order_id: int, note: str, actor: Actor, now: datetime) -> CorrectiveAction:
    """The operator has mended it, and says how. Raises Forbidden for others, NotFound, Refused without words,
    Conflict when there is nothing to be done."""
    said = _words(note, because("examination.done_words"))
    with storage.writing() as tx:
        order = read_order(tx, order_id)
        if not actor.extension or actor.extension != order.extension:
            raise Forbidden("examination.order_done_by")
        if order.state not in OPEN_STATES:
            raise Conflict("examination.order_done")
        done = replace(order, state=CorrectiveActionState.DONE, done_note=said, done_at=now)
        return _keep(tx, done, order, "rectification.done", actor, now)


def check_again(
    storage: Storage, order_id: int, confirmed: bool, note: str, due_at: datetime | None, actor: Actor, now: datetime
) -> CorrectiveAction:
    """Confirmed: it is over. Else it is to be mended again, by `due_at`. Raises Forbidden (also F5), NotFound, Refused,
    Conflict while it is not done."""
    require_role(actor, *EXAMINING)
    said = clean(note, several_lines=True).strip()
    with storage.writing() as tx:
        order = read_order(tx, order_id)
        if actor.extension == order.extension:
            raise Forbidden("examination.own_order_checked")
        if order.state is not CorrectiveActionState.DONE:
            raise Conflict("examination.order_waits_not")
        state = CorrectiveActionState.CONFIRMED if confirmed else CorrectiveActionState.REPEATED
        checked = replace(order, state=state, checked_by=actor.name, checked_at=now, check_note=said)
        if not confirmed:
            if due_at is None or not said:
                raise Refused("examination.order_again")
            checked = replace(checked, due_at=_ahead(due_at, now))
        return _keep(tx, checked, order, "rectification.check", actor, now)


def watch_orders(storage: Storage, now: datetime) -> None:
    """Orders that are overdue are an alert."""
    with storage.writing() as tx:
        count, earliest = CorrectiveActionStore(tx).overdue(now)
        overdue = because("examination.actions_overdue", count=count, earliest_at=earliest) if earliest else None
        set_alert(tx, AlertKind.CORRECTIVE_ACTIONS, "", overdue, now)


def read_order(tx: Transaction, order_id: int) -> CorrectiveAction:
    """Raises NotFound."""
    order = CorrectiveActionStore(tx).by_id(order_id)
    if order is None:
        raise NotFound("examination.no_order", id=order_id)
    return order


def _keep(
    tx: Transaction, changed: CorrectiveAction, before: CorrectiveAction, action: str, actor: Actor, now: datetime
) -> CorrectiveAction:
    if not CorrectiveActionStore(tx).update(changed, before.state):
        raise Conflict("examination.changed_meanwhile")
    AuditLog(tx).add(now, actor.name, action, f"rectification:{changed.id}", changed.state)
    return changed


def _words(text: str, problem: Reason) -> str:
    said = clean(text, several_lines=True).strip()
    if not said:
        raise Refused.of(problem)
    return said


def _ahead(due_at: datetime, now: datetime) -> datetime:
    if due_at <= now:
        raise Refused("examination.due_date", field="due_at")
    return due_at
