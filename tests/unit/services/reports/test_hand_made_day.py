"""A day made by hand, with its figures counted by hand (tests/support/report_day.py)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import How
from hotline.domain.reports.scope import Axis, Scope, Slice
from hotline.services.reports.facts import rebuild
from hotline.services.reports.figures import rows, split, terms, values
from hotline.settings import Settings
from hotline.storage.reports.figure_sql import Terms
from hotline.storage.reports.tables import report_day
from hotline.storage.reports.views import make_views
from hotline.storage.transaction import Storage
from tests.support import report_day as hand
from tests.support.instance import an_instance, at

DAY = Scope(at("2026-11-16 00:00"), at("2026-11-17 00:00"))
BOTH = Scope(at("2026-11-15 00:00"), at("2026-11-18 00:00"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return an_instance(tmp_path, hand.EVENING).settings


@pytest.fixture
def day(storage: Storage, settings: Settings) -> Storage:
    hand.put(storage)
    rebuild(storage, settings, hand.EVENING)
    return storage


def test_each_figure_is_as_counted_by_hand(day: Storage, settings: Settings) -> None:
    """A8, A11, G4, G5."""
    with day.reading() as tx:
        found = values(tx, DAY, hand.FIGURES, settings)
    wrong = {
        name: (found[name].value, expected)
        for name, expected in hand.FIGURES.items()
        if found[name].value != pytest.approx(expected, abs=0.0001)
    }
    assert not wrong


def test_kept_sums_are_the_facts(day: Storage, settings: Settings) -> None:
    """Every figure along every axis is the same from kept sums and from the facts themselves."""
    kept = {axis: _all(day, settings, axis) for axis in Axis}
    with day.writing() as tx:
        tx.connection.execute(report_day.delete())
    assert {axis: _all(day, settings, axis) for axis in Axis} == kept


def test_made_anew_nothing_changes(day: Storage, settings: Settings) -> None:
    before = {axis: _all(day, settings, axis) for axis in Axis}
    rebuild(day, settings, hand.EVENING)
    assert {axis: _all(day, settings, axis) for axis in Axis} == before


def test_each_view_is_its_figure(day: Storage, settings: Settings) -> None:
    asked = terms(settings)
    with day.writing() as tx:
        make_views(tx.connection, Terms(asked.marks, asked.satisfied_from, "CURRENT_TIMESTAMP"))
    with day.reading() as tx:
        for name, figure in FIGURES.items():
            shown = {
                (row.day, row.line): row.value
                for row in tx.connection.execute(text(f"SELECT day, line, value FROM {figure.view}"))
            }
            for line in ("main", "parts") if Axis.LINE in figure.axes else ("",):
                scope = Scope(BOTH.start, BOTH.end, (line,) if line else ())
                for each in split(tx, scope, [name], Axis.DAY, settings, hand.EVENING):
                    expected = each.values[name].value
                    value = shown.get((each.key, line))
                    if value is None and figure.taken.how in (How.SUM, How.STOCK):
                        value = 0
                    assert (None if value is None else float(value)) == (
                        None if expected is None else pytest.approx(expected, abs=0.0001)
                    ), (name, each.key, line)


def test_incoming_is_what_became_of_them(day: Storage, settings: Settings) -> None:
    """Identities: outcomes add up to what came in, half hours and lines to the day."""
    parts = ("answered", "lost", "callbacks_wanted", "voicemails", "served_in_menu", "lost_in_menu", "broken_off")
    with day.reading() as tx:
        found = values(tx, DAY, ["incoming", *parts], settings)
        for axis in sorted(FIGURES["incoming"].axes):
            slices = split(tx, DAY, ["incoming"], axis, settings)
            assert sum(each.values["incoming"].value or 0 for each in slices) == found["incoming"].value, axis
    assert sum(found[name].value or 0 for name in parts) == found["incoming"].value


def test_each_figure_opens_its_rows(day: Storage, settings: Settings) -> None:
    """Of a figure that counts, as many rows as it says; of menus, of which a call hears several, each call once."""
    with day.reading() as tx:
        for name, figure in FIGURES.items():
            found = rows(tx, DAY, name, settings, 1000)
            counted = figure.taken.how is How.SUM and figure.taken.scale == 1 and len(figure.taken.top) == 1
            if counted and found.kind == "call":
                said = values(tx, DAY, [name], settings)[name].value or 0
                most = len(set(found.ids)) if Axis.MENU in figure.axes else said
                assert len(found.ids) == most <= said, name


def _all(storage: Storage, settings: Settings, axis: Axis) -> list[Slice]:
    names = [name for name, figure in FIGURES.items() if axis in figure.axes]
    with storage.reading() as tx:
        return split(tx, BOTH, names, axis, settings)
