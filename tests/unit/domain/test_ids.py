"""Ids as they are written: one way, in ASCII, and no larger than a row's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.ids import MAX_ID, MAX_PLACE, parse_id, parse_place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "01",
        "+1",
        "-1",
        "1 ",
        " 1",
        "1\n",
        "1\x00",
        "٣",
        "１",
        "1_0",
        "1.0",
        "1e3",
        "0x1",
        "²",
        "一",
        str(MAX_ID + 1),
        str(2**63),
        str(2**64),
        "9" * 5000,
    ],
)
def test_what_is_no_id(text: str) -> None:
    assert parse_id(text) is None


@given(st.integers(1, MAX_ID))
def test_every_id_is_read_as_it_is_written(number: int) -> None:
    assert parse_id(str(number)) == number


@given(st.text())
def test_whatever_is_read_is_written_the_same_way(text: str) -> None:
    found = parse_id(text)
    assert found is None or (str(found) == text and 1 <= found <= MAX_ID)


def test_a_place_in_the_news_may_be_the_beginning_and_is_counted_in_63_bits() -> None:
    assert (parse_place("0"), parse_place(str(MAX_PLACE))) == (0, MAX_PLACE)
    assert [parse_place(text) for text in (str(MAX_PLACE + 1), "٣", "-1", "00", "")] == [None] * 5
