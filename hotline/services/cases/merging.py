"""并单: a case goes on within another one, and that is undone the same way. No row is moved: what belongs to a
merged one is read together with what belongs to the survivor."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.domain.cases import common_acts
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.domain.cases.given import CASE as OTHER
from hotline.domain.cases.process import CaseFacts, is_allowed, stage_of
from hotline.domain.errors import Conflict, Forbidden, Outdated, Refused
from hotline.domain.ids import parse_id
from hotline.domain.people import Actor
from hotline.domain.workflow import Step
from hotline.services.cases.after import after_step
from hotline.services.cases.facts import facts_of, read_case, read_theirs
from hotline.services.cases.kinds import kind_of
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Transaction


def survivor_of(tx: Transaction, case: ServiceCase) -> ServiceCase:
    """Within which it goes on in the end, itself if it is merged into none: answers go there."""
    while case.merged_into is not None:
        case = read_case(tx, case.merged_into)
    return case


def family(tx: Transaction, case: ServiceCase) -> list[ServiceCase]:
    """The case and those that go on within it."""
    return [case, *CaseStore(tx).merged_into(case.id or 0)]


def merge(
    tx: Transaction, settings: Settings, facts: CaseFacts, step: CaseStep, actor: Actor, now: datetime
) -> ServiceCase:
    """`facts`: of the one that goes on within the other. The survivor. Raises NotFound, Forbidden, Refused."""
    going = facts.case
    into = read_theirs(tx, _other(step), actor)
    if into.id == going.id or into.state is not CaseState.OPEN:
        raise Refused("cases.merged_into_itself", field=OTHER)
    other = facts_of(tx, settings, into, actor, now)
    act = common_acts.common_act(common_acts.MERGE)
    if act is None or not is_allowed(act, other, actor):
        raise Forbidden("cases.not_yours")
    if going.parent_id == into.id or into.parent_id == going.id:
        raise Refused("cases.merged_with_child", field=OTHER)
    _write(tx, going, replace(going, state=CaseState.MERGED, merged_into=into.id, closed_at=now, due_at=None))
    merged = read_case(tx, going.id or 0)
    after_step(tx, settings, merged, step, now)
    given = {**step.given, OTHER: str(going.id)}
    stands = stage_of(into, other.kind)
    _told(tx, settings, into, Step(common_acts.MERGED_IN, stands, stands, actor.name, now, given), now)
    AuditLog(tx).add(now, actor.name, "case.merge", f"case:{going.number}", f"into {into.number}")
    return read_case(tx, into.id or 0)


def unmerge(tx: Transaction, settings: Settings, facts: CaseFacts, step: CaseStep, now: datetime) -> ServiceCase:
    """It goes on by itself again, where it stood. Raises Conflict."""
    case = facts.case
    if case.merged_into is None:
        raise Conflict("cases.not_merged", case=case.number)
    into = survivor_of(tx, case)
    closed = (stage := facts.kind.stage(stage_of(case, facts.kind))) is not None and stage.closed
    state = CaseState.CLOSED if closed else CaseState.OPEN
    again = replace(case, state=state, merged_into=None, closed_at=case.closed_at if closed else None)
    _write(tx, case, again)
    alone = read_case(tx, case.id or 0)
    after_step(tx, settings, alone, step, now)
    stage_then = stage_of(into, kind_of(tx, into))
    _told(tx, settings, into, Step("merged_out", stage_then, stage_then, step.by, now, {OTHER: str(case.id)}), now)
    AuditLog(tx).add(now, step.by, "case.unmerge", f"case:{case.number}", f"from {into.number}")
    return alone


def _told(tx: Transaction, settings: Settings, into: ServiceCase, step: CaseStep, now: datetime) -> None:
    _write(tx, into, into)
    kept = read_case(tx, into.id or 0)
    after_step(tx, settings, kept, step, now)


def _write(tx: Transaction, before: ServiceCase, after: ServiceCase) -> None:
    if not CaseStore(tx).save(after, before.revision):
        raise Outdated("cases.changed", case=before.number, current=before.revision)


def _other(step: CaseStep) -> int:
    written = step.given.get(OTHER, "")
    other = parse_id(written)
    if other is None:
        raise Refused("cases.no_case", id=written, field=OTHER)
    return other
