"""The catalogue of figures is whole: each number, both languages, and something to be counted from."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.errors import NotFound, Refused
from hotline.domain.reports.catalogue import FIGURES, figure
from hotline.domain.reports.figure import highest, nearest_rank
from hotline.domain.reports.scope import Axis, Scope
from hotline.storage.reports.sources import SOURCE_OF
from tests.support.instance import at


def test_all_47_are_there() -> None:
    assert {each.number for each in FIGURES.values()} == set(range(1, 48))


@pytest.mark.parametrize("name", FIGURES)
def test_each_says_what_it_is(name: str) -> None:
    """F1: in both languages, with what is in it and what is not."""
    found = FIGURES[name]
    for text in (found.title, found.meaning, found.formula, found.counts, found.left_out):
        assert text.zh.strip()
        assert text.en.strip()
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh)
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in text.en)
    assert len(found.view) <= 63, "PostgreSQL cuts longer names"


@pytest.mark.parametrize("name", FIGURES)
def test_each_is_counted_from_what_knows_its_axes(name: str) -> None:
    found = FIGURES[name]
    for measure in (*found.taken.measures, found.rows):
        assert measure in SOURCE_OF
        of_all = found.taken.of_all and measure in found.taken.bottom
        assert found.axes <= SOURCE_OF[measure].axes or found.name == "callers" or of_all, measure


def test_names_are_not_shared() -> None:
    titles = Counter(each.title.zh for each in FIGURES.values()) + Counter(each.title.en for each in FIGURES.values())
    assert not [title for title, times in titles.items() if times > 1]


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(NotFound) as told:
        figure("beauty")
    assert told.value.reason.code == "reports.no_figure"


def test_a_time_that_is_none_is_refused() -> None:
    day = at("2026-11-16 00:00")
    for start, end in ((day, day), (at("2026-11-17 00:00"), day), (at("2016-11-16 00:00"), at("2027-11-16 00:00"))):
        with pytest.raises(Refused):
            Scope(start, end)


def test_a_scope_knows_by_what_it_leaves_out() -> None:
    scope = Scope(at("2026-11-16 00:00"), at("2026-11-17 00:00"), lines=("main",), people=(3,))
    assert scope.filters == {Axis.LINE, Axis.PERSON}


@given(st.lists(st.integers(0, 500), min_size=1), st.integers(1, 100))
def test_a_percentile_is_the_nearest_rank(waits: list[int], share: int) -> None:
    """So many of all at least are not above it, and fewer are not above the next lower one."""
    found = nearest_rank(Counter(waits), share)
    assert found.of == len(waits)
    assert found.value in waits
    assert 100 * sum(wait <= found.value for wait in waits) >= share * len(waits)
    assert 100 * sum(wait < found.value for wait in waits) < share * len(waits)
    assert highest(Counter(waits)).value == max(waits)


def test_of_nothing_there_is_no_percentile() -> None:
    assert nearest_rank(Counter(), 90).value is None
    assert highest(Counter()).value is None
