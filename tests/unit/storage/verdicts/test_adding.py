"""Verdicts are written past the columns' types: what stands there is what the types would have written."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict
from hotline.storage.verdicts.adding import add_rows
from hotline.storage.verdicts.tables import rule_verdict
from tests.support.rows import MORNING, a_storage


@pytest.mark.parametrize("after", [timedelta(), timedelta(microseconds=1), timedelta(milliseconds=250)])
def test_a_moment_is_found_as_it_was_written(tmp_path: Path, after: timedelta) -> None:
    storage, moment = a_storage(tmp_path), MORNING + after
    with storage.writing() as tx:
        add_rows(tx.connection, [(1, Verdict("A8", "v", Subject.CALL, "1", moment, Judgement.KEPT), None)], moment)
    with storage.reading() as tx:
        found = tx.connection.execute(select(rule_verdict.c.at).where(rule_verdict.c.at == moment)).scalars().all()
        judged = tx.connection.execute(select(rule_verdict.c.at).where(rule_verdict.c.judged_at >= moment)).all()
    assert found == [moment] and len(judged) == 1
    storage.close()
