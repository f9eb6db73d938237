"""When reports are due, by the settings."""

from __future__ import annotations

from typing import cast

from hotline.domain.scheduled_reports.schedule import SHAPES, Every, ReportKind, Schedule
from hotline.services.calendar import work_calendar
from hotline.settings import Settings
from hotline.settings.reports import DailyReport, MonthlyReport, ReportSettings, WeeklyReport


def chosen(settings: Settings, kind: ReportKind) -> ReportSettings:
    """What was chosen for this kind."""
    return cast(ReportSettings, getattr(settings.reports, kind.value))


def schedule_of(settings: Settings, kind: ReportKind) -> Schedule:
    one = chosen(settings, kind)
    every, covers = SHAPES[kind]
    if every is Every.WEEK and isinstance(one, WeeklyReport):
        return Schedule(every, covers, one.at, weekday=one.weekday - 1)
    if every is Every.MONTH and isinstance(one, MonthlyReport):
        return Schedule(every, covers, one.at, day=one.day)
    on_working_days = isinstance(one, DailyReport) and one.working_days
    return Schedule(every, covers, one.at, only_on=work_calendar(settings).is_working_day if on_working_days else None)
