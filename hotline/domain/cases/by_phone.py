"""The state of a case by telephone: what a caller enters, and what is said to them. Prompts of the manifest alone are
spoken, never a text of the case."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hotline.domain.numbers import Number

#: The day's eight digits and the place on that day, at most so many.
MOST_DIGITS = 14
LAST_FOUR = 4


class Heard(StrEnum):
    """What is said of a case's state; the prompt is case-<value>."""

    RECEIVED = "received"
    LOOKED_INTO = "looked-into"
    PROPOSED = "proposed"
    WAITING = "waiting"
    CARRIED_OUT = "carried-out"
    CLOSED = "closed"

    @property
    def prompt(self) -> str:
        return f"case-{self.value}"


#: All that may be played, for the search for prompts that are missing.
PROMPTS = (
    "case-enter-number",
    "case-enter-last-four",
    "case-not-found",
    "case-next-word",
    "case-month",
    "case-day",
    *(each.prompt for each in Heard),
)


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """`digits`: of the case's number, as they were pressed. `caller`: "" where the caller withholds it. `last_four`: ""
    before they were asked for. `linkedid`: of the call."""

    digits: str
    caller: Number
    linkedid: str
    last_four: str = ""


class Answer(StrEnum):
    TOLD = "told"
    #: The caller's number is none of the case's, or there is no such case: the same is asked of both.
    LAST_FOUR_WANTED = "last_four_wanted"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """`heard` and `next_word`, the day until which the customer hears from us (None: none is promised), for TOLD."""

    answer: Answer
    heard: Heard | None = None
    next_word: date | None = None


def number_of(digits: str) -> str:
    """The case number that was pressed (20261122001 is 20261122-001); "" for what is none."""
    found = re.fullmatch(r"([0-9]{8})([0-9]{3,6})", digits)
    return f"{found[1]}-{found[2]}" if found else ""


def may_hear(asked: CaseAsked, numbers: Collection[str]) -> bool:
    """Whether a caller is told of a case of these numbers: from one of them, or with the last four digits of one."""
    if asked.caller and asked.caller in numbers:
        return True
    return len(asked.last_four) == LAST_FOUR and any(each.endswith(asked.last_four) for each in numbers)
