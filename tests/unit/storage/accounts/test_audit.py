"""The audit log (F8): nobody changes what stands in it, and who does so behind the program's back is found."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import DatabaseError

from hotline.domain.accounts.audit import AuditFilter
from hotline.services.accounts.audit import search_audit, verify_audit
from hotline.storage.accounts.tables import audit_log
from hotline.storage.audit import AuditLog
from hotline.storage.engine import make_engine
from hotline.storage.schema import metadata
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

HOSTILE = (
    "<script>alert(1)</script>",
    "x" * 10_000,
    "😀👩‍👩‍👧",
    "\u202eevil\u202c",
    "a\x00b\x1b[2J\r\n",
    "\ud83d",
    "'; DROP --",
)


def _fill(storage: Storage, count: int) -> None:
    for number in range(count):
        with storage.writing() as tx:
            AuditLog(tx).add(MORNING + timedelta(seconds=number), "zhao", "call.view", f"call:{number}")


def _behind_the_back(storage: Storage, *statements: str) -> None:
    """As somebody with the database's own tools does it, who knows how to get rid of triggers."""
    with storage.engine.begin() as connection:
        _without_triggers(connection)
        for statement in statements:
            connection.execute(text(statement))


def _without_triggers(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE audit_log DISABLE TRIGGER USER"))
        return
    for name in ("no_update", "no_delete", "no_replace"):
        connection.execute(text(f"DROP TRIGGER audit_log_{name}"))


CHANGES = (
    "UPDATE audit_log SET who = 'li'",
    "UPDATE audit_log SET id = id + 100",
    "UPDATE audit_log SET hash = ''",
    "DELETE FROM audit_log",
    "DELETE FROM audit_log WHERE id = 2",
)


@pytest.mark.parametrize("change", CHANGES)
def test_f8_the_database_refuses_every_change_and_deletion(storage: Storage, change: str) -> None:
    _fill(storage, 3)
    with pytest.raises(DatabaseError, match="stay as they are"), storage.engine.begin() as connection:
        connection.execute(text(change))
    assert verify_audit(storage).chained == 3


def test_f8_a_row_is_not_replaced_either(sqlite_storage: Storage) -> None:
    """SQLite's REPLACE deletes without firing the trigger of deletions."""
    _fill(sqlite_storage, 2)
    replaced = "REPLACE INTO audit_log (id, at, who, action, object, detail, hash) SELECT id, at, 'li', action, object, detail, hash FROM audit_log"  # noqa: E501
    with pytest.raises(DatabaseError, match="stay as they are"), sqlite_storage.engine.begin() as connection:
        connection.execute(text(replaced))


def test_f8_the_table_is_not_emptied_at_once(postgres_storage: Storage) -> None:
    _fill(postgres_storage, 2)
    with pytest.raises(DatabaseError, match="stay as they are"), postgres_storage.engine.begin() as connection:
        connection.execute(text("TRUNCATE audit_log"))


def test_tables_made_without_migrations_have_the_triggers_too(postgres_url: str, tmp_path: object) -> None:
    for url in (f"sqlite:///{tmp_path}/plain.db", postgres_url):
        engine = make_engine(url)
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("DROP TABLE audit_log"))
                connection.execute(text("DROP FUNCTION audit_log_stays"))
        metadata.create_all(engine, tables=[audit_log])
        storage = Storage(engine)
        _fill(storage, 1)
        with pytest.raises(DatabaseError, match="stay as they are"), engine.begin() as connection:
            connection.execute(text("DELETE FROM audit_log"))
        storage.close()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_written_is_read_back_as_it_was_chained(storage: Storage, hostile: str) -> None:
    with storage.writing() as tx:
        AuditLog(tx).add(MORNING, hostile, "call.view", hostile, hostile)
        AuditLog(tx).add(MORNING + timedelta(microseconds=1), hostile, "call.view", hostile, hostile)
    verdict = verify_audit(storage)
    assert (verdict.chained, verdict.broken_id) == (2, None)


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("UPDATE audit_log SET who = 'li' WHERE id = 3", 3),
        ("UPDATE audit_log SET detail = 'x' WHERE id = 5", 5),
        ("UPDATE audit_log SET action = 'call.seen' WHERE id = 1", 1),
        ("UPDATE audit_log SET hash = '' WHERE id = 2", 2),
        ("UPDATE audit_log SET hash = repeat('0', 64) WHERE id = 4", 4),
        ("DELETE FROM audit_log WHERE id = 2", 3),
        ("DELETE FROM audit_log WHERE id = 1", 2),
        ("UPDATE audit_log SET id = 100 WHERE id = 2", 3),
        ("UPDATE audit_log SET hash = '' WHERE id <= 3", 4),
    ],
)
def test_f8_the_first_row_that_was_tampered_with_is_named(storage: Storage, tampering: str, broken: int) -> None:
    _fill(storage, 5)
    if storage.engine.dialect.name == "sqlite":
        tampering = tampering.replace("repeat('0', 64)", "hex(zeroblob(32))")
    _behind_the_back(storage, tampering)
    assert verify_audit(storage).broken_id == broken


