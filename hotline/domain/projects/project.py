"""A project that was delivered to a customer: visited again and again, inspected and surveyed (E8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.projects.recurrence import Rhythm, every, visit_months
from hotline.domain.reasons import Unfit
from hotline.domain.text import one_line, several_lines

MAX_NAME = 200
MAX_NOTE = 10_000
MAX_MONTHS = 120

#: Under this kind a search finds projects.
SEARCHED_AS = "project"


class RoundKind(StrEnum):
    """What is done again and again: the visit by telephone, 產品質量巡檢, 服務調研."""

    VISIT = "visit"
    INSPECTION = "inspection"
    SURVEY = "survey"


class RoundState(StrEnum):
    """MISSED: not made up for, since the next one was due already; CALLED_OFF: the project ended before."""

    OPEN = "open"
    DONE = "done"
    MISSED = "missed"
    CALLED_OFF = "called_off"


#: What the record of an inspection or survey holds; of both: what is wrong, what is done about it.
RECORD_FIELDS = ("present", "findings", "opinions", "problems", "measures")
#: Without these there is no record.
NEEDED = {RoundKind.INSPECTION: ("findings",), RoundKind.SURVEY: ("present", "opinions")}


@dataclass(frozen=True, slots=True)
class Project:
    """`contact`, `number`: whom a visit asks; without a number the customer's. `manager`: the user name of who inspects
    it. `inspected_every`, `surveyed_every`: months, 0 for never. `entered_on`: what was due before is nobody's matter.
    `ends_on`: the last day on which anything is due."""

    name: str
    customer_id: int
    delivered_on: date
    contact: str = ""
    number: Number = NO_NUMBER
    ends_on: date | None = None
    manager: str = ""
    inspected_every: int = 0
    surveyed_every: int = 0
    note: str = ""
    entered_on: date | None = None
    version: int = 1
    updated_at: datetime | None = None
    updated_by: str = ""
    id: int | None = None

    def has_ended(self, today: date) -> bool:
        return self.ends_on is not None and self.ends_on < today

    @property
    def searched(self) -> tuple[tuple[str, str], ...]:
        """Each text by its field's name."""
        return (("name", self.name), ("contact", self.contact), ("note", self.note))


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """`words`: each must stand in the name, the contact or the customer's name. `ended`: None for all."""

    words: tuple[str, ...] = ()
    customer_id: int | None = None
    ended: bool | None = None


#: What people write into.
WRITTEN = (
    *("name", "customer_id", "delivered_on", "contact", "number", "ends_on"),
    *("manager", "inspected_every", "surveyed_every", "note"),
)


@dataclass(frozen=True, slots=True)
class Round:
    """One of what is due again and again: the `n`-th of its kind. `visit_id`: the visit that was planned for it.
    `record`: of an inspection or survey, by RECORD_FIELDS. `case_id`: what came of it."""

    project_id: int
    kind: RoundKind
    n: int
    due_on: date
    state: RoundState = RoundState.OPEN
    owner: str = ""
    visit_id: int | None = None
    case_id: int | None = None
    record: Mapping[str, str] = field(default_factory=dict)
    done_at: datetime | None = None
    done_by: str = ""
    id: int | None = None


def rhythms(project: Project) -> dict[RoundKind, Rhythm]:
    """Of all that is done for it."""
    found: dict[RoundKind, Rhythm] = {RoundKind.VISIT: visit_months}
    if project.inspected_every:
        found[RoundKind.INSPECTION] = every(project.inspected_every)
    if project.surveyed_every:
        found[RoundKind.SURVEY] = every(project.surveyed_every)
    return found


def checked(project: Project) -> Project:
    """With its texts made plain. Raises Unfit saying which field and what was expected."""
    plain = replace(
        project, name=one_line(project.name), contact=one_line(project.contact), note=several_lines(project.note)
    )
    if not plain.name:
        raise Unfit("projects.name", field="name")
    for name, most in (("name", MAX_NAME), ("contact", MAX_NAME), ("note", MAX_NOTE)):
        if len(getattr(plain, name)) > most:
            raise Unfit("projects.too_long", most=most, field=name)
    if plain.ends_on is not None and plain.ends_on < plain.delivered_on:
        raise Unfit("projects.ends_before", field="ends_on")
    for name in ("inspected_every", "surveyed_every"):
        if not 0 <= getattr(plain, name) <= MAX_MONTHS:
            raise Unfit("projects.months", most=MAX_MONTHS, field=name)
    return plain


def checked_record(kind: RoundKind, written: Mapping[str, str]) -> dict[str, str]:
    """The record of an inspection or survey made plain. Raises Unfit for a visit, which has its own record, and for
    what is missing or too long."""
    if kind is RoundKind.VISIT:
        raise Unfit("projects.visit_has_its_own")
    made = {name: several_lines(written.get(name, "")) for name in RECORD_FIELDS}
    for name in NEEDED[kind]:
        if not made[name]:
            raise Unfit("projects.record_lacks", field=name)
    for name, text in made.items():
        if len(text) > MAX_NOTE:
            raise Unfit("projects.too_long", most=MAX_NOTE, field=name)
    return {name: text for name, text in made.items() if text}
