"""What month a page is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from hotline.domain.errors import Refused
from hotline.web.kit.query import month_asked
from tests.support.instance import at

NOW = at("2026-11-30 23:30")


def test_the_month_of_the_address_or_the_present_one_in_shanghai() -> None:
    assert month_asked({"month": "2024-02"}, NOW) == date(2024, 2, 1)
    assert month_asked({}, NOW) == month_asked({"month": ""}, NOW) == date(2026, 11, 1)
    assert month_asked({}, at("2026-12-01 00:30")) == date(2026, 12, 1)


@pytest.mark.parametrize(
    "typed", ["2026-13", "2026-00", "2026", "2026-1", "2026-11-05", "0001-01", "9999-12", "x", " "]
)
def test_what_is_no_month_is_refused_and_not_guessed(typed: str) -> None:
    with pytest.raises(Refused, match=r"input\.month"):
        month_asked({"month": typed}, NOW)
