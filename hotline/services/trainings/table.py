"""Results of trainings as a table that is brought in: a person, a training, a day, points or passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from hotline.domain import wall_time
from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.staff.records import Person
from hotline.domain.trainings.training import Training, TrainingResult, result_of
from hotline.domain.wall_time import UnclearTime
from hotline.services.access import require_right
from hotline.services.tables import shape
from hotline.services.tables.faults import BadCell
from hotline.services.tables.rules import yes_or_no
from hotline.services.tables.shape import Field, Kind, Shape
from hotline.services.tables.table import OpenedTable, Row, read_rows
from hotline.storage.audit import AuditLog
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.trainings.store import TrainingResultStore, TrainingStore
from hotline.storage.transaction import Storage, Transaction

SHAPE = Shape(
    {
        "person": Field(shape.EMPLOYEE),
        "extension": Field(shape.EXTENSION),
        "training": Field(("training", "exam", "course", "培训", "培训名称", "考试", "考试名称", "课程")),
        "date": Field(("date", "day", "日期", "培训日期", "考试日期"), Kind.TIME),
        "points": Field(("points", "score", "分数", "成绩", "得分")),
        "passed": Field(("passed", "result", "是否合格", "合格", "通过", "结果")),
        "note": Field(shape.NOTE),
    },
    needs=(("person", "extension"), ("training",), ("date",)),
    most=100_000,
)


class RowProblem(StrEnum):
    """Why a row is not taken, besides what any table may have."""

    TRAINING = "training"
    SOMEBODY = "somebody"
    POINTS = "points"
    PASSED = "passed"
    LATER = "later"
    NOTE = "note"

    @property
    def code(self) -> str:
        return f"trainings.row_{self}"


@dataclass(frozen=True, slots=True)
class ImportedResults:
    added: int
    changed: int
    known: int


def import_results(
    storage: Storage, opened: OpenedTable, actor: Actor, now: datetime, dry_run: bool
) -> ImportedResults:
    """All rows or none; the same table again changes nothing. Raises Forbidden, Faults naming every line and column
    that cannot be taken."""
    require_right(Act.KEEP_TRAININGS, actor)
    with storage.reading() as tx:
        known = _Known.read(tx)
        before = {_key(each) for each in TrainingResultStore(tx).all()}
    results = read_rows(opened, SHAPE, lambda row: known.result(row, actor, now))
    if dry_run:
        new = sum(1 for each in results if _key(each) not in before)
        return ImportedResults(new, 0, len(results) - new)
    with storage.writing() as tx:
        added, changed = TrainingResultStore(tx).put(results)
        AuditLog(tx).add(now, actor.name, "training.import", "trainings", f"{added} added, {changed} changed")
    return ImportedResults(added, changed, len(results) - added - changed)


def _key(result: TrainingResult) -> tuple[int, int, datetime]:
    return result.training_id, result.person_id, result.taken_at


@dataclass(frozen=True)
class _Known:
    """Who and what there is, as a table may write it."""

    trainings: dict[str, Training]
    by_name: dict[str, list[Person]]
    by_extension: dict[str, int]

    @classmethod
    def read(cls, tx: Transaction) -> _Known:
        by_name: dict[str, list[Person]] = defaultdict(list)
        for each in StaffStore(tx).all():
            by_name[each.name].append(each)
        having = {each.extension: each.person_id for each in TenureStore(tx).search() if each.until is None}
        return cls({each.name: each for each in TrainingStore(tx).all(active_only=True)}, by_name, having)

    def result(self, row: Row, actor: Actor, now: datetime) -> TrainingResult:
        training = self.trainings.get(row.text("training").strip())
        if training is None:
            raise BadCell("training", RowProblem.TRAINING, row.text("training")[:40])
        try:
            made = result_of(training, self._person(row), _day(row), _points(row), _passed(row), row.text("note"), now)
        except Refused as error:
            raise _as_cell(row, error) from None
        return replace(made, entered_by=actor.name)

    def _person(self, row: Row) -> int:
        if extension := row.text("extension").strip():
            found = self.by_extension.get(extension)
            if found is None:
                raise BadCell("extension", RowProblem.SOMEBODY, extension[:20])
            return found
        named: Sequence[Person] = self.by_name.get(row.text("person").strip(), ())
        if len(named) != 1 or named[0].id is None:
            raise BadCell("person", RowProblem.SOMEBODY, row.text("person")[:40])
        return named[0].id


def _day(row: Row) -> date:
    text = row.text("date").strip()
    try:
        return (wall_time.from_serial(text) or wall_time.read_moment(text)).date()
    except UnclearTime as error:
        raise BadCell("date", error.problem, text[:60]) from None


def _points(row: Row) -> float | None:
    text = row.text("points").strip().removesuffix("分")
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        raise BadCell("points", RowProblem.POINTS, text[:20]) from None
    return found if found == found else None


def _passed(row: Row) -> bool | None:
    text = row.text("passed").strip()
    words = {"合格": True, "通过": True, "不合格": False, "未通过": False}
    return words[text] if text in words else yes_or_no(row, "passed") if text else None


def _as_cell(row: Row, error: Refused) -> BadCell:
    problems = {
        "trainings.needs_points": ("points", RowProblem.POINTS),
        "trainings.points": ("points", RowProblem.POINTS),
        "trainings.passed_or_not": ("passed", RowProblem.PASSED),
        "trainings.not_yet": ("date", RowProblem.LATER),
        "trainings.note": ("note", RowProblem.NOTE),
    }
    field, problem = problems[error.code]
    return BadCell(field if field in row.columns else "", problem, row.text(field)[:40])
