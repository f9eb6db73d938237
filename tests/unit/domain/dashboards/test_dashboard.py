"""F7: tiles in any order, of any figure and rule, and with which hours each time is compared."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hotline.domain.dashboards.dashboard import FIRST, MOST_ON_WALL, MOST_TILES, Dashboard, require_for_wall, times_of
from hotline.domain.dashboards.tile import NARROWED_BY, Tile, TileKind, read_tile
from hotline.domain.errors import Refused
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.period import Period
from hotline.domain.reports.scope import Axis
from hotline.domain.rules.registry import RULES
from tests.support.instance import at

_PERIODS = [each for each in Period if each is not Period.DAYS]
_KEYS = st.text("abc:_1", min_size=1, max_size=8)


@st.composite
def _tiles(draw: st.DrawFn) -> Tile:
    kind = draw(st.sampled_from(TileKind))
    whole = Tile(kind, draw(st.sampled_from(sorted(FIGURES if kind is TileKind.FIGURE else RULES))))
    axes = [axis for axis in NARROWED_BY if axis in whole.axes]
    axis = draw(st.sampled_from([None, *axes]))
    if axis is None:
        return whole
    key = str(draw(st.integers(1, 10**6))) if axis is Axis.PERSON else draw(_KEYS)
    return Tile(kind, whole.name, axis, key)


@given(_tiles())
def test_f7_a_tile_is_read_as_it_is_written(tile: Tile) -> None:
    assert read_tile(tile.code) == tile


@pytest.mark.parametrize(
    "code",
    [
        *("", "figure", "figure:", "figure:nothing", "rule:Z9", "other:answered", "figure:answered:line:"),
        *("figure:answered:moon:1", "figure:answered:person:x", "figure:answered:person:0", "rule:A8:queue:main"),
        *("figure:answered:day:2026-11-16", "figure:line_up:person:1", f"figure:answered:line:{'x' * 65}"),
    ],
)
def test_f7_what_is_no_tile_is_refused(code: str) -> None:
    with pytest.raises(Refused):
        read_tile(code)


@given(st.lists(_tiles(), min_size=1, max_size=MOST_TILES, unique=True), st.data())
def test_f7_moving_a_tile_keeps_all_of_them(tiles: list[Tile], data: st.DataObject) -> None:
    places = st.integers(0, len(tiles) - 1)
    place, to = data.draw(places), data.draw(places)
    moved = Dashboard(Period.TODAY, tuple(tiles)).moved(place, to)
    assert moved.tiles[to] == tiles[place] and set(moved.tiles) == set(tiles)
    assert [tile for tile in moved.tiles if tile != tiles[place]] == [tile for tile in tiles if tile != tiles[place]]


def test_f7_a_place_that_is_not_there_changes_nothing() -> None:
    for place, to in ((0, -1), (-1, 0), (len(FIRST.tiles), 0), (0, len(FIRST.tiles))):
        assert FIRST.moved(place, to) is FIRST
    assert FIRST.without(len(FIRST.tiles)) == FIRST
    assert FIRST.without(0).tiles == FIRST.tiles[1:]


def test_f7_the_same_tile_twice_too_many_and_days_are_refused() -> None:
    with pytest.raises(Refused, match="twice"):
        FIRST.with_tile(FIRST.tiles[0])
    many = tuple(Tile(TileKind.FIGURE, name) for name in list(FIGURES)[: MOST_TILES + 1])
    with pytest.raises(Refused, match="too_many"):
        Dashboard(Period.TODAY, many)
    with pytest.raises(Refused, match="period"):
        Dashboard(Period.DAYS, ())


def test_f7_the_wallboard_shows_nobody_and_not_too_many() -> None:
    require_for_wall(FIRST)
    with pytest.raises(Refused, match="person_on_wall"):
        require_for_wall(Dashboard(Period.TODAY, (read_tile("figure:answered:person:1"),)))
    many = tuple(Tile(TileKind.FIGURE, name) for name in list(FIGURES)[: MOST_ON_WALL + 1])
    with pytest.raises(Refused, match="too_many"):
        require_for_wall(Dashboard(Period.TODAY, many))


def test_f7_today_is_compared_with_yesterday_up_to_the_same_hour() -> None:
    times = times_of(Period.TODAY, at("2026-11-16 10:30:00"))
    assert (times.scope().start, times.scope().end) == (at("2026-11-16 00:00"), at("2026-11-16 10:30:00"))
    assert (times.before().start, times.before().end) == (at("2026-11-15 00:00"), at("2026-11-15 10:30:00"))
    assert times.line_first == date(2026, 11, 3)


def test_f7_a_month_that_is_over_is_compared_with_the_whole_one_before() -> None:
    times = times_of(Period.LAST_MONTH, at("2026-03-16 10:30:00"))
    assert (times.scope().start, times.scope().end) == (at("2026-02-01 00:00"), at("2026-03-01 00:00"))
    assert (times.before().start, times.before().end) == (at("2026-01-01 00:00"), at("2026-02-01 00:00"))


@given(st.sampled_from(_PERIODS), st.integers(0, 10 * 365 * 24 * 60))
@example(Period.TODAY, 0)
@example(Period.MONTH, 59 * 24 * 60)
def test_f7_every_moment_has_its_times(period: Period, minutes: int) -> None:
    """Midnight, the first of a month, the last of February: there is always something to look at."""
    times = times_of(period, at("2024-01-01 00:00") + timedelta(minutes=minutes))
    assert times.before().end <= times.scope().start and times.line().end >= times.scope().end
    assert times.first <= times.last and times.line_first <= times.last
