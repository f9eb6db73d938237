"""F5: signatures are kept as they were written, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from hotline.domain.compliance.signature import Figures, Signature, digest, is_whole
from hotline.storage.compliance.store import SignatureStore
from hotline.storage.transaction import Storage
from tests.support.instance import at

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)
#: In another order than a database of its own would give them back in.
FIGURES: Figures = {"C10": [1, 0, 0, 0], "A8": [9, 1, 2, 3], "B1": [0, 0, 0, 7]}


def signature(first: date, last: date, who: str = "wu") -> Signature:
    return Signature(first, last, FIGURES, digest(first, last, FIGURES), who, at("2026-12-01 10:00"))


def test_what_was_signed_is_read_back_whole(storage: Storage) -> None:
    with storage.writing() as tx:
        made = SignatureStore(tx).add(signature(*NOVEMBER))
    with storage.reading() as tx:
        [found] = SignatureStore(tx).of(*NOVEMBER)
    assert found == made and is_whole(found)


def test_those_of_exactly_these_days_the_newest_first(storage: Storage) -> None:
    with storage.writing() as tx:
        for who, last in (("a", date(2026, 11, 30)), ("b", date(2026, 11, 29)), ("c", date(2026, 11, 30))):
            SignatureStore(tx).add(signature(NOVEMBER[0], last, who))
        assert [each.signed_by for each in SignatureStore(tx).of(*NOVEMBER)] == ["c", "a"]


@pytest.mark.parametrize("statement", ["UPDATE report_signature SET signed_by = 'x'", "DELETE FROM report_signature"])
def test_none_is_changed_or_taken_away(storage: Storage, statement: str) -> None:
    with storage.writing() as tx:
        SignatureStore(tx).add(signature(*NOVEMBER))
    with pytest.raises(DatabaseError, match="stay as they are"), storage.engine.begin() as connection:
        connection.execute(text(statement))
