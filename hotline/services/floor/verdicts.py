"""Verdicts of months by the floor's figures (A11, G4, G5) and by how long talks are on average (C8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from hotline.domain.floor.figures import figures
from hotline.domain.verdicts.judged import Judged, at_least, at_most, not_applicable
from hotline.domain.verdicts.verdict import Subject, Verdict, WhyJudged
from hotline.services.floor.floor import marks
from hotline.services.verdicts.days import Months, month_at
from hotline.services.verdicts.maker import Ground
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.months import counted_by_line, talks


class FloorMonths(Months):
    name, subject, rules = "floor_months", Subject.MONTH, ("A11", "G4", "G5", "C8")

    def of_month(
        self, tx: Transaction, month: str, start: datetime, end: datetime, ground: Ground
    ) -> Iterable[Verdict]:
        at = month_at(end)
        yield from _of_lines(tx, month, start, end, at, ground)
        yield from _of_people(tx, month, start, end, at, ground)


def _of_lines(
    tx: Transaction, month: str, start: datetime, end: datetime, at: datetime, ground: Ground
) -> Iterator[Verdict]:
    settings = ground.at(at)
    floor = settings.floor
    for line, counted in sorted(counted_by_line(tx, start, end).items()):
        found = figures(counted, marks(settings))
        for rule, judged in (
            ("A11", _percent(found.abandoned_percent, floor.abandoned_percent, most=True)),
            ("G4", _percent(found.connected_percent, floor.connected_percent)),
            ("G5", _percent(found.service_level_percent, floor.service_level_percent)),
        ):
            yield ground.verdict(rule, judged, Subject.MONTH, month, at, line, part=line)


def _of_people(
    tx: Transaction, month: str, start: datetime, end: datetime, at: datetime, ground: Ground
) -> Iterator[Verdict]:
    """C8: of each person's talks; of an extension of nobody known by itself."""
    length = ground.at(at).rules.rules().length
    if not length.enabled:
        return
    spoken: dict[tuple[int | None, str], list[float]] = defaultdict(list)
    for extension, began, seconds in talks(tx, start, end):
        person = ground.person(extension, began)
        spoken[person, "" if person else extension].append(seconds)
    for (person, extension), each in sorted(spoken.items(), key=str):
        minutes = round(sum(each) / len(each) / 60, 2)
        judged = at_most(minutes, length.average_minutes, "min", {"talks": len(each)})
        yield ground.verdict("C8", judged, Subject.MONTH, month, at, "", person, extension or f"person-{person}")


def _percent(value: float | None, limit: float, most: bool = False) -> Judged:
    if value is None:
        return not_applicable(WhyJudged.NOTHING_TO_COUNT)
    return at_most(value, limit, "%") if most else at_least(value, limit, "%")


VERDICTS = (FloorMonths(),)
