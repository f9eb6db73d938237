"""What is asked of the figures: of which time, lines and people, and along which axis; and what is answered. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from hotline.domain.errors import Refused
from hotline.domain.time import SHANGHAI

#: Half hours of a day.
SLOTS = 48
#: Ten years: more is a slip of the pen.
LONGEST = timedelta(days=3660)


class Axis(StrEnum):
    """What a figure can be split by. Days, weeks and half hours are those of Asia/Shanghai."""

    HALF_HOUR = "half_hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    WEEKDAY = "weekday"
    HOUR_OF_WEEK = "hour_of_week"
    LINE = "line"
    QUEUE = "queue"
    PERSON = "person"
    SUBJECT = "subject"
    REGION = "region"
    DEPARTMENT = "department"
    PAUSE_REASON = "pause_reason"
    CASE_KIND = "case_kind"
    SEVERITY = "severity"
    CASE_AGE = "case_age"
    CLOCK = "clock"
    MENU = "menu"
    MENU_CHOICE = "menu_choice"
    MENU_VERSION = "menu_version"


#: Axes of the moment.
TIMES = frozenset({Axis.HALF_HOUR, Axis.DAY, Axis.WEEK, Axis.MONTH, Axis.WEEKDAY, Axis.HOUR_OF_WEEK})
#: How old an open case is, in whole days at least: 00, 03, 08 and 31.
CASE_AGES = ("00", "03", "08", "31")

#: Those that a whole day is enough for.
DAYS = frozenset({Axis.DAY, Axis.WEEK, Axis.MONTH, Axis.WEEKDAY})


@dataclass(frozen=True, slots=True)
class Scope:
    """What happened in [`start`, `end`), both aware; of these lines, queues, people (ids), subjects (category codes of
    the record; "" is none), regions, departments (ids), menus, choices in them (menu_fact.choice_text) and versions of
    the menus alone, () of all. Raises Refused for a time that ends before it begins, or is longer than LONGEST."""

    start: datetime
    end: datetime
    lines: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    subjects: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    departments: tuple[int, ...] = ()
    menus: tuple[str, ...] = ()
    menu_choices: tuple[str, ...] = ()
    menu_versions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("naive time: a time zone is needed")
        if not self.start < self.end <= self.start + LONGEST:
            raise Refused("reports.time", field="to")

    @property
    def filters(self) -> frozenset[Axis]:
        """The axes by which something is left out."""
        return frozenset(self.chosen)

    def known_to(self, axes: frozenset[Axis]) -> Scope:
        """Without what is chosen of other axes."""
        left_out: dict[str, Any] = {_CHOSEN[axis]: () for axis in self.chosen if axis not in axes}
        return replace(self, **left_out)

    @property
    def chosen(self) -> dict[Axis, tuple[object, ...]]:
        """What is left over of each axis by which something is left out."""
        return {axis: chosen for axis, name in _CHOSEN.items() if (chosen := getattr(self, name))}


#: The fields of a scope by their axes.
_CHOSEN = {
    Axis.LINE: "lines",
    Axis.QUEUE: "queues",
    Axis.PERSON: "people",
    Axis.SUBJECT: "subjects",
    Axis.REGION: "regions",
    Axis.DEPARTMENT: "departments",
    Axis.MENU: "menus",
    Axis.MENU_CHOICE: "menu_choices",
    Axis.MENU_VERSION: "menu_versions",
}


@dataclass(frozen=True, slots=True)
class Value:
    """`value` None: there is nothing to take it of. `of`: how many calls, cases, seconds… it was taken of."""

    value: float | None
    of: int


@dataclass(frozen=True, slots=True)
class Slice:
    """`key`: 2026-11-30, 2026-W49, 2026-11, 09:30, weekday 1–7 (Monday is 1), 1-09:30, a line's, queue's, subject's,
    region's or menu's name, a person's or department's id, a choice in a menu, since when (in UTC) the menus are so, a
    reason of a pause, a case's kind, severity, age (CASE_AGES) or clock; "" is none."""

    key: str
    values: Mapping[str, Value]


def slot_text(slot: int) -> str:
    """09:30 for 19."""
    return f"{slot // 2:02}:{slot % 2 * 30:02}"


def slot_of(moment: datetime) -> int:
    local = moment.astimezone(SHANGHAI)
    return local.hour * 2 + local.minute // 30


def week_text(day: date) -> str:
    """2026-W49; the week belongs to the year of its Thursday."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def day_key(axis: Axis, day: date) -> str:
    """What a day belongs to along one of DAYS."""
    match axis:
        case Axis.WEEK:
            return week_text(day)
        case Axis.MONTH:
            return f"{day:%Y-%m}"
        case Axis.WEEKDAY:
            return str(day.isoweekday())
        case _:
            return day.isoformat()


def local_days(start: datetime, end: datetime) -> Iterator[date]:
    """Each day of which some moment lies in [start, end)."""
    day = start.astimezone(SHANGHAI).date()
    last = (end.astimezone(SHANGHAI) - timedelta(microseconds=1)).date()
    while day <= last:
        yield day
        day += timedelta(days=1)
