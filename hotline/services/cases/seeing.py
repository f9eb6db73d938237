"""One case as whoever looks may see it: its steps, its clocks, its calls, and what they may do with it now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.clock_names import ALL, short_name
from hotline.domain.cases.clocks import rules_of
from hotline.domain.cases.kind import CaseAct, Kind, Stage
from hotline.domain.cases.process import CaseFacts, acts_now, checked_off, refused_solutions, solutions, stage_of
from hotline.domain.directory.directory import DirectoryMatch
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.services.access import require_led
from hotline.services.attachments.attachments import Attachments, attachments_of
from hotline.services.cases.facts import CASE, facts_of, read_theirs, steps_of
from hotline.services.cases.merging import family
from hotline.services.cases.same import duplicates_of
from hotline.services.cases.view import CaseView, case_view
from hotline.services.cases.whose_it_is import responsible
from hotline.services.deadlines.view import ShownDeadline, shown_deadlines
from hotline.services.looks import note_look
from hotline.services.workflow_view import StepView, step_view
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.calls import CaseCall, CaseCallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class SeenStep:
    """A step, of the case itself or of one that goes on within it."""

    case: str
    step: StepView


@dataclass(frozen=True, slots=True)
class SeenAct:
    """What may be done now: `required` must be given with it, `may_give` may."""

    act: CaseAct
    required: tuple[str, ...]
    may_give: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenCall:
    """`call_id`: None when the ledger does not hold it any more."""

    call: CaseCall
    call_id: int | None


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case, and what whoever looks may do with it. `may_reveal`: there is a number that they see masked. `acts`: what
    they may do now, each with what it needs. `checked`: by its number, from 1, with which step an item of the checklist
    was done. `clocks`: all that it has or had. `merged`: those that go on within it;
    `duplicates`: open ones of the same. `responsible`: who answers for its subject in its region, by the directory.
    `department`: the name of the one that has it, "" for none."""

    case: CaseView
    kind: Kind
    stage: Stage
    steps: Sequence[SeenStep]
    clocks: Sequence[ShownDeadline]
    acts: Sequence[SeenAct]
    calls: Sequence[SeenCall]
    attachments: Attachments
    solutions: Sequence[StepView]
    refused: frozenset[int]
    checked: Mapping[int, StepView]
    children: Sequence[CaseView]
    merged: Sequence[CaseView]
    duplicates: Sequence[CaseView]
    responsible: Sequence[DirectoryMatch]
    department: str
    may_close: bool
    may_reveal: bool


def see_case(
    storage: Storage, settings: Settings, case_id: int, actor: Actor, now: datetime, revealed: bool = False
) -> SeenCase:
    """`revealed`: they had its number shown by `reveal_number`. The look stands in the audit log (F8). Raises NotFound
    (of a complaint about whoever looks too), Forbidden for who leads others' people alone."""
    with storage.reading() as tx:
        case = read_theirs(tx, case_id, actor)
        facts = facts_of(tx, settings, case, actor, now)
        require_led(Act.READ_CASES, actor, facts.ties)
        seen = _seen(tx, settings, facts, actor, now, revealed)
    note_look(storage, actor, now, "case.view", f"case:{case.number}")
    return seen


def _seen(
    tx: Transaction, settings: Settings, facts: CaseFacts, actor: Actor, now: datetime, revealed: bool
) -> SeenCase:
    case, whole = facts.case, revealed or may(Act.SEE_NUMBERS, actor.roles)
    related = family(tx, case)
    acts = acts_now(facts, actor)
    department = StaffStore(tx).department(case.department_id) if case.department_id is not None else None
    stage = facts.kind.stage(stage_of(case, facts.kind))
    assert stage is not None
    own = case.state is CaseState.OPEN and may(Act.CLOSE_CASE, actor.roles, facts.ties)
    return SeenCase(
        case=case_view(case, whole),
        kind=facts.kind,
        stage=stage,
        steps=_steps(tx, related),
        clocks=shown_clocks(tx, settings, case, facts.kind, now),
        acts=[seen_act(facts.kind, each, not case.can_be_told) for each in acts],
        calls=_calls(tx, related),
        attachments=attachments_of(tx, CASE, case.id or 0, actor, now),
        solutions=[step_view(each) for each in solutions(facts.steps)],
        refused=refused_solutions(facts.steps),
        checked={item: step_view(each) for item, each in checked_off(facts.steps).items()},
        children=_views(CaseStore(tx).children(case.id or 0), whole, actor),
        merged=_views(related[1:], whole, actor),
        duplicates=_views(duplicates_of(tx, settings, case, now), whole, actor),
        responsible=responsible(tx, case) if case.state is CaseState.OPEN else (),
        department=department.name if department is not None else "",
        may_close=own and any(_closes(facts.kind, each) for each in acts),
        may_reveal=own and bool(case.caller_number) and not whole,
    )


def seen_act(kind: Kind, act: CaseAct, nobody: bool) -> SeenAct:
    asked = tuple(dict.fromkeys((*act.needs, *kind.required_with(act.id, nobody))))
    return SeenAct(act, asked, tuple(each for each in act.takes if each not in asked))


def shown_clocks(
    tx: Transaction, settings: Settings, case: ServiceCase, kind: Kind, now: datetime
) -> list[ShownDeadline]:
    """The first due first, what is done last; each of the rule that the kind says."""
    case_id, rules = case.id or 0, rules_of(case, kind)
    found = [shown_deadlines(tx, settings, clock, {case_id: None}, now).get(case_id) for clock in ALL]
    there = [replace(each, rule=rules.get(short_name(each.clock), each.rule)) for each in found if each is not None]
    return sorted(there, key=lambda each: (each.stopped_at is not None, each.due_at is None, each.due_at or now))


def _closes(kind: Kind, act: CaseAct) -> bool:
    stage = kind.stage(act.after) if act.after is not None else None
    return stage is not None and stage.closed


def _steps(tx: Transaction, related: Sequence[ServiceCase]) -> list[SeenStep]:
    found = [SeenStep(each.number, step_view(step)) for each in related for step in steps_of(tx, each)]
    return sorted(found, key=lambda each: each.step.at)


def _calls(tx: Transaction, related: Sequence[ServiceCase]) -> list[SeenCall]:
    found = CaseCallStore(tx).of([each.id or 0 for each in related])
    known = CallStore(tx).ids_by_call((each.node, each.linkedid) for each in found)
    return [SeenCall(each, known.get((each.node, each.linkedid))) for each in found]


def _views(cases: Sequence[ServiceCase], whole: bool, actor: Actor) -> list[CaseView]:
    return [case_view(each, whole) for each in cases if not each.about or each.about != actor.name]
