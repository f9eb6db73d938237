"""What those outside the hotline are told of a case, and what is asked of its department."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.cases.by_phone import Heard
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.domain.cases.common_acts import GRANT_EXTENSION, REFUSE_EXTENSION, RULE, SUPERVISE, URGE, common_act
from hotline.domain.cases.given import CHOSEN, NOTE, REASON, SOLUTION
from hotline.domain.cases.kind import WHO, CaseAct, FieldType, Kind
from hotline.domain.cases.process import REFUSED_BY_CUSTOMER, Extension, last_extension, last_given, solutions, stage_of
from hotline.domain.rights.acts import Act

#: The customer's word on a solution that was approved.
ACCEPT, REFUSE = "accept", REFUSED_BY_CUSTOMER
#: A department sends the case back.
RETURN = "return"

#: Stages of the shipped kinds in which what was to be done is done.
_DONE = frozenset(
    {
        "carried_out",
        "finished",
        "told",
        "visited",
        "summed_up",
        "shipped",
        "delivered",
        "settled",
        "corrected",
        "prevented",
    }
)

#: Of the acts of every kind those whose words the department reads.
_BETWEEN = frozenset({URGE, SUPERVISE, RULE, GRANT_EXTENSION, REFUSE_EXTENSION})


@dataclass(frozen=True, slots=True)
class SaidStep:
    """Words that were written with a step: `act` in words, "" where they speak for themselves. `theirs`: the
    customer's own."""

    at: datetime
    act: str
    text: str
    theirs: bool = False


def heard_of(case: ServiceCase, kind: Kind) -> Heard:
    """How it stands, in the few words that customers hear."""
    stage = stage_of(case, kind)
    stands = (
        (case.state is CaseState.CLOSED, Heard.CLOSED),
        (bool(case.waiting), Heard.WAITING),
        (awaits_consent(case, kind), Heard.PROPOSED),
        (stage in _DONE, Heard.CARRIED_OUT),
        (stage == kind.begins, Heard.RECEIVED),
    )
    return next((heard for holds, heard in stands if holds), Heard.LOOKED_INTO)


def awaits_consent(case: ServiceCase, kind: Kind) -> bool:
    """A solution is approved, and the customer's word on it is wanted."""
    act = kind.act(ACCEPT)
    return case.state is CaseState.OPEN and act is not None and stage_of(case, kind) in act.before


def chosen_solution(case: ServiceCase, kind: Kind, steps: Sequence[CaseStep]) -> str:
    """What the customer is asked about, or has accepted; "" before one was chosen, or for another one."""
    act = kind.act(ACCEPT)
    if act is None or stage_of(case, kind) not in {*act.before, act.after}:
        return ""
    proposed, chosen = solutions(steps), last_given(steps, CHOSEN)
    return proposed[int(chosen) - 1].given[SOLUTION] if chosen and int(chosen) <= len(proposed) else ""


def told_customer(kind: Kind, steps: Sequence[CaseStep], by_customer: str, language: str) -> Iterator[SaidStep]:
    """What the customer was told, and what they wrote (steps `by_customer`), in order. Words that we write for
    ourselves are not among them."""
    for step in steps:
        if step.by == by_customer:
            yield from (SaidStep(step.at, "", text, True) for text in _given(step, (NOTE, REASON)))
            continue
        act = kind.act(step.act) or common_act(step.act)
        if act is not None and act.tells:
            labels = {each.id: each.label.said(language) for each in kind.fields}
            for name in act.needs:
                if step.given.get(name) and (name == NOTE or name in labels):
                    said = step.given[name] if name == NOTE else f"{labels[name]}: {step.given[name]}"
                    yield SaidStep(step.at, "", said)


def said_to_department(kind: Kind, steps: Sequence[CaseStep], language: str) -> Iterator[SaidStep]:
    """What was written about the department's part since it was handed to one, the newest first."""
    begun = next((place for place, each in enumerate(steps) if _assigns(kind, each)), len(steps))
    for step in reversed(steps[begun:]):
        act = kind.act(step.act) or common_act(step.act)
        if act is not None and (act.assigns or act.back or act.id in _BETWEEN):
            for text in _given(step, (NOTE, REASON)):
                yield SaidStep(step.at, act.words.said(language), text)


def extension_of_department(kind: Kind, steps: Sequence[CaseStep]) -> Extension | None:
    """The last one that was asked for since the case was handed to a department."""
    places = [place for place, each in enumerate(steps) if _assigns(kind, each)]
    return last_extension(steps[places[-1] :]) if places else None


def asked_of_department(case: ServiceCase, kind: Kind) -> tuple[CaseAct, ...]:
    """The acts that are a department's answer as it stands, in order: the next one, and the proposal after it."""
    first = next(iter(_department_acts(kind, stage_of(case, kind))), None)
    if first is None or case.state is not CaseState.OPEN:
        return ()
    then = next((each for each in _department_acts(kind, first.after or "") if SOLUTION in each.needs), None)
    proposes_then = then is not None and SOLUTION not in first.needs
    return (first, then) if then is not None and proposes_then else (first,)


def awaits_department(case: ServiceCase, kind: Kind) -> bool:
    """It is the department's turn: not where it may propose still more."""
    return any(each.after != stage_of(case, kind) for each in asked_of_department(case, kind))


def returns(case: ServiceCase, kind: Kind) -> bool:
    """Whether the department may send it back as it stands."""
    act = kind.act(RETURN)
    return case.state is CaseState.OPEN and act is not None and stage_of(case, kind) in act.before


def facts_for_department(case: ServiceCase, kind: Kind, language: str, by_link: bool) -> list[tuple[str, str]]:
    """The kind's fields, with their labels; behind a link without who the customer is."""
    found = []
    for field in kind.fields:
        value = case.values.get(field.id, "")
        hidden = field.type is FieldType.PHONE or (by_link and field.id in WHO)
        if value and not hidden:
            choice = field.choices.get(value)
            found.append((field.label.said(language), choice.said(language) if choice else value))
    return found


def _department_acts(kind: Kind, stage: str) -> Iterator[CaseAct]:
    for act in kind.acts:
        if act.right is Act.WORK_ON_CASE and not act.back and stage in act.before:
            yield act


def _assigns(kind: Kind, step: CaseStep) -> bool:
    act = kind.act(step.act)
    return act is not None and act.assigns


def _given(step: CaseStep, names: Sequence[str]) -> Iterator[str]:
    return (step.given[name] for name in names if step.given.get(name))
