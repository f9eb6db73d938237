"""What a person writes of their own day, week or month (工作总结), to be read by who leads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from hotline.domain.errors import Refused
from hotline.domain.months import monday_of, next_month
from hotline.domain.text import several_lines

MOST_WORDS = 4000


class SummarySpan(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class WorkSummary:
    """`first`: the first day of the span. `work`, `problems`, `better`: what was done, what went wrong, what is to be
    better (F1). `read_by`: who read it first, as the audit log has them; `reply`: what they say to it."""

    person_id: int
    span: SummarySpan
    first: date
    work: str
    problems: str
    better: str
    written_at: datetime
    read_by: str = ""
    read_at: datetime | None = None
    reply: str = ""
    id: int | None = None

    @property
    def last(self) -> date:
        return last_of(self.span, self.first)


def first_of(span: SummarySpan, day: date) -> date:
    """The first day of the span that this day lies in."""
    if span is SummarySpan.WEEK:
        return monday_of(day)
    return day.replace(day=1) if span is SummarySpan.MONTH else day


def last_of(span: SummarySpan, first: date) -> date:
    if span is SummarySpan.WEEK:
        return first + timedelta(days=6)
    return next_month(first) - timedelta(days=1) if span is SummarySpan.MONTH else first


def written(work: str, problems: str, better: str) -> tuple[str, str, str]:
    """As they are kept. Raises Refused for what is too long, and where no work is told."""
    kept = several_lines(work), several_lines(problems), several_lines(better)
    for name, text in zip(("work", "problems", "better"), kept, strict=True):
        if len(text) > MOST_WORDS:
            raise Refused("scheduled_reports.too_long", field=name, most=MOST_WORDS)
    if not kept[0]:
        raise Refused("scheduled_reports.no_work", field="work")
    return kept
