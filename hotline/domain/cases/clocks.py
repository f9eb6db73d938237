"""How the clocks of a case must stand, by what was done to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.domain.cases import common_acts
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.given import CLOCK, DUE_AT, MORE, NEXT_WORD_AT
from hotline.domain.cases.kind import CaseClock, Kind
from hotline.domain.deadlines.term import Agreed, CalendarDays, Term, Within, WorkingDays
from hotline.domain.workflow import Step

CaseStep = Step[str]


@dataclass(frozen=True, slots=True)
class ClockWanted:
    """From when on, by which term, and when it was done; None while it is open."""

    started_at: datetime
    term: Term
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """Of the clocks that every case has. `answer_from`: when the call of the unsolved record began from which the case
    was opened (B5)."""

    next_word: Term
    answer: Term
    ruling: Term
    answer_from: datetime | None = None


def clocks_of(
    case: ServiceCase, kind: Kind, steps: Sequence[CaseStep], terms: OwnTerms, merged: Sequence[Sequence[CaseStep]] = ()
) -> dict[str, ClockWanted]:
    """By short name; a clock that is not there does not run. `merged`: the steps of those that go on within this one:
    what began earlier there began earlier here."""
    found = {
        each.name: wanted
        for each in kind.clocks
        if _concerns(each, case) and (wanted := _by_acts(each, steps, merged)) is not None
    }
    tells = {each.id for each in kind.acts if each.tells}
    found |= dict(_own(steps, terms, tells))
    return {name: _ended(_extended(name, wanted, steps), case) for name, wanted in found.items()}


def rules_of(case: ServiceCase, kind: Kind) -> dict[str, str]:
    """The rule of each clock that such a case has by its kind, by short name: one name may be of another rule with each
    kind (a solution is D2's for a complaint, D3's for an enquiry)."""
    return {each.name: each.rule for each in kind.clocks if _concerns(each, case)}


def _concerns(clock: CaseClock, case: ServiceCase) -> bool:
    chosen = (
        (clock.priority, case.priority.value),
        (clock.complexity, case.complexity.value),
        (clock.channel, case.channel.value),
    )
    return all(not wanted or value in wanted for wanted, value in chosen) and all(
        case.values.get(each, "") in wanted for each, wanted in clock.values.items()
    )


def _by_acts(clock: CaseClock, steps: Sequence[CaseStep], merged: Sequence[Sequence[CaseStep]]) -> ClockWanted | None:
    begun = [each for each in steps if each.act in clock.starts and (not clock.until or each.given.get(clock.until))]
    if not begun:
        return None
    first = begun[-1] if clock.latest else begun[0]
    earlier = [each.at for theirs in merged for each in theirs if each.act in clock.starts and not clock.latest]
    done: datetime | None = None
    for step in steps[steps.index(first) :]:
        if step.act in clock.ends and done is None and step is not first:
            done = step.at
        elif step.act in clock.reopens:
            done = None
    return ClockWanted(min([first.at, *earlier]), _term(clock, first), done)


def _term(clock: CaseClock, began: CaseStep) -> Term:
    """A department that gave its own time has that; what was agreed with the customer is kept as agreed."""
    if clock.term is None:
        return Agreed(datetime.fromisoformat(began.given[clock.until]))
    own = _moment(began.given.get(DUE_AT, "")) if clock.latest else None
    return Agreed(own) if own is not None and own > began.at else clock.term


def _own(steps: Sequence[CaseStep], terms: OwnTerms, tells: set[str]) -> Iterator[tuple[str, ClockWanted]]:
    told = [each for each in steps if each.before is None or each.act in tells or each.act in _SPOKEN]
    if told:
        agreed = _moment(told[-1].given.get(NEXT_WORD_AT, ""))
        yield "next_word", ClockWanted(told[-1].at, Agreed(agreed) if agreed else terms.next_word)
    if terms.answer_from is not None:
        answered = next((each.at for each in steps if each.act in tells or each.act == common_acts.CONTACT), None)
        yield "answer", ClockWanted(terms.answer_from, terms.answer, answered)
    disputes = [each for each in steps if each.act in (common_acts.DISPUTE, common_acts.RULE)]
    if disputes:
        asked = [each for each in disputes if each.act == common_acts.DISPUTE][-1]
        ruled = disputes[-1].at if disputes[-1].act == common_acts.RULE else None
        yield "ruling", ClockWanted(asked.at, terms.ruling, ruled)


#: After these the customer has heard from us.
_SPOKEN = frozenset({common_acts.CONTACT, common_acts.CUSTOMER_ASKS})


def _extended(name: str, wanted: ClockWanted, steps: Sequence[CaseStep]) -> ClockWanted:
    """With each extension that was granted, added to the term: what was waited counts as before."""
    more, asked = 0, None
    for step in steps:
        if step.act == common_acts.ASK_EXTENSION:
            asked = step if step.given.get(CLOCK) == name and step.at >= wanted.started_at else None
        elif step.act == common_acts.GRANT_EXTENSION and asked is not None:
            more, asked = more + int(asked.given[MORE]), None
        elif step.act == common_acts.REFUSE_EXTENSION:
            asked = None
    return replace(wanted, term=longer(wanted.term, more)) if more else wanted


def longer(term: Term, more: int) -> Term:
    """By so many hours, or days where it counts days."""
    match term:
        case Within():
            return replace(term, amount=term.amount + timedelta(hours=more))
        case WorkingDays() | CalendarDays():
            return replace(term, days=term.days + more)
        case Agreed():
            return replace(term, at=term.at + timedelta(hours=more))
        case _:
            return term


def _ended(wanted: ClockWanted, case: ServiceCase) -> ClockWanted:
    """Nothing runs on for what is closed, or goes on within another."""
    if case.state is CaseState.OPEN or wanted.done_at is not None or case.closed_at is None:
        return wanted
    return replace(wanted, done_at=case.closed_at)


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
