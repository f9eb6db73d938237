"""E11: customers are shared out evenly by number and potential."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.owners.sharing import Load, share_out

FRESH = st.dictionaries(st.integers(1, 9999), st.integers(1, 9), max_size=60)


@given(FRESH, st.integers(1, 7))
def test_from_nothing_numbers_differ_by_one_at_most_and_potentials_by_one_customer(
    fresh: dict[int, int], people: int
) -> None:
    names = [f"p{place}" for place in range(people)]
    shared = share_out(fresh.items(), {name: Load() for name in names})
    assert shared.keys() == fresh.keys()
    numbers = Counter(shared.values())
    assert max((numbers[name] for name in names), default=0) - min(numbers[name] for name in names) <= 1
    counted = [sum(fresh[id] for id, owner in shared.items() if owner == name) for name in names]
    assert max(counted) - min(counted) <= 9


@given(FRESH)
def test_the_same_from_the_same_whatever_the_order(fresh: dict[int, int]) -> None:
    loads = {"a": Load(3, 9), "b": Load(3, 4), "c": Load(5, 5)}
    assert share_out(fresh.items(), loads) == share_out(reversed(fresh.items()), dict(reversed(loads.items())))


def test_who_has_fewer_gets_the_next_ones() -> None:
    shared = share_out([(1, 1), (2, 1), (3, 1)], {"a": Load(2, 2), "b": Load(0, 0)})
    assert shared == {1: "b", 2: "b", 3: "a"}


def test_of_two_with_as_many_whose_customers_count_less_gets_the_next_one() -> None:
    assert share_out([(7, 5)], {"a": Load(3, 9), "b": Load(3, 4)}) == {7: "b"}


def test_where_nobody_may_have_customers_nobody_gets_any() -> None:
    assert share_out([(1, 1)], {}) == {}
