"""The record of what was answered to a visit (E1), whichever way it came: on the phone's page, by a link, on site."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.errors import Conflict, Outdated
from hotline.domain.people import Actor
from hotline.domain.visits.questions import satisfied_by
from hotline.domain.visits.record import VisitRecord, ended, made
from hotline.domain.visits.visit import VISIT, Ending, Visit
from hotline.services.visits.case_step import end_case_step
from hotline.services.visits.clock import keep_clocks
from hotline.services.visits.interest import require_no_interest
from hotline.services.visits.planning import note
from hotline.services.visits.questions import keep_answers, questions_of
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore


def record_answers(
    tx: Transaction, settings: Settings, visit: Visit, record: VisitRecord, actor: Actor, now: datetime
) -> Visit:
    """It is made, and its case goes on by what was answered. Whether this person may, by right, whoever calls has
    looked; that they had nothing to do with it is looked at here (E5). Raises Forbidden, Conflict when it is not open,
    WrongAnswers, Outdated when somebody was faster."""
    require_open(visit)
    require_no_interest(tx, visit, actor, now)
    after = made(visit, questions_of(tx, visit), _with_call(tx, visit, record), actor.name, now)
    by_score = satisfied_by(keep_answers(tx, after, actor.name, now), settings.satisfaction.satisfied_from)
    after = replace(after, result=after.result or by_score)
    return finish(tx, settings, visit, after, "record", actor, now)


def end_in_vain(
    tx: Transaction, settings: Settings, visit: Visit, ending: Ending, why: str, actor: Actor, now: datetime
) -> Visit:
    """Refused, not reached, a wrong number. Raises as `record_answers`."""
    require_open(visit)
    require_no_interest(tx, visit, actor, now)
    return finish(tx, settings, visit, ended(visit, ending, actor.name, now, why), "end", actor, now)


def finish(
    tx: Transaction, settings: Settings, before: Visit, after: Visit, act: str, actor: Actor, now: datetime
) -> Visit:
    """Close it, and let its case go on. Raises Outdated."""
    close(tx, settings, before, after, act, actor.name, now)
    end_case_step(tx, settings, after, actor, now)
    return VisitStore(tx).by_ids([after.id or 0])[after.id or 0]


def close(tx: Transaction, settings: Settings, before: Visit, after: Visit, act: str, by: str, now: datetime) -> None:
    """Write it down and stop its clock. Raises Outdated."""
    write(tx, after)
    keep_clocks(tx, settings, [after], now)
    detail = after.result.value if after.result else (after.ending.value if after.ending else "")
    note(tx, after, act, before.state, by, now, {"result": detail})
    AuditLog(tx).add(now, by, f"visit.{act}", f"{VISIT}:{after.id}", detail)


def require_open(visit: Visit) -> None:
    """Raises Conflict."""
    if not visit.is_open:
        raise Conflict("visits.closed")


def write(tx: Transaction, visit: Visit) -> None:
    """Raises Outdated when somebody changed it meanwhile."""
    if not VisitStore(tx).save(visit):
        raise Outdated("visits.changed")


def _with_call(tx: Transaction, visit: Visit, record: VisitRecord) -> VisitRecord:
    """The last call that reached them, unless another one is named: its recording is the visit's (E1)."""
    if record.call is not None:
        return record
    reached = [
        each
        for each in DialStore(tx).of_object(VISIT, visit.id or 0)
        if each.outcome is DialOutcome.REACHED or (each.answered_at is not None and each.ended_at is None)
    ]
    if not reached:
        return record
    return replace(record, call=(reached[-1].node, reached[-1].linkedid), seconds=reached[-1].seconds)
