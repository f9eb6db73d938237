"""[deadlines]: terms that stand nowhere else, and how long before its end a deadline is warned of."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from hotline.settings.base import Section

#: 0: it is not warned of.
Minutes = Annotated[int, Field(ge=0, le=43_200)]


class WarnMinutes(Section):
    callback: Minutes
    record: Minutes
    promise: Minutes
    answer: Minutes
    correction: Minutes
    privacy: Minutes
    case_first_contact: Minutes
    case_first_answer: Minutes
    case_reply: Minutes
    case_solution: Minutes
    case_solved: Minutes
    case_formal_answer: Minutes
    case_response: Minutes
    case_on_site: Minutes
    case_arrival: Minutes
    case_repaired: Minutes
    case_confirmed: Minutes
    case_shipped: Minutes
    case_tracking: Minutes
    case_department: Minutes
    case_answer: Minutes
    case_next_word: Minutes
    case_ruling: Minutes
    visit: Minutes


class Deadlines(Section):
    answer_days: Annotated[int, Field(ge=1, le=60)]
    warn_minutes: WarnMinutes

    def warn_before(self, clock: str) -> timedelta:
        """Of the time by which the clock counts. Raises AttributeError for a clock that has no such key."""
        return timedelta(minutes=getattr(self.warn_minutes, clock))
