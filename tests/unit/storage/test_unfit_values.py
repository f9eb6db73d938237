"""A value that no column holds is refused in words on every kind of database; it is no fault of the program."""

from __future__ import annotations

import pytest

from hotline.services.errors import Refused
from hotline.storage.unit_of_work import SqlStorage


def test_a_number_beyond_64_bits_is_refused(storage: SqlStorage) -> None:
    with pytest.raises(Refused, match="^storage.number_too_large$"), storage.reading() as work:
        work.calls.by_id(2**64)


def test_a_number_beyond_its_column_is_refused_or_finds_nothing(storage: SqlStorage) -> None:
    try:
        with storage.reading() as work:
            assert work.score_forms.by_id(2**40) is None
    except Refused as refused:
        assert refused.code == "storage.number_too_large"


def test_a_text_with_the_character_that_postgresql_does_not_take_is_refused_or_finds_nothing(
    storage: SqlStorage,
) -> None:
    try:
        with storage.reading() as work:
            assert work.users.by_username("li\0") is None
    except Refused as refused:
        assert refused.code == "storage.control_characters"


def test_a_number_that_is_too_large_for_the_program_itself_is_its_own_fault(storage: SqlStorage) -> None:
    with pytest.raises(OverflowError), storage.reading():
        float(10**400)
