"""What an act makes of a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from hotline.domain.cases import common_acts, given
from hotline.domain.cases.case import CaseState, Complexity, Priority, ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.domain.cases.kind import CaseAct, Kind
from hotline.domain.cases.process import values_after
from hotline.domain.cases.severity import severity
from hotline.domain.people import Actor

#: How the words of a result are called where a kind has its own field for them.
_RESULTS = (given.RESULT, "statement", given.REASON, given.NOTE)


def case_after(case: ServiceCase, kind: Kind, act: CaseAct, step: CaseStep, actor: Actor) -> ServiceCase:
    """As it is once this step was done to it."""
    after = replace(case, stage=step.after, values=values_after(case, kind, step.given))
    after = _weighed(after, step.given)
    if act.assigns or act.id == common_acts.RULE:
        after = replace(after, department_id=int(step.given[given.DEPARTMENT]))
    if act.id == common_acts.RULE:
        after = replace(after, stage=_with_department(kind, after.stage))
    if act.after is not None:
        after = replace(after, waiting="")
    if act.id in _EFFECTS:
        after = _EFFECTS[act.id](after, step, actor)
    return _closed_or_open(case, after, kind, step)


def _weighed(case: ServiceCase, words: Mapping[str, str]) -> ServiceCase:
    """D6: spread never falls below what the channel says by itself."""
    demand, loss, spread = (
        int(words.get(name) or getattr(case, name)) for name in (given.DEMAND, given.LOSS, given.SPREAD)
    )
    found = severity(demand, loss, spread, case.repeats)
    return replace(
        case,
        demand=demand,
        loss=loss,
        spread=spread,
        severity=found.value if found else case.severity,
        priority=Priority(words.get(given.PRIORITY) or case.priority),
        complexity=Complexity(words.get(given.COMPLEXITY) or case.complexity),
    )


def _with_department(kind: Kind, stage: str) -> str:
    """A ruling binds: the case is with that department then."""
    return next((each.after for each in kind.acts if each.assigns and each.after and not each.back), stage)


def _closed_or_open(before: ServiceCase, after: ServiceCase, kind: Kind, step: CaseStep) -> ServiceCase:
    stage = kind.stage(after.stage)
    if stage is not None and stage.closed and before.state is CaseState.OPEN:
        result = next((step.given[each] for each in _RESULTS if step.given.get(each)), "")
        return replace(
            after,
            state=CaseState.CLOSED,
            closed_at=step.at,
            closed_by=step.by,
            result=result,
            waiting="",
            offered_to="",
            due_at=None,
        )
    if stage is not None and not stage.closed and before.state is CaseState.CLOSED:
        return replace(after, state=CaseState.OPEN, closed_at=None, closed_by="", result="")
    return after


def _wait(case: ServiceCase, step: CaseStep, actor: Actor) -> ServiceCase:
    return replace(case, waiting=step.given[given.REASON])


def _go_on(case: ServiceCase, step: CaseStep, actor: Actor) -> ServiceCase:
    return replace(case, waiting="")


def _asks(case: ServiceCase, step: CaseStep, actor: Actor) -> ServiceCase:
    """Whatever it waited for, the customer has spoken."""
    return replace(case, waiting="", asked_first=case.asked_first + (0 if case.waiting else 1))


def _offer(case: ServiceCase, step: CaseStep, actor: Actor) -> ServiceCase:
    return replace(case, offered_to=step.given[given.TO])


def _accept(case: ServiceCase, step: CaseStep, actor: Actor) -> ServiceCase:
    """B7: it is theirs from now on, not before."""
    return replace(case, owner=actor.name, offered_to="")


def _decline(case: ServiceCase, step: CaseStep, actor: Actor) -> ServiceCase:
    return replace(case, offered_to="")


def _give(case: ServiceCase, step: CaseStep, actor: Actor) -> ServiceCase:
    return replace(case, owner=step.given[given.TO], offered_to="")


_EFFECTS: Mapping[str, Callable[[ServiceCase, CaseStep, Actor], ServiceCase]] = {
    common_acts.WAIT: _wait,
    common_acts.GO_ON: _go_on,
    common_acts.CUSTOMER_ASKS: _asks,
    common_acts.OFFER: _offer,
    common_acts.ACCEPT_OFFER: _accept,
    common_acts.DECLINE_OFFER: _decline,
    common_acts.GIVE: _give,
    "to_leader": _give,
}
