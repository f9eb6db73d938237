"""A database of before the appraisal takes months and breaches, one standing breach a source (F3, F12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.domain.appraisal.month import MonthState, SignedMonth, sha256
from hotline.domain.breaches.breach import Breach, BreachKind, Terms
from hotline.domain.errors import Conflict
from hotline.storage import migrate
from hotline.storage.appraisal.store import AppraisalStore
from hotline.storage.breaches.store import BreachStore
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

SIGNED = SignedMonth("2026-02", 3, 1, '{"cards":{}}', sha256('{"cards":{}}'), "wu", MORNING)
BREACH = Breach(
    7, BreachKind.EMPTY_SHIFT, "F6", MORNING, ("case:7",), "未到岗", Terms(20), "zhou", MORNING, source="case:7"
)


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, lambda url: fill_at(url, "0039", (), {}))


def test_months_and_breaches_have_their_place(before: str) -> None:
    """F3, F12."""
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.writing() as tx:
        kept = AppraisalStore(tx).sign(SIGNED)
        made = BreachStore(tx).add(BREACH)
        assert AppraisalStore(tx).close(kept.id or 0, "sun", MORNING)
        assert not AppraisalStore(tx).close(kept.id or 0, "sun", MORNING)
        assert BreachStore(tx).withdraw(made.id or 0, "zhou", "请假获准", MORNING)
        BreachStore(tx).add(BREACH)
    for again in (lambda tx: BreachStore(tx).add(BREACH), lambda tx: AppraisalStore(tx).sign(SIGNED)):
        with pytest.raises(Conflict), storage.writing() as tx:
            again(tx)
    with storage.reading() as tx:
        (found,) = AppraisalStore(tx).versions("2026-02", 3)
        assert (found.state, found.is_whole) == (MonthState.CLOSED, True)
        assert found == replace(SIGNED, id=found.id, closed_by="sun", closed_at=MORNING)
        assert [each.withdrawn_reason for each in BreachStore(tx).of([7])] == ["", "请假获准"]
    storage.close()
