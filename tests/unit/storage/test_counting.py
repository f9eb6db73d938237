"""What counts much may take the database so long and so much of it, and the next reader knows nothing of that (F1)."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from hotline.domain.errors import Busy
from hotline.storage.transaction import Storage, Transaction

#: Far beyond what a test would wait for, on both kinds.
_ENDLESS = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT COUNT(*) FROM n
"""
_SOME = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT COUNT(*) FROM n"


def _in_force(tx: Transaction, name: str) -> str:
    return str(tx.connection.scalar(text(f"SHOW {name}")))


def test_f1_what_takes_too_long_is_broken_off_and_told(storage: Storage) -> None:
    with pytest.raises(Busy) as told, storage.counting(0.05) as tx:
        tx.connection.scalar(text(_ENDLESS))
    assert told.value.code == "storage.too_long"


def test_f1_whoever_reads_next_on_that_connection_has_all_the_time(storage: Storage) -> None:
    with pytest.raises(Busy), storage.counting(0.05) as tx:
        tx.connection.scalar(text(_ENDLESS))
    with storage.counting(0.05) as tx:
        pass
    assert storage.engine.pool.status().count("Connections in pool: 1") == 1
    with storage.reading() as tx:
        assert tx.connection.scalar(text(_SOME)) == 1_000_000


def test_f1_no_processes_help_a_count_and_they_help_the_next(postgres_storage: Storage) -> None:
    with postgres_storage.reading() as tx:
        usual = _in_force(tx, "max_parallel_workers_per_gather"), _in_force(tx, "statement_timeout")
    with postgres_storage.counting(60) as tx:
        assert _in_force(tx, "max_parallel_workers_per_gather") == "0"
        assert _in_force(tx, "statement_timeout") == "1min"
    with postgres_storage.reading() as tx:
        assert (_in_force(tx, "max_parallel_workers_per_gather"), _in_force(tx, "statement_timeout")) == usual
    assert usual[0] != "0"
