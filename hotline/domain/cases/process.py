"""A case on its kind's way: where it stands, what may be done to it, and what must be so before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hotline.domain.cases import common_acts
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.domain.cases.common_acts import COMMON, common_act
from hotline.domain.cases.given import CHECK_ITEM, CHOSEN
from hotline.domain.cases.kind import OPEN, CaseAct, Kind
from hotline.domain.cases.severity import Severity
from hotline.domain.errors import Forbidden
from hotline.domain.people import Actor
from hotline.domain.reasons import because
from hotline.domain.rights.acts import Tie, may
from hotline.domain.workflow import Transition, Workflow

_DECIDED = (common_acts.GRANT_EXTENSION, common_acts.REFUSE_EXTENSION)

#: What may still be written to a case that is closed.
_EVER = frozenset({common_acts.REMARK, common_acts.ATTACH_CALL, common_acts.CUSTOMER_ASKS, common_acts.CUSTOMER_SAYS})

#: The act by which the customer says no to what was approved.
REFUSED_BY_CUSTOMER = "refuse_solution"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of a case when somebody wants to do something to it. `kind`: in the version of the case. `ties`: of
    who acts. `handlers`: user names of all who handled it or its calls (E5). `is_leader`: the settings name who acts as
    a leader, or as acting for one."""

    case: ServiceCase
    kind: Kind
    steps: Sequence[CaseStep]
    ties: frozenset[Tie] = frozenset()
    handlers: frozenset[str] = frozenset()
    is_leader: bool = False


def stage_of(case: ServiceCase, kind: Kind) -> str:
    """A stage that its version does not know, or none, is the first one; of a closed case the first that is closed: no
    case is stranded."""
    if kind.stage(case.stage) is not None:
        return case.stage
    closed = next(each.id for each in kind.stages if each.closed)
    return closed if case.state is CaseState.CLOSED else kind.begins


def act_of(kind: Kind, act_id: str) -> CaseAct | None:
    return kind.act(act_id) or common_act(act_id)


@lru_cache(maxsize=256)
def workflow_of(kind: Kind) -> Workflow[str, CaseFacts]:
    """Of this version. What every kind's cases take stands in it too."""
    open_stages = frozenset(each.id for each in kind.stages if not each.closed)
    all_stages = frozenset(each.id for each in kind.stages)
    own = [_transition(each, each.before) for each in kind.acts]
    common = [_transition(each, all_stages if each.id in _EVER else open_stages) for each in COMMON]
    return Workflow(OPEN, kind.begins, lambda facts: stage_of(facts.case, facts.kind), *own, *common)


def _transition(act: CaseAct, before: frozenset[str]) -> Transition[str, CaseFacts]:
    def allowed(facts: CaseFacts, actor: Actor) -> None:
        if not is_allowed(act, facts, actor):
            raise Forbidden("cases.not_yours")

    needs = {name: because("cases.needs", what=name) for name in act.needs}
    return Transition(act.id, before, act.after, allowed, because("cases.not_now"), needs)


def is_allowed(act: CaseAct, facts: CaseFacts, actor: Actor) -> bool:
    """By the table of rights; nobody does anything to a complaint about themselves."""
    return facts.case.about != actor.name and may(act.right, actor.roles, facts.ties)


def acts_now(facts: CaseFacts, actor: Actor) -> list[CaseAct]:
    """What this person may do to it as it stands, in the order of the definition. Guards of what is given with it are
    looked at when it is done."""
    if facts.case.state is CaseState.MERGED:
        undo = common_act(common_acts.UNMERGE)
        return [undo] if undo is not None and is_allowed(undo, facts, actor) else []
    stage, closed = stage_of(facts.case, facts.kind), facts.case.state is CaseState.CLOSED
    own = [each for each in facts.kind.acts if stage in each.before]
    common = [each for each in COMMON if each.id in _EVER or not closed]
    return [each for each in (*own, *common) if is_allowed(each, facts, actor) and _fits(each, facts)]


