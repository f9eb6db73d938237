"""The result of a visit ends its case's step: it goes on, or one step back where the customer is not satisfied (D1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.given import CALL, REASON
from hotline.domain.cases.kind import CaseAct, Guard, Kind
from hotline.domain.cases.process import stage_of
from hotline.domain.cases.severity import severity
from hotline.domain.people import Actor
from hotline.domain.rights.given import JOBS
from hotline.domain.visits.visit import Ending, Origin, Satisfaction, Visit, VisitState, VisitWay
from hotline.services.cases.acting import act_on
from hotline.services.cases.attaching import written_call
from hotline.services.cases.kinds import kind_of
from hotline.settings import Settings
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Transaction

#: The step back of a kind whose customer is not satisfied; of older versions of kinds `reopen` is.
NOT_SATISFIED = "not_satisfied"
_REOPEN = "reopen"

_WAYS = {VisitWay.CALL: "phone", VisitWay.SMS: "sms", VisitWay.MAIL: "mail", VisitWay.ON_SITE: "in_person"}
_RESULTS = {
    Satisfaction.SATISFIED: ("satisfied",),
    Satisfaction.SO_SO: ("so_so", "accepts"),
    Satisfaction.NOT_SATISFIED: ("not_satisfied",),
}


def visiting_act(kind: Kind) -> CaseAct | None:
    """The act with which the visit of such a case is made; None: its kind has no step for it."""
    acts = (each for each in kind.acts if Guard.NOT_HANDLER in each.guards and not each.back)
    return next(acts, None)


def waits_for_visit(case: ServiceCase, kind: Kind) -> bool:
    """The customer was told, and the visit comes next."""
    act = visiting_act(kind)
    return act is not None and case.state is CaseState.OPEN and stage_of(case, kind) in act.before


def end_case_step(tx: Transaction, settings: Settings, visit: Visit, actor: Actor, now: datetime) -> None:
    """`visit`: as it was closed. Who was not satisfied with what is closed already has it begun again."""
    if visit.origin is not Origin.CASE or visit.subject_id is None or visit.ending is Ending.NOT_OWED:
        return
    case = CaseStore(tx).by_id(visit.subject_id)
    if case is None or case.state is CaseState.MERGED:
        return
    kind = kind_of(tx, case)
    unhappy = visit.result is Satisfaction.NOT_SATISFIED
    back = kind.act(NOT_SATISFIED)
    if unhappy and back is not None and stage_of(case, kind) in back.before:
        _weigh_double(tx, _do(tx, settings, case, back, _given(visit, kind, back), actor, now))
        return
    if waits_for_visit(case, kind):
        act = visiting_act(kind)
        assert act is not None
        case = _do(tx, settings, case, act, _given(visit, kind, act), actor, now)
    again = kind.act(_REOPEN)
    if unhappy and again is not None and stage_of(case, kind) in again.before:
        _weigh_double(tx, _do(tx, settings, case, again, _given(visit, kind, again), actor, now))


def _weigh_double(tx: Transaction, case: ServiceCase) -> None:
    """D6: what was not settled weighs as what comes again."""
    repeats = case.repeats + 1
    found = severity(case.demand, case.loss, case.spread, repeats)
    CaseStore(tx).save(replace(case, repeats=repeats, severity=found.value if found else case.severity), case.revision)


def _do(
    tx: Transaction,
    settings: Settings,
    case: ServiceCase,
    act: CaseAct,
    given: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> ServiceCase:
    """What follows from a visit follows whatever else its visitor may do to cases: under their name, by the right of
    what is done by itself."""
    return act_on(tx, settings, case, act.id, given, Actor(actor.name, JOBS, actor.display_name), now)


def _given(visit: Visit, kind: Kind, act: CaseAct) -> dict[str, str]:
    """What the act asks for or takes, by its name."""
    content = visit.content or visit.with_what or "-"
    known = {
        "visit_way": _choice(kind, "visit_way", _WAYS.get(visit.way, "phone"), "phone"),
        "visit_content": content,
        "visit_problems": visit.problems or visit.with_what,
        "visit_result": _choice(kind, "visit_result", *_results(visit), "not_reached"),
        REASON: visit.with_what or content,
        CALL: written_call(visit.node, visit.linkedid) if visit.linkedid else "",
    }
    return {name: known[name] for name in (*act.needs, *act.takes) if known.get(name)}


def _results(visit: Visit) -> tuple[str, ...]:
    if visit.result is not None:
        return _RESULTS[visit.result]
    not_wanted = visit.state is VisitState.DROPPED or visit.ending is Ending.REFUSED
    return ("refused",) if not_wanted else ("not_reached",)


def _choice(kind: Kind, field: str, *wanted: str) -> str:
    """The first that the kind's version knows."""
    known = kind.field(field)
    return next((each for each in wanted if known is None or each in known.choices), wanted[-1])
