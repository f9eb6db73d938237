"""Whatever is done to a case is done here, and stands among its steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hotline.domain.cases import common_acts, given
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.field_values import read_given
from hotline.domain.cases.guards import require_guards
from hotline.domain.cases.kind import CaseAct
from hotline.domain.cases.process import CaseFacts, act_of, stage_of, workflow_of
from hotline.domain.errors import Conflict, NotFound, Outdated
from hotline.domain.people import Actor
from hotline.domain.workflow import Step
from hotline.services.cases.after import after_step
from hotline.services.cases.attaching import follow_call
from hotline.services.cases.effects import case_after
from hotline.services.cases.facts import facts_of, read_theirs
from hotline.services.cases.given_checks import require_there
from hotline.services.cases.merging import merge, unmerge
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage, Transaction

Given = Mapping[str, str]

_LONGEST_AUDIT = 500


def do_act(
    storage: Storage,
    settings: Settings,
    case_id: int,
    act: str,
    words: Given,
    actor: Actor,
    now: datetime,
    revision: int | None = None,
) -> ServiceCase:
    """`words`: what is given with it, by field. `revision`: of the case as whoever acts saw it. Raises NotFound (of a
    case about themselves too), Forbidden, Conflict in another stage, Outdated when somebody changed it meanwhile,
    WrongFields, Refused."""
    with storage.writing() as tx:
        case = read_theirs(tx, case_id, actor)
        if revision is not None and revision != case.revision:
            raise Outdated("cases.changed", case=case.number, current=case.revision)
        return act_on(tx, settings, case, act, words, actor, now)


def act_on(
    tx: Transaction, settings: Settings, case: ServiceCase, act_id: str, words: Given, actor: Actor, now: datetime
) -> ServiceCase:
    """As `do_act`, in a transaction that does more."""
    facts = facts_of(tx, settings, case, actor, now)
    act = act_of(facts.kind, act_id)
    if act is None:
        raise NotFound("cases.no_act", case=case.number)
    step = _step(tx, facts, act, words, actor, now)
    if act_id == common_acts.MERGE:
        return merge(tx, settings, facts, step, actor, now)
    if act_id == common_acts.UNMERGE:
        return unmerge(tx, settings, facts, step, now)
    after = case_after(case, facts.kind, act, step, actor)
    write(tx, settings, case, after, step, now)
    follow_call(tx, after, act_id, step)
    return CaseStore(tx).by_ids([case.id or 0])[case.id or 0]


def write(
    tx: Transaction, settings: Settings, before: ServiceCase, after: ServiceCase, step: Step[str], now: datetime
) -> None:
    """Raises Outdated when somebody changed it meanwhile."""
    if not CaseStore(tx).save(after, before.revision):
        raise Outdated("cases.changed", case=before.number, current=before.revision)
    after_step(tx, settings, after, step, now)
    detail = _detail(before, after, step)
    if before.state is after.state:
        AuditLog(tx).add(now, step.by, "case.act", f"case:{before.number}", detail)
    else:
        closed = after.state is CaseState.CLOSED
        AuditLog(tx).add(now, step.by, "case.close" if closed else "case.reopen", f"case:{before.number}", detail)


def _step(tx: Transaction, facts: CaseFacts, act: CaseAct, words: Given, actor: Actor, now: datetime) -> Step[str]:
    case = facts.case
    if case.state is CaseState.MERGED and act.id != common_acts.UNMERGE:
        raise Conflict("cases.merged", case=case.number)
    if act.id == common_acts.UNMERGE and case.state is not CaseState.MERGED:
        raise Conflict("cases.not_merged", case=case.number)
    # What is missing is named together with all else that is wrong, by its field.
    made = workflow_of(facts.kind).step(act.id, facts, actor, now, {**words, **dict.fromkeys(act.needs, "-")})
    read = read_given(facts.kind, act, act.id, words, case.values, not case.can_be_told)
    require_guards(act, facts, actor, read, now)
    require_there(tx, facts, act, read, actor, now)
    return Step(made.act, stage_of(case, facts.kind), made.after, made.by, made.at, read)


def _detail(before: ServiceCase, after: ServiceCase, step: Step[str]) -> str:
    """Without words that may tell of the customer, but for what came of it."""
    if before.state is not after.state and after.state is CaseState.CLOSED:
        return after.result[:_LONGEST_AUDIT]
    to = step.given.get(given.DEPARTMENT) or step.given.get(given.TO) or ""
    return " ".join(each for each in (step.act, to) if each)
