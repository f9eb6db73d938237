"""Inspections (產品質量巡檢) and on-site surveys (服務調研): open until their record is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from hotline.domain.calendar import local_day
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.projects.project import Project, Round, RoundKind, RoundState, checked_record
from hotline.domain.reasons import Unfit
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.record_rights import require
from hotline.storage.audit import AuditLog
from hotline.storage.projects.store import ProjectStore, RoundStore
from hotline.storage.transaction import Storage, Transaction

MOST = 500


@dataclass(frozen=True, slots=True)
class SeenTask:
    """`recordable`: whoever looks may write its record."""

    round: Round
    project: Project
    overdue: bool
    recordable: bool


def see_tasks(storage: Storage, mine: bool, actor: Actor, now: datetime) -> Sequence[SeenTask]:
    """Inspections and surveys that are open, what is due first first; of whoever asks, or of all. Raises Forbidden."""
    require_right(Act.RECORD_INSPECTION if mine else Act.READ_PROJECTS, actor)
    today = local_day(now)
    with storage.reading() as tx:
        found = RoundStore(tx).tasks(actor.name if mine else None, None, MOST)
        projects = ProjectStore(tx).by_ids({each.project_id for each in found})
    note_look(storage, actor, now, "project_tasks.view", "projects", f"{len(found)} tasks")
    return [
        SeenTask(each, projects[each.project_id], _is_over(each, today), _may_record(each, actor))
        for each in found
        if each.project_id in projects
    ]


def see_task(storage: Storage, round_id: int, actor: Actor, now: datetime) -> SeenTask:
    """One, for whoever writes its record. Raises Forbidden, NotFound, Conflict for a visit or one that is over."""
    with storage.reading() as tx:
        round = known_round(tx, round_id)
        require(Act.RECORD_INSPECTION, actor, _ties(round, actor))
        project = ProjectStore(tx).by_id(round.project_id)
    if round.state is not RoundState.OPEN or round.kind is RoundKind.VISIT or project is None:
        raise Conflict("projects.round_over")
    note_look(storage, actor, now, "project_task.view", f"project:{round.project_id}")
    return SeenTask(round, project, _is_over(round, local_day(now)), recordable=True)


def _may_record(round: Round, actor: Actor) -> bool:
    return may(Act.RECORD_INSPECTION, actor.roles, _ties(round, actor))


def _ties(round: Round, actor: Actor) -> frozenset[Tie]:
    return frozenset({Tie.OWNS} if round.owner == actor.name else ())


def _is_over(round: Round, today: date) -> bool:
    return round.due_on < today


def record_task(storage: Storage, round_id: int, written: Mapping[str, str], actor: Actor, now: datetime) -> Round:
    """Write the record, which ends it. Raises Forbidden, NotFound, Refused, Conflict when it is not open any more."""
    with storage.writing() as tx:
        round = known_round(tx, round_id)
        require(Act.RECORD_INSPECTION, actor, _ties(round, actor))
        try:
            record = checked_record(round.kind, written)
        except Unfit as error:
            raise Refused.of(error.reason, error.field) from None
        done = replace(round, state=RoundState.DONE, record=record, done_at=now, done_by=actor.name)
        if not RoundStore(tx).finish(done):
            raise Conflict("projects.round_over")
        AuditLog(tx).add(now, actor.name, "project.record", f"project:{round.project_id}", f"{round.kind} {round.n}")
    return done


def known_round(tx: Transaction, round_id: int) -> Round:
    """Raises NotFound."""
    found = RoundStore(tx).by_id(round_id) if is_id(round_id) else None
    if found is None:
        raise NotFound("projects.no_round", id=round_id)
    return found
