"""When a customer who was not reached is dialled again: by what came of the last dial."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.calendar import WorkCalendar
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.dialling.rest_time import CallingHours
from hotline.domain.interval import Interval
from hotline.domain.walked import HORIZON_DAYS

#: It was not the customer who did not answer: no try is counted.
NOT_A_TRY = frozenset({DialOutcome.OPERATOR_GONE, DialOutcome.TRUNK_DOWN, DialOutcome.CONGESTED, DialOutcome.CANCELLED})

#: Nobody dials this number again.
OUT_OF_USE = frozenset({DialOutcome.INVALID, DialOutcome.WRONG_NUMBER})

#: After these there is no next try: the customer was reached, or never will be there.
FINAL = OUT_OF_USE | {DialOutcome.REACHED}

#: The customer's phone was tried in vain, and is tried again.
TRIED_IN_VAIN = frozenset(DialOutcome) - NOT_A_TRY - FINAL


@dataclass(frozen=True, slots=True)
class NextTries:
    """`after`: how long after each outcome; `most`: tries that count."""

    after: Mapping[DialOutcome, timedelta]
    most: int


def next_try(
    outcome: DialOutcome, tries: int, plan: NextTries, hours: CallingHours, calendar: WorkCalendar, now: datetime
) -> datetime | None:
    """When to dial again, within working time and outside rest time; None: not any more. Then whoever was reached is
    done with, and what was given up a supervisor decides. `tries`: those that count, this one among them."""
    if outcome in FINAL or (outcome not in NOT_A_TRY and tries >= plan.most):
        return None
    return first_moment(now + plan.after[outcome], hours, calendar)


def first_moment(moment: datetime, hours: CallingHours, calendar: WorkCalendar) -> datetime | None:
    """`moment` itself, or the first one after it at which somebody works and a customer may be called; None when
    there is none as far as the calendar is looked through."""
    allowed = hours.spans_from(moment, calendar)
    span = next(allowed, None)
    for open_ in _open_from(moment, calendar):
        while span is not None and span.ends_at <= open_.starts_at:
            span = next(allowed, None)
        if span is None:
            return None
        start = max(moment, open_.starts_at, span.starts_at)
        if start < min(open_.ends_at, span.ends_at):
            return start
    return None


def _open_from(moment: datetime, calendar: WorkCalendar) -> Iterator[Interval]:
    """Working time from then on, week by week: where somebody always works it has no end."""
    week = timedelta(days=7)
    for begun in range(0, HORIZON_DAYS, week.days):
        since = moment + timedelta(days=begun)
        yield from calendar.open_spans(since, since + week)
