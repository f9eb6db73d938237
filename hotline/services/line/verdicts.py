"""Verdicts of the line itself: its test calls (A4), who was blocked (A15), the gaps of the duty roster (A16)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from hotline.domain.line import roster
from hotline.domain.time import end_of_day, midnight
from hotline.domain.verdicts.judged import at_most, kept, so
from hotline.domain.verdicts.verdict import Subject, Verdict, WhyJudged
from hotline.services.calendar import work_calendar
from hotline.services.line.duty import always_rung, duty_shifts
from hotline.services.verdicts.days import Days
from hotline.services.verdicts.maker import Ground, Maker, TableMaker
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.generations import Mark
from hotline.storage.verdicts.line import blocks, line_tests, tests_between, tests_finished
from hotline.storage.verdicts.marks import Marked
from hotline.storage.verdicts.sources import SOURCES


class LineTests(Maker):
    """A4."""

    name, subject, rules = "line_tests", Subject.LINE_TEST, ("A4",)

    def complete_since(self, tx: Transaction, after: Mark, until: datetime, limit: int) -> Sequence[Marked]:
        return tests_finished(tx, after, until)

    def between(self, tx: Transaction, start: datetime, end: datetime, after: Mark, limit: int) -> Sequence[Marked]:
        return tests_between(tx, start, end, after)

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        return {
            key: [ground.verdict("A4", so(result == "passed"), Subject.LINE_TEST, key, at, line)]
            for key, line, at, result in line_tests(tx, ids)
        }


class Blocks(TableMaker):
    """A15: blocked by somebody, for a reason."""

    name, subject, rules = "blocks", Subject.BLOCK, ("A15",)
    source = SOURCES["blocks"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        return {
            str(row.id): [
                ground.verdict(
                    "A15",
                    so(bool(row.reason and row.blocked_by)),
                    Subject.BLOCK,
                    str(row.id),
                    row.created_at,
                    "",
                    ground.person_of_account(row.blocked_by),
                )
            ]
            for row in blocks(tx, ids)
        }


class RosterDays(Days):
    """A16: minutes of the day in which a line was closed and nobody had its duty mobile."""

    name, subject, rules = "roster_days", Subject.ROSTER_DAY, ("A16",)

    def of_day(self, tx: Transaction, day: date, ground: Ground) -> Iterable[Verdict]:
        start, end = midnight(day), end_of_day(day)
        settings = ground.at(start)
        for line in settings.lines:
            if always_rung(tx, settings, end, line):
                judged = kept(0, 0, "min", WhyJudged.BY_CONFIGURATION.value)
            else:
                shifts = roster.of_line(duty_shifts(tx, settings, start, end, line, now=end), line)
                gaps = roster.gaps(shifts, work_calendar(settings, line), start, end)
                bare = sum(((each.ends_at - each.starts_at) for each in gaps), timedelta())
                judged = at_most(round(bare.total_seconds() / 60), 0, "min", {"gaps": len(gaps)})
            yield ground.verdict("A16", judged, self.subject, day.isoformat(), start, line, part=line)


VERDICTS = (LineTests(), Blocks(), RosterDays())
