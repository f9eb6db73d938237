"""Examiners' agreement beyond chance (figure 39, E6)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import MIN_PAIRS, kappa, of_sums


def test_e6_as_cohen_counts_it() -> None:
    """The textbook's fifty: both yes 20, both no 15, the first alone 5, the second alone 10: 0.4."""
    assert kappa(35, 25, 30, 50) == pytest.approx(0.4)


def test_e6_too_few_are_not_enough_and_their_number_is_told() -> None:
    assert kappa(MIN_PAIRS - 1, 4, 4, MIN_PAIRS - 1) is None
    sums = {"twice_agreed": 3.0, "twice_passed_first": 2.0, "twice_passed_second": 1.0, "twice_scored": 4.0}
    found = of_sums(FIGURES["examiners_kappa"].taken, sums)
    assert (found.value, found.of) == (None, 4)


def test_e6_where_all_is_passed_by_both_chance_explains_it() -> None:
    assert kappa(20, 20, 20, 20) is None


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=MIN_PAIRS, max_size=60))
def test_e6_it_lies_between_minus_one_and_one_and_is_one_where_all_agree(pairs: list[tuple[bool, bool]]) -> None:
    def of(found: list[tuple[bool, bool]]) -> float | None:
        return kappa(sum(a == b for a, b in found), sum(a for a, _b in found), sum(b for _a, b in found), len(found))

    value = of(pairs)
    assert value is None or -1.000001 <= value <= 1.000001
    assert of([(b, a) for a, b in pairs]) == (None if value is None else pytest.approx(value))
    alike = of([(a, a) for a, _b in pairs])
    assert alike is None or alike == pytest.approx(1)