def _fits(act: CaseAct, facts: CaseFacts) -> bool:
    """Whether there is something that it could be done to."""
    waits, offered = bool(facts.case.waiting), bool(facts.case.offered_to)
    fits = {
        common_acts.WAIT: not waits,
        common_acts.GO_ON: waits,
        common_acts.OFFER: not offered,
        common_acts.ACCEPT_OFFER: offered,
        common_acts.DECLINE_OFFER: offered,
        common_acts.GRANT_EXTENSION: asked_extension(facts.steps) is not None,
        common_acts.REFUSE_EXTENSION: asked_extension(facts.steps) is not None,
        common_acts.RULE: in_dispute(facts.steps),
        common_acts.DISPUTE: not in_dispute(facts.steps),
        common_acts.CHECK_OFF: bool(left_to_check(facts)),
        common_acts.UNMERGE: False,
    }
    return fits.get(act.id, True)


@dataclass(frozen=True, slots=True)
class Extension:
    """More time that was asked for. `decided`: how and why; None while nobody has."""

    asked: CaseStep
    decided: CaseStep | None

    @property
    def granted(self) -> bool:
        return self.decided is not None and self.decided.act == common_acts.GRANT_EXTENSION


def last_extension(steps: Sequence[CaseStep]) -> Extension | None:
    """The one that was asked for last."""
    places = [place for place, each in enumerate(steps) if each.act == common_acts.ASK_EXTENSION]
    if not places:
        return None
    decided = (each for each in steps[places[-1] :] if each.act in _DECIDED)
    return Extension(steps[places[-1]], next(decided, None))


def asked_extension(steps: Sequence[CaseStep]) -> CaseStep | None:
    """The extension that was asked for and awaits its answer."""
    last = last_extension(steps)
    return last.asked if last is not None and last.decided is None else None


def decided_extension(steps: Sequence[CaseStep]) -> CaseStep | None:
    """The extension that was decided on last, as it was asked for."""
    last = last_extension(steps)
    return last.asked if last is not None and last.decided is not None else None


def in_dispute(steps: Sequence[CaseStep]) -> bool:
    last = next((each for each in reversed(steps) if each.act in (common_acts.DISPUTE, common_acts.RULE)), None)
    return last is not None and last.act == common_acts.DISPUTE


def solutions(steps: Sequence[CaseStep]) -> list[CaseStep]:
    """Proposed since the case was last begun anew, in order; they are known by their numbers, from 1."""
    return [each for each in _since_begun(steps) if each.given.get("solution") and each.act == "propose"]


def refused_solutions(steps: Sequence[CaseStep]) -> frozenset[int]:
    """The numbers of those that the customer refused: what comes next is another one (D1)."""
    refused, chosen = set(), ""
    for each in _since_begun(steps):
        chosen = each.given.get(CHOSEN, "") or chosen
        if each.act == REFUSED_BY_CUSTOMER and chosen.isdecimal():
            refused.add(int(chosen))
    return frozenset(refused)


def _since_begun(steps: Sequence[CaseStep]) -> Sequence[CaseStep]:
    since = max((place for place, each in enumerate(steps) if each.act == "reopen"), default=-1)
    return steps[since + 1 :]


def checked_off(steps: Sequence[CaseStep]) -> dict[int, CaseStep]:
    """By its number, from 1: with which step an item of the checklist was done since the case was last begun anew."""
    done = [each for each in _since_begun(steps) if each.act == common_acts.CHECK_OFF]
    return {int(each.given[CHECK_ITEM]): each for each in reversed(done) if each.given.get(CHECK_ITEM, "").isdecimal()}


def left_to_check(facts: CaseFacts) -> list[int]:
    """Numbers of the items that a grave case has to begin with, and that nobody has done; none of another one."""
    if facts.case.severity != Severity.SEVERE:
        return []
    done = checked_off(facts.steps)
    return [item for item in range(1, len(facts.kind.checklist) + 1) if item not in done]


def last_given(steps: Sequence[CaseStep], name: str) -> str:
    return next((each.given[name] for each in reversed(steps) if each.given.get(name)), "")


def values_after(case: ServiceCase, kind: Kind, given: Mapping[str, str]) -> dict[str, str]:
    """The kind's fields with what was given last."""
    return {**case.values, **{each.id: given[each.id] for each in kind.fields if given.get(each.id)}}
