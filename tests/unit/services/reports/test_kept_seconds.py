"""F1: percentiles of whole days come from the seconds that are kept of them, different callers from who is kept, and
both are those of the facts."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select

from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import How
from hotline.domain.reports.scope import Axis, Scope, Slice, Value
from hotline.services.reports.facts import rebuild
from hotline.services.reports.figures import along, split, values
from hotline.settings import Settings
from hotline.storage.reports.tables import report_call, report_day, report_seconds
from hotline.storage.staff.tables import person, tenure
from hotline.storage.transaction import Storage
from tests.support import report_day as hand
from tests.support.instance import an_instance, at

DAY = Scope(at("2026-11-16 00:00"), at("2026-11-17 00:00"))
_SPANS = [
    name
    for name, figure in FIGURES.items()
    if Axis.HALF_HOUR in figure.axes and figure.taken.how in (How.PERCENTILE, How.LONGEST)
]
#: What no sum of sums says.
_NAMES = ["callers", *_SPANS]
_AXES = (Axis.DAY, Axis.WEEK, Axis.MONTH, Axis.WEEKDAY, Axis.LINE, Axis.QUEUE, Axis.PERSON, Axis.SUBJECT, Axis.REGION)
_SLOTS = (Axis.HALF_HOUR, Axis.HOUR_OF_WEEK)
_SCOPES = (
    DAY,
    Scope(DAY.start, DAY.end, subjects=("repair",)),
    Scope(DAY.start, DAY.end, lines=("main",), queues=("service",)),
)


@pytest.fixture
def counted(storage: Storage, tmp_path: Path) -> Settings:
    hand.put(storage)
    with storage.writing() as tx:
        for number, extension in enumerate(("1001", "1002"), 1):
            tx.connection.execute(insert(person).values(id=number, name=extension, active=True, version=1))
            tx.connection.execute(insert(tenure).values(person_id=number, extension=extension))
    settings = an_instance(tmp_path, hand.EVENING).settings
    rebuild(storage, settings, hand.EVENING)
    return settings


def _asked(storage: Storage, settings: Settings, scope: Scope) -> tuple[dict[str, Value], list[list[Slice]]]:
    with storage.reading() as tx:
        by_axis = [split(tx, scope, _NAMES, axis, settings, hand.EVENING) for axis in _AXES]
        by_axis += [split(tx, scope, ["callers"], axis, settings, hand.EVENING) for axis in _SLOTS]
        return values(tx, scope, _NAMES, settings, hand.EVENING), by_axis


def test_of_some_people(storage: Storage, counted: Settings) -> None:
    with storage.reading() as tx:
        by_person = split(tx, DAY, _SPANS, Axis.PERSON, counted, hand.EVENING)
        people = [each for each in by_person if each.key]
        assert [each.key for each in people] == ["1", "2"]
        for each in people:
            one = Scope(DAY.start, DAY.end, people=(int(each.key),))
            assert values(tx, one, _SPANS, counted, hand.EVENING) == each.values


@pytest.mark.parametrize("scope", _SCOPES)
def test_they_are_those_of_the_facts(storage: Storage, counted: Settings, scope: Scope) -> None:
    kept = _asked(storage, counted, scope)
    assert any(each.value for each in kept[0].values())
    with storage.writing() as tx:
        tx.connection.execute(delete(report_day))
    assert _asked(storage, counted, scope) == kept


def test_facts_are_not_read_for_them(storage: Storage, counted: Settings) -> None:
    """By one axis and its own filter; a year of facts would take too long."""
    kept = _asked(storage, counted, DAY)
    with storage.writing() as tx:
        tx.connection.execute(delete(report_call))
    assert _asked(storage, counted, DAY) == kept


def test_made_anew_they_are_the_same(storage: Storage, counted: Settings) -> None:
    def rows() -> list[tuple[object, ...]]:
        columns = [column for column in report_seconds.c if column.name != "id"]
        with storage.reading() as tx:
            found = tx.connection.execute(select(*columns)).all()
        return sorted(tuple(" ".join(sorted(str(each).split())) for each in row) for row in found)

    before = rows()
    rebuild(storage, counted, hand.EVENING)
    assert before
    assert rows() == before


@pytest.mark.parametrize("scope", [*_SCOPES, Scope(at("2026-01-01 00:00"), at("2026-01-02 00:00"))])
def test_read_along_an_axis_all_of_it_is_the_same(storage: Storage, counted: Settings, scope: Scope) -> None:
    """What the page of a report shows of all is what its slices add up to; of a time without any calls too."""
    for axis in Axis:
        names = [name for name, each in FIGURES.items() if scope.filters | {axis} <= each.axes]
        with storage.reading() as tx:
            whole, slices = along(tx, scope, names, axis, counted, hand.EVENING)
            assert whole == values(tx, scope, names, counted, hand.EVENING)
            assert slices == split(tx, scope, names, axis, counted, hand.EVENING)
