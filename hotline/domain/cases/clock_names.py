"""The clocks that a case may have. A name is stored: one that is renamed is another clock."""

from __future__ import annotations

from hotline.domain.deadlines.kept import ClockName

#: By the name that kinds call them by: the rule that each is of.
RULES = {
    "first_contact": "D4",
    "first_answer": "D2",
    "reply": "D3",
    "solution": "D2",
    "solved": "D3",
    "formal_answer": "D2",
    "response": "D4",
    "on_site": "D4",
    "arrival": "D4",
    "repaired": "D4",
    "confirmed": "D11",
    "shipped": "D11",
    "tracking": "D8",
    "department": "D8",
    "answer": "B5",
    "next_word": "B5",
    "ruling": "D7",
}

#: Clocks that every case has, whatever its kind says: B5 taken over from a record, the next word, a dispute.
OWN = ("answer", "next_word", "ruling")

#: Until the customer first hears from us: a case has one of them, by its kind and by the way in which it came.
FIRST_ANSWERS = ("first_answer", "reply", "response")


def clock_name(name: str) -> ClockName:
    return ClockName(f"case_{name}")


def short_name(clock: ClockName) -> str:
    return clock.removeprefix("case_")


ALL = tuple(clock_name(name) for name in RULES)
