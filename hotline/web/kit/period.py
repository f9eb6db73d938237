"""The period of figures: a week, a month, a quarter, or from day to day; and the ones before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from hotline.domain.months import monday_of
from hotline.domain.time import SHANGHAI, midnight
from hotline.web.kit.query import day_of

PERIODS = {"week": _("Week"), "month": _("Month"), "quarter": _("Quarter"), "days": _("From – to")}

#: As the service of the figures has it.
_LONGEST_DAYS = 366


@dataclass(frozen=True)
class Period:
    """The days `first` to `last`, both of them. `kind`: one of PERIODS. `problem`: what was wrong with what was asked
    for; then it is the present month."""

    kind: str
    first: date
    last: date
    problem: str = ""

    @property
    def since(self) -> datetime:
        return midnight(self.first)

    @property
    def until(self) -> datetime:
        return midnight(self.last + timedelta(days=1))

    @property
    def active(self) -> dict[str, Any]:
        """As it stands in an address."""
        if self.kind == "days":
            return {"period": "days", "since": self.first.isoformat(), "until": self.last.isoformat()}
        return {"period": self.kind, "day": self.first.isoformat()}

    @property
    def days(self) -> dict[str, Any]:
        return {"since": self.first.isoformat(), "until": self.last.isoformat()}

    def before(self) -> Period:
        return self._moved(self.first - timedelta(days=1), -1)

    def after(self) -> Period:
        return self._moved(self.last + timedelta(days=1), 1)

    def _moved(self, day: date, direction: int) -> Period:
        if self.kind != "days":
            return period_at(self.kind, day)
        length = (self.last - self.first + timedelta(days=1)) * direction
        return Period("days", self.first + length, self.last + length)


def period_at(kind: str, day: date) -> Period:
    """The week, month or quarter of this day."""
    if kind == "week":
        first = monday_of(day)
        return Period(kind, first, first + timedelta(days=6))
    months = 3 if kind == "quarter" else 1
    number = (day.month - 1) // months * months
    return Period(kind, date(day.year, number + 1, 1), _first_of(day.year, number + months) - timedelta(days=1))


def read_period(args: Mapping[str, str], now: datetime, otherwise: str = "") -> Period:
    """What the address asks for; without any the present one of `otherwise`, by itself the month."""
    today = now.astimezone(SHANGHAI).date()
    kind = args.get("period", otherwise)
    if kind == "days" or (not kind and args.get("since")):
        return _days(args, today)
    typed = args.get("day", "").strip()
    day = day_of(typed)
    found = period_at(kind if kind in PERIODS else "month", day or today)
    return replace(found, problem=gettext("A day like 2026-11-22 was expected.")) if typed and day is None else found


def _days(args: Mapping[str, str], today: date) -> Period:
    first, until = day_of(args.get("since", "")), args.get("until", "").strip()
    last = day_of(until) if until else today
    if first is None or last is None or last < first:
        problem = gettext("A day to begin with and a later one to end with were expected.")
    elif (last - first).days >= _LONGEST_DAYS:
        problem = gettext("At most %(n)s days were expected.", n=_LONGEST_DAYS)
    else:
        return Period("days", first, last)
    month = period_at("month", today)
    return Period("days", month.first, month.last, problem)


def _first_of(year: int, months: int) -> date:
    """The first day of the month that is so many months after January."""
    return date(year + months // 12, months % 12 + 1, 1)
