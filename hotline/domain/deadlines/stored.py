"""Terms and gaps as they are stored: JSON, a term with the version of its form."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any

from hotline.domain.deadlines.deadline import Gap
from hotline.domain.deadlines.term import Agreed, CalendarDays, Count, NextWorkingDay, Term, Within, WorkingDays

VERSION = 1


class UnknownTerm(ValueError):
    """What is stored is of a newer version, or no term."""


def term_text(term: Term) -> str:
    """One text for one term: two that are equal have the same."""
    return json.dumps({"v": VERSION, "kind": _KINDS[type(term)], **_told(term)}, sort_keys=True)


@lru_cache(maxsize=1024)
def term_of(text: str) -> Term:
    """Raises UnknownTerm."""
    try:
        stored = json.loads(text)
        if stored["v"] != VERSION:
            raise UnknownTerm(f"a term of version {VERSION} was expected: {text}")
        return _READ[stored["kind"]](stored)
    except (KeyError, TypeError) as error:
        raise UnknownTerm(f"this is no term: {text}") from error


def gaps_json(gaps: Sequence[Gap]) -> list[list[str]]:
    return [[gap.since.isoformat(), gap.until.isoformat(), gap.reason] for gap in gaps]


def gaps_of(stored: Sequence[Sequence[str]]) -> tuple[Gap, ...]:
    return tuple(Gap(datetime.fromisoformat(since), datetime.fromisoformat(until), why) for since, until, why in stored)


def _told(term: Term) -> dict[str, object]:
    match term:
        case Within():
            return {"seconds": term.amount.total_seconds(), "count": term.count.value}
        case CalendarDays(worked=True):
            return {"days": term.days, "worked": True}
        case WorkingDays() | CalendarDays():
            return {"days": term.days}
        case NextWorkingDay() | Agreed():
            return {"at": term.at.isoformat()}


_KINDS: dict[type[Term], str] = {
    Within: "within",
    WorkingDays: "working_days",
    NextWorkingDay: "next_working_day",
    CalendarDays: "calendar_days",
    Agreed: "agreed",
}
_READ: dict[str, Callable[[dict[str, Any]], Term]] = {
    "within": lambda told: Within(timedelta(seconds=told["seconds"]), Count(told["count"])),
    "working_days": lambda told: WorkingDays(told["days"]),
    "next_working_day": lambda told: NextWorkingDay(time.fromisoformat(told["at"])),
    "calendar_days": lambda told: CalendarDays(told["days"], told.get("worked", False)),
    "agreed": lambda told: Agreed(datetime.fromisoformat(told["at"])),
}
