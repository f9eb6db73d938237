"""Whose turn it is: evenly, deterministic, never who is barred, only who can."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.interval import Interval
from hotline.domain.visits.sharing import first_within, meeting, whose_turn

BEGAN = datetime(2026, 3, 16, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minutes: int) -> datetime:
    return BEGAN + minutes * MINUTE


@st.composite
def spans(draw: st.DrawFn) -> list[Interval]:
    """In order, without overlaps."""
    edges = sorted(draw(st.sets(st.integers(0, 300), max_size=12)))
    return [Interval(at(a), at(b)) for a, b in zip(edges[::2], edges[1::2], strict=False)]


def within(found: list[Interval], moment: datetime) -> bool:
    return any(each.starts_at <= moment < each.ends_at for each in found)


@given(spans(), spans())
def test_what_meets_lies_in_both_and_nothing_is_left_out(some: list[Interval], others: list[Interval]) -> None:
    both = meeting(some, others)
    for minute in range(301):
        assert within(both, at(minute)) == (within(some, at(minute)) and within(others, at(minute)))
    assert both == sorted(both, key=lambda each: each.starts_at)


@given(spans(), st.integers(0, 300), st.integers(0, 300))
def test_the_first_moment_is_the_first(free: list[Interval], since: int, before: int) -> None:
    expected = next((at(minute) for minute in range(since, before) if within(free, at(minute))), None)
    assert first_within(free, at(since), at(before)) == expected


NAMES = st.sampled_from("abcdef")


@given(st.dictionaries(NAMES, spans()), st.dictionaries(NAMES, st.integers(0, 9)), st.sets(NAMES), st.integers(0, 300))
def test_nobody_barred_and_nobody_with_fewer_is_passed_over(
    free: dict[str, list[Interval]], counts: dict[str, int], barred: set[str], since: int
) -> None:
    turn = whose_turn(free, counts, barred, at(since), at(301))
    able = [name for name in free if name not in barred and first_within(free[name], at(since), at(301))]
    if not able:
        assert turn is None
        return
    assert turn is not None and turn.visitor in able
    assert counts.get(turn.visitor, 0) == min(counts.get(name, 0) for name in able)
    assert turn == whose_turn(dict(sorted(free.items(), reverse=True)), counts, barred, at(since), at(301))


@given(st.integers(1, 60), st.sets(NAMES, min_size=1))
def test_shared_out_one_after_another_nobody_has_more_than_one_more(visits: int, names: set[str]) -> None:
    always = {name: [Interval(at(0), at(300))] for name in names}
    counts: Counter[str] = Counter()
    for _visit in range(visits):
        turn = whose_turn(always, counts, set(), at(0), at(300))
        assert turn is not None
        counts[turn.visitor] += 1
    assert max(counts.values()) - min(counts[name] for name in names) <= 1
