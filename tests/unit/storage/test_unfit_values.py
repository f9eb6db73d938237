"""A value that no column holds is refused in words on every kind of database; it is no fault of the program."""

from __future__ import annotations

import pytest

from hotline.domain.errors import Refused
from hotline.storage.accounts.users import UserStore
from hotline.storage.calls.store import CallStore
from hotline.storage.quality.score_forms import ScoreFormStore
from hotline.storage.transaction import Storage


def test_a_number_beyond_64_bits_is_refused(storage: Storage) -> None:
    with pytest.raises(Refused, match=r"^storage.number_too_large$"), storage.reading() as tx:
        CallStore(tx).by_id(2**64)


def test_a_number_beyond_its_column_is_refused_or_finds_nothing(storage: Storage) -> None:
    try:
        with storage.reading() as tx:
            assert ScoreFormStore(tx).by_id(2**40) is None
    except Refused as refused:
        assert refused.code == "storage.number_too_large"


def test_a_text_with_the_character_that_postgresql_does_not_take_is_refused_or_finds_nothing(storage: Storage) -> None:
    try:
        with storage.reading() as tx:
            assert UserStore(tx).by_username("li\0") is None
    except Refused as refused:
        assert refused.code == "storage.control_characters"


def test_a_number_that_is_too_large_for_the_program_itself_is_its_own_fault(storage: Storage) -> None:
    with pytest.raises(OverflowError), storage.reading():
        float(10**400)
