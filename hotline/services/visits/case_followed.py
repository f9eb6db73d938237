"""What visits have of each step of a case: one is planned when the customer was told or the case is closed, and is owed
no more when the case is begun anew (D1, E7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.domain.cases.kind import Guard, Kind
from hotline.domain.cases.process import stage_of
from hotline.domain.people import Actor
from hotline.domain.rights.given import JOBS
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.record import ended
from hotline.domain.visits.visit import AGAIN, Ending, Origin, Satisfaction, Visit, VisitState, VisitWay
from hotline.services.cases.facts import steps_of
from hotline.services.cases.followed import CaseFollower
from hotline.services.cases.kinds import kind_of
from hotline.services.visits.asking import close
from hotline.services.visits.case_step import end_case_step, visiting_act, waits_for_visit
from hotline.services.visits.interest import interested
from hotline.services.visits.planning import BY_ITSELF, note, plan
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.calls import CaseCallStore
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore

_ITSELF = Actor(BY_ITSELF, JOBS, BY_ITSELF)

#: By the kinds' own words for a visit.
_RESULTS = {
    "satisfied": Satisfaction.SATISFIED,
    "accepts": Satisfaction.SO_SO,
    "so_so": Satisfaction.SO_SO,
    "not_satisfied": Satisfaction.NOT_SATISFIED,
}
_WAYS = {"phone": VisitWay.CALL, "sms": VisitWay.SMS, "mail": VisitWay.MAIL, "in_person": VisitWay.ON_SITE}


def follow(tx: Transaction, settings: Settings, case: ServiceCase, step: CaseStep, now: datetime) -> None:
    """`case`: as it is after the step, already written. Doing it again changes nothing."""
    kind = kind_of(tx, case)
    open_ones = [each for each in VisitStore(tx).of_subject(Origin.CASE, case.id or 0) if each.is_open]
    act = kind.act(step.act)
    if act is not None and Guard.NOT_HANDLER in act.guards:
        for each in open_ones:
            _made_by_hand(tx, settings, each, step, now)
        return
    reached = _reached(tx, case, kind)
    for each in open_ones:
        if not _still_owed(each, case, reached):
            close(tx, settings, each, ended(each, Ending.NOT_OWED, step.by, now), "drop", step.by, now)
        elif each.visitor and each.visitor in interested(tx, each, now):
            _take_away(tx, each, step.by, now)
    if reached is not None and settings.visits.enabled:
        _plan(tx, settings, case, kind, reached, now)


def _still_owed(visit: Visit, case: ServiceCase, reached: CaseStep | None) -> bool:
    """Who is asked once more (E9) is asked about what is closed: a word added to it, or a call, changes nothing."""
    if (visit.key or "").startswith(AGAIN) and case.state is CaseState.CLOSED:
        return True
    return reached is not None and visit.begins_at == reached.at


def _reached(tx: Transaction, case: ServiceCase, kind: Kind) -> CaseStep | None:
    """The step since which its customer is owed a visit; None: they are not."""
    if not case.can_be_told:
        return None
    waits = waits_for_visit(case, kind)
    closed = case.state is CaseState.CLOSED and visiting_act(kind) is None
    if not waits and not closed:
        return None
    stands = stage_of(case, kind)
    steps = steps_of(tx, case)
    return next((each for each in reversed(steps) if each.after == stands and each.before != stands), None)


def _plan(tx: Transaction, settings: Settings, case: ServiceCase, kind: Kind, reached: CaseStep, now: datetime) -> None:
    if kind.code in settings.visits.not_after:
        return
    before = VisitStore(tx).of_subject(Origin.CASE, case.id or 0)
    unhappy = [each for each in before if each.result is Satisfaction.NOT_SATISFIED]
    new = NewVisit(
        Origin.CASE,
        reached.at,
        case.id,
        purpose=case.title,
        customer_id=case.customer_id,
        number=case.caller_number,
        name=case.values.get("contact_person", ""),
        line=_line(tx, case),
        about=case.about,
        weight=2 * max((each.weight for each in unhappy), default=0) or 1,
        key=f"case:{case.id}:{reached.at.isoformat()}",
    )
    planned = plan(tx, settings, new, BY_ITSELF, now)
    if planned is not None and planned.state is VisitState.DROPPED:
        end_case_step(tx, settings, planned, _ITSELF, now)


def _made_by_hand(tx: Transaction, settings: Settings, visit: Visit, step: CaseStep, now: datetime) -> None:
    """Somebody wrote it into the case itself: that is its record."""
    given = step.given
    said = given.get("visit_result", "")
    ending = Ending.ANSWERED if said in _RESULTS else Ending.NOT_REACHED
    done = replace(
        ended(visit, ending, step.by, now, given.get("visit_content", "")),
        result=_RESULTS.get(said),
        problems=given.get("visit_problems", ""),
        way=_WAYS.get(given.get("visit_way", ""), visit.way),
        visitor=step.by,
    )
    close(tx, settings, visit, done, "record", step.by, now)


def _take_away(tx: Transaction, visit: Visit, by: str, now: datetime) -> None:
    """Its visitor had to do with it meanwhile (E5): somebody else gets it."""
    without = replace(visit, visitor="", assigned_at=None, call_at=None)
    if VisitStore(tx).save(without):
        note(tx, without, "take_away", visit.state, by, now)


def _line(tx: Transaction, case: ServiceCase) -> str:
    """The one on which they called first; "" for none."""
    calls: Sequence[tuple[str, str]] = [(each.node, each.linkedid) for each in CaseCallStore(tx).of([case.id or 0])]
    stored = CallStore(tx).get(*calls[0]) if calls else None
    return stored.line if stored is not None else ""


FOLLOWS = CaseFollower(follow)
