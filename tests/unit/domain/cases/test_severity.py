"""D6: three dimensions, a repeat weighs double."""

from __future__ import annotations

from itertools import product

import pytest

from hotline.domain.cases.severity import Severity, severity, weight


@pytest.mark.parametrize(
    ("demand", "loss", "spread", "expected"),
    [
        (1, 1, 1, Severity.LIGHT),
        (3, 1, 1, Severity.LIGHT),
        (3, 2, 1, Severity.MEDIUM),
        (3, 3, 1, Severity.MEDIUM),
        (3, 3, 2, Severity.SEVERE),
        (1, 1, 3, Severity.SEVERE),
        (0, 3, 3, None),
    ],
)
def test_a_case_is_as_grave_as_its_dimensions_say(
    demand: int, loss: int, spread: int, expected: Severity | None
) -> None:
    assert severity(demand, loss, spread) is expected


def test_a_repeat_weighs_double_and_is_never_less_grave() -> None:
    order = list(Severity)
    for demand, loss, spread in product((1, 2, 3), repeat=3):
        assert weight(demand, loss, spread, 1) == 2 * weight(demand, loss, spread)
        alone, again = severity(demand, loss, spread), severity(demand, loss, spread, 2)
        assert alone is not None and again is not None and order.index(again) >= order.index(alone)
