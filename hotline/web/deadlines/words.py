"""Terms, spans and what is left, in words; filters of the templates."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_babel import gettext, ngettext

from hotline.domain.deadlines.deadline import Gap
from hotline.domain.deadlines.term import Agreed, CalendarDays, Count, NextWorkingDay, Term, Within, WorkingDays
from hotline.domain.interval import Interval
from hotline.web.kit.formats import local

_MINUTE = timedelta(minutes=1)


def amount(time: timedelta) -> str:
    """3 d 4 h, 2 h 10 min, 8 min; whole minutes, rounded down."""
    minutes = time // _MINUTE
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    return gettext("%(days)s d %(hours)s h", days=days, hours=hours) if days else _hours(hours, rest)


def working_amount(time: timedelta) -> str:
    """A working day has no 24 hours: 12 h 10 min."""
    hours, minutes = divmod(time // _MINUTE, 60)
    return _hours(hours, minutes)


def _hours(hours: int, minutes: int) -> str:
    if hours:
        return gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)
    return gettext("%(n)s min", n=minutes)


def term_words(term: Term) -> str:
    match term:
        case Within(count=Count.WORKING):
            return gettext("within %(time)s of working time", time=working_amount(term.amount))
        case Within():
            return gettext("within %(time)s", time=amount(term.amount))
        case WorkingDays():
            return ngettext(
                "within %(num)s working day, the first not counted",
                "within %(num)s working days, the first not counted",
                term.days,
            )
        case CalendarDays(worked=True):
            return ngettext(
                "within %(num)s day, the first not counted; to the next working day",
                "within %(num)s days, the first not counted; to the next working day",
                term.days,
            )
        case CalendarDays():
            return ngettext(
                "within %(num)s day, the first not counted", "within %(num)s days, the first not counted", term.days
            )
        case NextWorkingDay():
            return gettext("by %(time)s on the next working day", time=f"{term.at:%H:%M}")
        case Agreed():
            return gettext("agreed for this moment")


def span_words(span: Interval | Gap) -> str:
    """09:00–12:00 of one day in Shanghai; its end is 24:00. A gap may reach over days."""
    since, until = (span.since, span.until) if isinstance(span, Gap) else (span.starts_at, span.ends_at)
    begin, end = local(since), local(until)
    if begin.date() == end.date():
        return f"{begin:%H:%M}–{end:%H:%M}"
    if isinstance(span, Gap):
        return f"{begin:%m-%d %H:%M}–{end:%m-%d %H:%M}"
    return f"{begin:%H:%M}–24:00"


def install(app: Flask) -> None:
    for use in (amount, working_amount, term_words, span_words):
        app.add_template_filter(use)
