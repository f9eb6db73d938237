"""`hotline calendar`: working days and holidays, and whether the holidays ahead are known (A1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import click

from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.language import said
from hotline.cli.kit.shown import iso, json_option, print_json, print_table
from hotline.domain.calendar import Day, DayKind, Hours, WorkCalendar, local_day
from hotline.domain.moments import parse_day
from hotline.domain.reasons import Reason, Unfit, because
from hotline.domain.wall_time import YEARS
from hotline.services.calendar import work_calendar
from hotline.services.line.names import require_line

KINDS = {
    DayKind.ORDINARY: "",
    DayKind.HOLIDAY: "public holiday",
    DayKind.MAKEUP: "make-up working day",
    DayKind.SITE_CLOSED: "closed by the site",
    DayKind.SITE_OPEN: "opened by the site",
}
#: What is shown when nothing is asked for: two weeks.
DAYS_AHEAD = 14


@click.command("calendar")
@click.option(
    "--year",
    type=click.IntRange(YEARS.start, YEARS.stop - 1),
    help="Every day of the year that differs from its weekday.",
)
@click.option("--day", metavar="DATE", help='One day: 2026-10-01, "tomorrow".')
@click.option("--next", "ahead", type=click.IntRange(1, 366), metavar="N", help="The next N days; 14 without options.")
@click.option("--line", default="", metavar="LINE", help="By the calendar of this line; without it by the site's.")
@json_option
@click.pass_context
def command(ctx: click.Context, year: int | None, day: str | None, ahead: int | None, line: str, as_json: bool) -> None:
    """Open and closed days with their hours and the reason, and what is known of the holidays ahead."""
    if sum(option is not None for option in (year, day, ahead)) > 1:
        raise click.UsageError(said(because("line.one_of_year_day_next")))
    hotline = hotline_of(ctx)
    now = hotline.clock()
    require_line(hotline.settings, line)
    calendar, today = work_calendar(hotline.settings, line), local_day(now)
    if year is not None:
        days = _special_days(calendar, year)
    elif day is not None:
        days = [calendar.day(_day(ctx, day))]
    else:
        days = [calendar.day(today + timedelta(days=n)) for n in range(ahead or DAYS_AHEAD)]
    change, is_open = calendar.next_change(now), calendar.is_open(now)
    warning = calendar.coverage_warning(today, hotline.settings.calendar.warn_days)
    if as_json:
        print_json(
            {
                "now": iso(now),
                "open": is_open,
                "until": iso(change.at) if change else None,
                "known_until": calendar.coverage_ends(today).isoformat(),
                "warning": said(warning) if warning else None,
                "days": [_view(each) for each in days],
            }
        )
        return
    now_is = because("commands.calendar_open") if is_open else because("commands.calendar_closed")
    click.echo(said(because("commands.calendar_until", now=now_is, until=change.at) if change else now_is))
    click.echo(said(_title(calendar, year, days)))
    print_table(("Date", "Day", "Hours", "Why"), _rows(days))
    if warning:
        click.echo(said(because("commands.warning", what=warning)), err=True)


def _day(ctx: click.Context, text: str) -> date:
    try:
        return parse_day(text, hotline_of(ctx).clock())
    except Unfit as error:
        raise click.BadParameter(said(error), ctx, param_hint="--day") from None


def _days_of(calendar: WorkCalendar, year: int) -> list[Day]:
    first = date(year, 1, 1)
    return [calendar.day(first + timedelta(days=n)) for n in range((date(year + 1, 1, 1) - first).days)]


def _special_days(calendar: WorkCalendar, year: int) -> list[Day]:
    return [day for day in _days_of(calendar, year) if day.kind is not DayKind.ORDINARY]


def _title(calendar: WorkCalendar, year: int | None, days: list[Day]) -> Reason:
    if year is None:
        return because("commands.days", count=len(days))
    worked = sum(bool(day.hours) for day in _days_of(calendar, year))
    if calendar.knows(year):
        return because("commands.days_of_year", year=year, count=worked)
    return because("commands.days_of_unknown_year", year=year, count=worked)


def _rows(days: Iterable[Day]) -> list[tuple[str, ...]]:
    return [(str(day.date), f"{day.date:%a}", ", ".join(_hours(day.hours)) or "closed", _why(day)) for day in days]


def _why(day: Day) -> str:
    reason = f"{day.name} {KINDS[day.kind]}".strip()
    return reason if day.known else f"{reason} (holidays not known)".strip()


def _hours(hours: Iterable[Hours]) -> list[str]:
    return [f"{each.start:%H:%M}-" + (f"{each.end:%H:%M}" if each.end > each.start else "24:00") for each in hours]


def _view(day: Day) -> dict[str, object]:
    return {
        "date": day.date.isoformat(),
        "weekday": f"{day.date:%a}".lower(),
        "working": bool(day.hours),
        "hours": _hours(day.hours),
        "kind": day.kind.value,
        "name": day.name,
        "known": day.known,
    }
