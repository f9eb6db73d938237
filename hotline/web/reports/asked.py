"""What a report is asked for in its address: of which time, compared with which, narrowed by what, along which axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused
from hotline.domain.reports.period import Period, days_before, days_of
from hotline.domain.reports.scope import Axis, Scope
from hotline.domain.time import midnight
from hotline.services.reports.report_pages import Choices
from hotline.web.kit.asked import choice
from hotline.web.kit.query import clean, day_of

PRESETS = {
    Period.TODAY: _("Today"),
    Period.YESTERDAY: _("Yesterday"),
    Period.WEEK: _("This week"),
    Period.LAST_MONTH: _("Last month"),
    Period.MONTH: _("This month"),
    Period.YEAR: _("This year"),
    Period.DAYS: _("From – to"),
}

#: In an address: where callers hung up before they pressed any key.
NO_MENU = "-"
_DAY = timedelta(days=1)
_NARROWED = ("person", "line", "queue", "subject", "region", "department", "menu", "menu_choice", "menu_version")


@dataclass(frozen=True)
class AskedReport:
    """The days `first` to `last`, both of them. `problem`: what was wrong with what was asked
    for; then it is this month."""

    preset: Period
    first: date
    last: date
    person: str
    line: str
    queue: str
    subject: str
    region: str
    by: Axis | None
    department: str = ""
    menu: str = ""
    menu_choice: str = ""
    menu_version: str = ""
    problem: str = ""

    @property
    def scope(self) -> Scope:
        return self._scope(self.first, self.last)

    @property
    def before(self) -> Scope:
        """The time before, as long: the same days of the week, month or year before it."""
        return self._scope(*self.before_days)

    @property
    def before_days(self) -> tuple[date, date]:
        return days_before(self.preset, self.first, self.last)

    @property
    def narrowed(self) -> dict[str, str]:
        """As it stands in an address: what it is narrowed by."""
        values = {name: getattr(self, name) for name in _NARROWED}
        return {name: value for name, value in values.items() if value}

    @property
    def active(self) -> dict[str, Any]:
        """As it stands in an address, without the axis."""
        days = {"since": self.first.isoformat(), "until": self.last.isoformat()} if self.preset is Period.DAYS else {}
        return {"period": self.preset.value, **days, **self.narrowed}

    @property
    def axis(self) -> dict[str, str]:
        return {"by": self.by.value} if self.by else {}

    def _scope(self, first: date, last: date) -> Scope:
        return Scope(
            midnight(first),
            midnight(last + _DAY),
            lines=(self.line,) if self.line else (),
            queues=(self.queue,) if self.queue else (),
            people=(int(self.person),) if self.person else (),
            subjects=(self.subject,) if self.subject else (),
            regions=(self.region,) if self.region else (),
            departments=(int(self.department),) if self.department else (),
            menus=(self.menu.removeprefix(NO_MENU),) if self.menu else (),
            menu_choices=(self.menu_choice,) if self.menu_choice else (),
            menu_versions=(self.menu_version,) if self.menu_version else (),
        )


def read_asked(args: MultiDict[str, str], known: Choices, now: datetime) -> AskedReport:
    """What is none of the choices is left out; of the time it is told."""
    preset = Period(choice(args, "period", list(Period), "days" if args.get("since") else "week"))
    today, problem = local_day(now), ""
    first, last = days_of(preset, today)
    if preset is Period.DAYS:
        first, last, problem = _typed(args, today)
        preset = Period.MONTH if problem else preset
    by = choice(args, "by", [each.value for each in Axis])
    return AskedReport(
        preset,
        first,
        last,
        choice(args, "person", known.people),
        choice(args, "line", known.lines),
        choice(args, "queue", known.queues),
        choice(args, "subject", known.subjects),
        clean(args.get("region", ""), 32),
        Axis(by) if by else None,
        choice(args, "department", known.departments),
        clean(args.get("menu", "")),
        clean(args.get("menu_choice", ""), 200),
        clean(args.get("menu_version", ""), 32),
        problem,
    )


def _typed(args: Mapping[str, str], today: date) -> tuple[date, date, str]:
    """From – to, and what is wrong with it."""
    first, until = day_of(args.get("since", "")), args.get("until", "").strip()
    last = day_of(until) if until else today
    month = today.replace(day=1), today
    if first is None or last is None or last < first:
        return *month, gettext("A day to begin with and a later one to end with were expected.")
    try:
        Scope(midnight(first), midnight(last + _DAY))
        return first, last, ""
    except Refused:
        return *month, gettext("At most ten years were expected.")
