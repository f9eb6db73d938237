"""What is done for the line on time: Asterisk is told of it, it is tested, its plans are watched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from hotline.domain.calendar import Interval, local_day
from hotline.domain.reasons import Reason, because
from hotline.domain.time import minute_text
from hotline.services.calendar import work_calendar
from hotline.services.job import Job, Jobs, Parts, keep_alert
from hotline.services.line import line_test
from hotline.services.line.alert_kinds import CALENDAR, ROSTER_GAP
from hotline.services.line.astdb import LineInAstdb
from hotline.services.line.roster import always_on_duty, find_gaps
from hotline.services.pbx_files import apply
from hotline.settings import Settings


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("pbx_files", 10, PbxFilesJob(parts).run)
    yield Job("publish", 30, partial(_line_to_astdb, LineInAstdb(parts.storage, parts.pbx, parts.in_force)))
    yield Job("line_test", 10, partial(_line_test, parts))
    yield Job("roster_gaps", 300, partial(_roster_gaps, parts))
    yield Job("calendar", 300, partial(_calendar, parts))


JOBS = Jobs(_all)


class PbxFilesJob:
    """Asterisk follows what is in force: what was decided elsewhere, and what it could not be told when it was."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._seen: Settings | None = None

    def run(self, now: datetime) -> str:
        parts = self._parts
        in_force = parts.settings
        if in_force is self._seen and not parts.pbx_files.unread():
            return ""
        applied = apply(parts.pbx_files, parts.pbx, parts.in_force)
        if applied.waits is None:
            self._seen = in_force
        return f"Asterisk was told: {', '.join(sorted(applied.parts))}" if applied.parts and not applied.waits else ""


def _line_to_astdb(astdb: LineInAstdb, now: datetime) -> str:
    astdb.write(now)
    return ""


def _line_test(parts: Parts, now: datetime) -> str:
    begun = line_test.watch(parts.storage, parts.pbx, parts.settings, parts.started_at, now)
    return f"test call on {', '.join(test.line for test in begun)}" if begun else ""


def _roster_gaps(parts: Parts, now: datetime) -> str:
    """A16. Numbers that are always on duty leave no gap."""
    until = now + timedelta(days=parts.settings.duty.gap_warn_days)
    covered = bool(always_on_duty(parts.settings))
    gaps = [] if covered else find_gaps(parts.storage, parts.settings, now, until)
    keep_alert(parts, ROSTER_GAP, "", gap_detail(gaps), now)
    return ""


def gap_detail(gaps: list[Interval]) -> Reason | None:
    """The next gaps; None for none."""
    if not gaps:
        return None
    spans = tuple(f"{minute_text(gap.starts_at)} – {minute_text(gap.ends_at)}" for gap in gaps[:3])
    return because("line.roster_gaps", spans=spans, count=len(gaps))


def _calendar(parts: Parts, now: datetime) -> str:
    warning = work_calendar(parts.settings).coverage_warning(local_day(now), parts.settings.calendar.warn_days)
    keep_alert(parts, CALENDAR, "", warning, now)
    return ""
