"""Figures of what is no call: counted by hand, as the features' own figures, and as their views."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import bindparam, text

from hotline.domain.deadlines.kept import ClockName
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import How
from hotline.domain.reports.scope import Axis, Scope
from hotline.services.reports.facts import rebuild
from hotline.services.reports.figures import split, terms, values
from hotline.services.reports.view_making import make
from hotline.settings import Settings
from hotline.storage.callbacks.figures import OwedFigureStore
from hotline.storage.deadlines.figures import KeptFigureStore
from hotline.storage.reports.figure_store import FigureStore
from hotline.storage.reports.sources import SOURCES
from hotline.storage.satisfaction.figures import RatingFigureStore, RatingFilter
from hotline.storage.transaction import Storage
from hotline.storage.types import UtcDateTime
from tests.support import report_day as hand
from tests.support import report_rows
from tests.support.instance import an_instance, at

DAY = Scope(at("2026-11-16 00:00"), at("2026-11-17 00:00"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return an_instance(tmp_path, hand.EVENING).settings


@pytest.fixture
def day(storage: Storage, settings: Settings) -> Storage:
    hand.put(storage)
    rebuild(storage, settings, hand.EVENING)
    with storage.writing() as tx:
        report_rows.put(tx.connection)
    return storage


def test_as_counted_by_hand(day: Storage, settings: Settings) -> None:
    """A9, B1, B6, D1, D2, E7, E9."""
    with day.reading() as tx:
        found = values(tx, DAY, report_rows.FIGURES, settings, hand.EVENING)
    wrong = {
        name: (found[name].value, expected)
        for name, expected in report_rows.FIGURES.items()
        if found[name].value != pytest.approx(expected, abs=0.0001)
    }
    assert not wrong


def test_as_the_features_own_figures(day: Storage, settings: Settings) -> None:
    """A9, B6, E9."""
    with day.reading() as tx:
        owed = OwedFigureStore(tx).between(DAY.start, DAY.end, hand.EVENING)
        kept = KeptFigureStore(tx).between(ClockName("promise"), DAY.start, DAY.end, hand.EVENING)
        rated = RatingFigureStore(tx).total(RatingFilter(DAY.start, DAY.end, settings.satisfaction.satisfied_from))
        names = (
            "callbacks_owed",
            "callback_closure",
            "callbacks_called_in_time",
            "promises_kept",
            "rating_mean",
            "satisfied",
        )
        ours = {name: each.value for name, each in values(tx, DAY, names, settings, hand.EVENING).items()}
    assert ours["callbacks_owed"] == owed.owed
    assert ours["callback_closure"] == pytest.approx(owed.closed_percent, abs=0.051)
    assert ours["callbacks_called_in_time"] == pytest.approx(100 * owed.in_time / (owed.in_time + owed.late), abs=0.001)
    assert ours["promises_kept"] == 100 * kept.kept / (kept.kept + kept.late + kept.broken)
    assert ours["rating_mean"] == pytest.approx(rated.mean, abs=0.051)
    assert ours["satisfied"] == pytest.approx(rated.satisfied_percent, abs=0.051)


def test_as_their_views(day: Storage, settings: Settings) -> None:
    """Each figure of the catalogue, on a day on which there is something of nearly each."""
    make(day, settings)
    nothing = []
    with day.reading() as tx:
        for name, figure in FIGURES.items():
            rows = tx.connection.execute(text(f"SELECT line, value FROM {figure.view} WHERE day = '2026-11-16'"))
            shown = {row.line: row.value for row in rows}
            for line in ("main", "parts") if Axis.LINE in figure.axes else ("",):
                scope = Scope(DAY.start, DAY.end, (line,) if line else ())
                expected = values(tx, scope, [name], settings, hand.EVENING)[name].value
                value = 0 if shown.get(line) is None and figure.taken.how is How.SUM else shown.get(line)
                assert (None if value is None else float(value)) == (
                    None if expected is None else pytest.approx(expected, abs=0.0001)
                ), (name, line)
            if not any(value for value in shown.values()):
                nothing.append(name)
    assert len(nothing) < 25, nothing


def test_each_figure_splits_by_each_of_its_axes(day: Storage, settings: Settings) -> None:
    """Sums over slices are the whole, along every axis."""
    with day.reading() as tx:
        for name, figure in FIGURES.items():
            if figure.taken.how is not How.SUM:
                continue
            whole = values(tx, DAY, [name], settings, hand.EVENING)[name].value
            for axis in sorted(figure.axes):
                parts = split(tx, DAY, [name], axis, settings, hand.EVENING)
                assert sum(each.values[name].value or 0 for each in parts) == pytest.approx(whole, abs=0.001), (
                    name,
                    axis,
                )


@pytest.mark.parametrize("axis", [Axis.DAY, Axis.WEEK, Axis.MONTH, Axis.WEEKDAY])
@pytest.mark.parametrize("start", ["2026-11-01 00:00", "2026-11-16 12:00:00.000001", "2026-11-16 18:00"])
def test_day_for_day_is_grouped_by_day(day: Storage, settings: Settings, axis: Axis, start: str) -> None:
    """B1: records are so many that each day of them is asked for by itself, the first and the last as far as asked."""
    many = SOURCES["record_clocks"]
    columns = "clock, rule, line, term, by_setting, started_at, gaps, stopped_at, counted_by"
    copied = (
        f"INSERT INTO deadline ({columns}, object_id, due_at) SELECT {columns}, :id, :due"
        " FROM deadline WHERE clock = 'record' ORDER BY id LIMIT 1"
    )
    question = text(copied).bindparams(bindparam("due", type_=UtcDateTime()))
    edges = ("2026-11-14 23:59:59.999999", "2026-11-15", "2026-11-16 12:00", "2026-11-17 23:00", "2026-11-18 12:00")
    with day.writing() as tx:
        for number, due in enumerate(map(at, edges), 10**9):
            tx.connection.execute(question, {"due": due, "id": number})
    scope = Scope(at(start), at("2026-11-18 12:00"))
    with day.reading() as tx:
        store = FigureStore(tx, terms(settings), hand.EVENING)
        one, other = (
            store.sums(replace(many, in_order=each), list(many.measures), scope, axis) for each in (True, False)
        )
    assert one == other and one
