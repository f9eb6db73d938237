"""What must be so besides the right, before an act is done to a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from hotline.domain.calendar import local_day
from hotline.domain.cases.given import BY_PHONE, CALL, CHOSEN, PROOF, WAY, WAYS_TO_AGREE
from hotline.domain.cases.kind import CaseAct, Guard
from hotline.domain.cases.process import CaseFacts, refused_solutions, solutions
from hotline.domain.cases.severity import Severity
from hotline.domain.errors import Forbidden, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may

Given = Mapping[str, str]


def require_guards(act: CaseAct, facts: CaseFacts, actor: Actor, given: Given, now: datetime) -> None:
    """Raises Forbidden, Refused."""
    for guard in act.guards:
        _CHECKS[guard](facts, actor, given, now)


def _not_proposer(facts: CaseFacts, actor: Actor, given: Given, now: datetime) -> None:
    proposed = solutions(facts.steps)
    if any(each.by == actor.name for each in proposed):
        raise Forbidden("cases.proposed_by_you")


def _grave_by_leader(facts: CaseFacts, actor: Actor, given: Given, now: datetime) -> None:
    """D7. A complaint about somebody who supervises is grave too: services say so by its severity."""
    if facts.case.severity != Severity.SEVERE:
        return
    named = {Tie.NAMED} if facts.is_leader else set()
    if not may(Act.APPROVE_GRAVE, actor.roles, named):
        raise Forbidden("cases.grave_by_leader")


def _not_handler(facts: CaseFacts, actor: Actor, given: Given, now: datetime) -> None:
    """E5."""
    if actor.name in facts.handlers:
        raise Forbidden("cases.visited_by_handler")


def _no_contact(facts: CaseFacts, actor: Actor, given: Given, now: datetime) -> None:
    if facts.case.can_be_told:
        raise Refused("cases.can_be_told")


def _proof(facts: CaseFacts, actor: Actor, given: Given, now: datetime) -> None:
    """Whether call, link or file are there, services look."""
    way = given.get(WAY, "")
    if way not in WAYS_TO_AGREE:
        raise Refused("cases.way_to_agree", field=WAY)
    needed = CALL if way == BY_PHONE else PROOF
    if not given.get(needed, "").strip():
        raise Refused("cases.needs_proof", field=needed)


def _proposed(facts: CaseFacts, actor: Actor, given: Given, now: datetime) -> None:
    written, known = given.get(CHOSEN, ""), len(solutions(facts.steps))
    if not (written.isascii() and written.isdigit() and len(written) < 4 and 1 <= int(written) <= known):
        raise Refused("cases.no_such_solution", field=CHOSEN, count=known)
    if int(written) in refused_solutions(facts.steps):
        raise Refused("cases.solution_refused", field=CHOSEN)


def _in_window(facts: CaseFacts, actor: Actor, given: Given, now: datetime) -> None:
    """D11: the day of delivery is not counted."""
    written = given.get("delivered_on") or facts.case.values.get("delivered_on", "")
    days = facts.kind.return_days
    if days and written and (local_day(now) - date.fromisoformat(written)).days > days:
        raise Refused("cases.window_over", days=days)


_CHECKS: Mapping[Guard, Callable[[CaseFacts, Actor, Given, datetime], None]] = {
    Guard.NOT_PROPOSER: _not_proposer,
    Guard.GRAVE_BY_LEADER: _grave_by_leader,
    Guard.NOT_HANDLER: _not_handler,
    Guard.NO_CONTACT: _no_contact,
    Guard.PROOF: _proof,
    Guard.PROPOSED: _proposed,
    Guard.IN_WINDOW: _in_window,
}
