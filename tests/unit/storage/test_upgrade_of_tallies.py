"""F5: verdicts that stood there are added up anew, by why and of all people together; on SQLite their moments are
written as all others are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from hotline.domain.verdicts.tally import Window
from hotline.domain.verdicts.verdict import Judgement
from hotline.services.verdicts.recounting import recount
from hotline.services.verdicts.tallies import reasons, tallies
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from hotline.storage.verdicts.tables import rule_verdict
from hotline.storage.verdicts.tallies import TallyStore
from tests.support.databases import fill_at, filled

#: The first moment of a day in Shanghai.
MIDNIGHT = datetime(2026, 3, 11, 16, tzinfo=UTC)
_COLUMNS = (
    "INSERT INTO rule_verdict (id, generation, rule, version, subject, subject_id, part, at, judged_at, judgement,"
    " unit, line, person_id, why, evidence, replaces) VALUES "
)


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    moment = "'2026-03-11 16:00:00'" + ("" if url.startswith("sqlite") else "::timestamp AT TIME ZONE 'UTC'")

    def row(number: int, judgement: str, person: int, why: str, replaces: str = "NULL") -> str:
        ids = f"({number}, 1, 'A8', '', 'call', '{number}', '', {moment}, {moment}"
        return f"{_COLUMNS}{ids}, '{judgement}', '', 'main', {person}, '{why}', '{{}}', {replaces})"

    fill_at(
        url,
        "0046",
        (
            row(1, "kept", 1, "by_configuration"),
            row(2, "not_judged", 1, "no_sound"),
            row(3, "not_judged", 2, "not_seen"),
            row(4, "broken", 2, ""),
            row(5, "kept", 2, "", "4"),
        ),
        {},
    )


def test_they_are_added_up_anew(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    window = Window(MIDNIGHT, MIDNIGHT + timedelta(days=1))
    with storage.reading() as tx:
        (found,) = tallies(tx, window)
        assert (found.kept, found.broken, found.not_judged) == (2, 0, 2)
        assert reasons(tx, window)["A8"] == {
            (Judgement.NOT_JUDGED, "no_sound"): 1,
            (Judgement.NOT_JUDGED, "not_seen"): 1,
        }
        kept = TallyStore(tx).all(), TallyStore(tx).by_day()
        asked = select(func.count()).select_from(rule_verdict).where(rule_verdict.c.at >= MIDNIGHT)
        assert tx.connection.scalar(asked) == 5
    recount(storage)
    with storage.reading() as tx:
        assert (TallyStore(tx).all(), TallyStore(tx).by_day()) == kept
    with pytest.raises(DBAPIError), storage.engine.begin() as connection:
        connection.execute(text("UPDATE rule_verdict SET line = 'other'"))
    storage.close()