def test_f8_a_row_put_in_between_is_found(storage: Storage) -> None:
    _fill(storage, 3)
    copied = "INSERT INTO audit_log (id, at, who, action, object, detail, hash) SELECT 50, at, 'li', action, object, detail, hash FROM audit_log WHERE id = 3"  # noqa: E501
    _behind_the_back(storage, copied)
    assert verify_audit(storage).broken_id == 50


def test_f8_rows_cut_off_at_the_end_are_found_by_a_hash_noted_earlier(storage: Storage) -> None:
    _fill(storage, 3)
    noted = verify_audit(storage).head
    _fill(storage, 2)
    assert verify_audit(storage, noted).known
    _behind_the_back(storage, "DELETE FROM audit_log WHERE id >= 3")
    verdict = verify_audit(storage, noted)
    assert verdict.broken_id is None and not verdict.known


def test_rows_from_before_the_chain_are_where_it_begins(storage: Storage) -> None:
    with storage.engine.begin() as connection:
        old = {"at": MORNING, "who": "zhao", "action": "call.view", "object": "call:1"}
        connection.execute(insert(audit_log), [old, {**old, "who": "qian"}])
    _fill(storage, 2)
    verdict = verify_audit(storage)
    assert (verdict.unchained, verdict.chained, verdict.broken_id) == (2, 2, None)


def test_an_empty_log_is_whole(storage: Storage) -> None:
    verdict = verify_audit(storage)
    assert (verdict.unchained, verdict.chained, verdict.head, verdict.broken_id) == (0, 0, "", None)


def test_many_writers_at_once_make_one_chain(storage: Storage) -> None:
    """On PostgreSQL they meet at the chain's lock, and at the outbox's after it, in that order."""
    gate = threading.Barrier(8)

    def write(which: int) -> None:
        gate.wait(30)
        for number in range(10):
            with storage.writing() as tx:
                AuditLog(tx).add(MORNING, f"w{which}", "call.view", f"call:{number}")
                AuditLog(tx).add(MORNING, f"w{which}", "call.view", f"call:{number}", "again")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    verdict = verify_audit(storage)
    assert (verdict.chained, verdict.broken_id) == (160, None)


def test_what_is_rolled_back_leaves_no_gap_in_the_chain(storage: Storage) -> None:
    _fill(storage, 1)
    with pytest.raises(ZeroDivisionError), storage.writing() as tx:
        AuditLog(tx).add(MORNING, "zhao", "call.view", "call:9")
        raise ZeroDivisionError
    _fill(storage, 1)
    verdict = verify_audit(storage)
    assert (verdict.chained, verdict.broken_id) == (2, None)


def test_an_entry_in_a_transaction_that_only_reads_is_an_error(storage: Storage) -> None:
    with pytest.raises(RuntimeError, match="lost"), storage.reading() as tx:
        AuditLog(tx).add(MORNING, "zhao", "call.view", "call:9")


def test_a_log_longer_than_what_is_read_at_a_time_is_walked_to_its_end(storage: Storage) -> None:
    with storage.writing() as tx:
        for number in range(2500):
            AuditLog(tx).add(MORNING, "zhao", "call.view", f"call:{number}")
    assert verify_audit(storage).chained == 2500


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (AuditFilter(), [5, 4, 3, 2, 1]),
        (AuditFilter(who="zhao"), [3, 2, 1]),
        (AuditFilter(who="zh"), []),
        (AuditFilter(action="user"), [5, 4]),
        (AuditFilter(action="user.add"), [4]),
        (AuditFilter(action="use"), []),
        (AuditFilter(action="%"), []),
        (AuditFilter(object="call:1"), [1]),
        (AuditFilter(object="call"), [3, 2, 1]),
        (AuditFilter(object="call:"), [3, 2, 1]),
        (AuditFilter(since=MORNING + timedelta(minutes=2)), [5, 4, 3]),
        (AuditFilter(until=MORNING + timedelta(minutes=2)), [2, 1]),
        (AuditFilter(who="zhao", object="call:12"), [3]),
    ],
)
def test_the_log_is_searched_by_who_what_object_and_time(
    storage: Storage, wanted: AuditFilter, found: list[int]
) -> None:
    rows = (
        ("zhao", "call.view", "call:1"),
        ("zhao", "call.view", "call:2"),
        ("zhao", "recording.play", "call:12"),
        ("boss", "user.add", "user:li"),
        ("boss", "user.edit", "user:li"),
    )
    with storage.writing() as tx:
        for minutes, row in enumerate(rows):
            AuditLog(tx).add(MORNING + timedelta(minutes=minutes), *row)
    assert [entry.id for entry in search_audit(storage, wanted, 10)] == found
    assert [entry.id for entry in search_audit(storage, wanted, 1)] == found[:1]
    assert [entry.id for entry in search_audit(storage, wanted, 10, before=3)] == [id for id in found if id < 3]
