"""One visit as whoever looks may see it: whom it is of and why, what is said and asked, its tries, its recording, and
what they may do with it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.cases.case import ServiceCase
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason, because
from hotline.domain.rights.acts import Act, may
from hotline.domain.rights.seeing import may_see
from hotline.domain.visits.questions import Script
from hotline.domain.visits.visit import VISIT, VISIT_CLOCK, Origin, Visit
from hotline.domain.workflow import Step
from hotline.services.access import recordings_heard
from hotline.services.cases.kinds import kinds_in_force
from hotline.services.cases.view import CaseView, case_view
from hotline.services.deadlines.view import ShownDeadline, shown_deadlines
from hotline.services.dialling.permission import will_of
from hotline.services.looks import note_look
from hotline.services.record_rights import ties_to_case
from hotline.services.sight import sight_of
from hotline.services.visits.interest import interested
from hotline.services.visits.planning import people_of
from hotline.services.visits.questions import script_of
from hotline.services.visits.rights import may_for_visit, read_visit, require_for_visit, ties_to_visit
from hotline.services.visits.view import TryOfVisit, VisitView, try_view, visit_view
from hotline.services.visits.visitors import may_visit
from hotline.services.workflow_view import StepView, step_view
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.visits.store import VisitTryStore
from hotline.storage.workflow import StepStore


@dataclass(frozen=True, slots=True)
class SeenVisit:
    """`case`: what it is about, where they may read it. `opened_case`: what its problems led to. `call_id`: of the call
    that it was made by, in the ledger; `recordings`: of it, those that they may hear. `may_do`: acts by name.
    `why_not`: why they may not make it (E5), or why it is not dialled (E3, E10); None: nothing stands against it.
    `people`: user name and name of those to whom it may be given. `kinds`: of cases that they
    may open of its problems."""

    visit: VisitView
    script: Script
    deadline: ShownDeadline | None
    steps: Sequence[StepView]
    tries: Sequence[TryOfVisit]
    case: CaseView | None
    opened_case: CaseView | None
    call_id: int | None
    recordings: Sequence[int]
    may_do: frozenset[str]
    may_reveal: bool
    why_not: Reason | None
    people: Sequence[tuple[str, str]]
    kinds: Sequence[str]


def see_visit(
    storage: Storage, settings: Settings, visit_id: int, actor: Actor, now: datetime, revealed: bool = False
) -> SeenVisit:
    """`revealed`: they had its number shown. The look stands in the audit log (F8). Raises NotFound, Forbidden."""
    with storage.reading() as tx:
        visit = read_visit(tx, visit_id, actor)
        require_for_visit(tx, Act.SEE_VISITS, visit, actor, now)
        seen = _seen(tx, settings, visit, actor, now, revealed)
    note_look(storage, actor, now, "visit.view", f"{VISIT}:{visit_id}")
    return seen


def _seen(tx: Transaction, settings: Settings, visit: Visit, actor: Actor, now: datetime, revealed: bool) -> SeenVisit:
    visit_id, whole = visit.id or 0, revealed or may(Act.SEE_NUMBERS, actor.roles)
    may_do = may_for_visit(tx, visit, actor, now)
    opens = may(Act.OPEN_VISIT_CASE, actor.roles, ties_to_visit(tx, visit, actor, now))
    barred = interested(tx, visit, now) if visit.is_open else frozenset()
    if actor.name in barred:
        may_do -= {Act.SEND_VISIT_LINK}
    steps: list[Step[str]] = StepStore(tx).of(VISIT, [visit_id], str).get(visit_id, [])
    sees = whole or not visit.number
    call_id = CallStore(tx).id_of(visit.node, visit.linkedid) if visit.linkedid else None
    return SeenVisit(
        visit_view(visit, whole),
        script_of(tx, visit),
        shown_deadlines(tx, settings, VISIT_CLOCK, {visit_id: visit.due_at}, now).get(visit_id),
        [step_view(each) for each in steps],
        [try_view(each) for each in VisitTryStore(tx).of([visit_id]).get(visit_id, [])],
        _case(tx, visit.subject_id if visit.origin is Origin.CASE else None, actor, whole),
        _case(tx, visit.opened_case_id, actor, whole),
        call_id,
        recordings_heard(tx, call_id, actor) if call_id is not None else [],
        frozenset(each.value for each in may_do),
        visit.is_open and not sees and may_see(sight_of(tx, actor), visit.number),
        _why_not(tx, visit, actor, barred),
        _people(tx, barred, actor, now) if Act.ASSIGN_VISIT in may_do else [],
        list(kinds_in_force(tx, now)) if opens else [],
    )


def _why_not(tx: Transaction, visit: Visit, actor: Actor, barred: frozenset[str]) -> Reason | None:
    if not visit.is_open:
        return None
    if actor.name in barred:
        return because("visits.interested")
    return will_of(people_of(tx, visit)).against if visit.way.value == "call" else None


def _case(tx: Transaction, case_id: int | None, actor: Actor, whole: bool) -> CaseView | None:
    case = CaseStore(tx).by_id(case_id) if case_id is not None else None
    return case_view(case, whole) if case is not None and _reads(case, actor) else None


def _reads(case: ServiceCase, actor: Actor) -> bool:
    return case.about != actor.name and may(Act.READ_CASES, actor.roles, ties_to_case(case, actor))


def _people(tx: Transaction, barred: frozenset[str], actor: Actor, now: datetime) -> list[tuple[str, str]]:
    """Of a leader, those whom they lead."""
    all_of_them = may(Act.ASSIGN_VISIT, actor.roles)
    there = (each for each in UserStore(tx).all() if each.may_enter(now) and may_visit(each))
    return sorted(
        (each.username, each.display_name)
        for each in there
        if each.username not in barred and (all_of_them or each.username in actor.led.usernames)
    )
