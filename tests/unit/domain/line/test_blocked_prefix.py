"""Numbers that are turned away by how they begin (A15)."""

from __future__ import annotations

import pytest

from hotline.domain.line.blocked_prefix import BlockedPrefix, is_prefix, read_prefix
from hotline.domain.numbers import normalise
from tests.support.instance import at


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("138 1234*", "1381234"),
        ("+86 138-1234 *", "1381234"),
        ("0086 1381234*", "1381234"),
        ("0755 123*", "0755123"),
        ("+86755123*", "0755123"),
        ("950*", "950"),
        ("4001234*", "4001234"),
        ("+1*", "+1"),
        ("001 212*", "+1212"),
        ("138123*", ""),
        ("0755*", ""),
        ("+86*", ""),
        ("+8613*", ""),
        ("95*", ""),
        ("755*", ""),
        ("755123*", ""),
        ("*", ""),
        ("13*812345*", ""),
        ("13812345678", ""),
        ("anonymous*", ""),
    ],
)
def test_how_numbers_begin_is_read_and_what_would_shut_out_whole_cities_is_not(written: str, read: str) -> None:
    assert read_prefix(written) == read


@pytest.mark.parametrize(
    ("prefix", "number", "fits"),
    [
        ("1381234", "13812345678", True),
        ("1381234", "13912345678", False),
        ("0755123", "0755-12345678", True),
        ("0755123", "13075512345", False),
        ("950", "95013800", True),
        ("+1", "+1 212 555 0100", True),
        ("+1", "13812345678", False),
    ],
)
def test_which_numbers_begin_so(prefix: str, number: str, fits: bool) -> None:
    assert BlockedPrefix(prefix, "骚扰", "wang", at("2026-11-16 10:30:00")).fits(normalise(number)) == fits


def test_one_number_is_no_beginning_of_several() -> None:
    assert is_prefix(" 950* ") and not is_prefix("95012345")
