"""Several at once: writers wait for each other, readers for nobody, and what only one may have only one gets."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import text

from hotline.domain.calls.ledger import CallFilter
from hotline.domain.errors import StorageError
from hotline.domain.outbox import OutboxEntry
from hotline.storage.alerts import AlertStore
from hotline.storage.calls.checkpoints import CheckpointStore
from hotline.storage.calls.store import CallStore
from hotline.storage.engine import make_engine
from hotline.storage.leases import LeaseStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING, a_call

T = TypeVar("T")

_PATIENCE = 30


def _at_once(number: int, work: Callable[[int], T]) -> list[T]:
    """What `work` gave in so many threads that all begin together."""
    gate = threading.Barrier(number)

    def run(which: int) -> T:
        gate.wait(_PATIENCE)
        return work(which)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def test_writers_at_once_all_get_their_turn(storage: Storage) -> None:
    def write(which: int) -> None:
        for number in range(10):
            with storage.writing() as tx:
                # Reading first and writing then is what fails on SQLite unless a writing transaction begins as one.
                assert CallStore(tx).get("node1", f"{which}-{number}") is None
                CallStore(tx).save([a_call(f"{which}-{number}")], MORNING)

    _at_once(6, write)
    with storage.reading() as tx:
        assert CallStore(tx).search(CallFilter(), 1).total == 60


def test_a_reader_stops_no_writer_and_sees_one_moment(storage: Storage) -> None:
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1")], MORNING)
    with storage.reading() as reading:
        assert CallStore(reading).search(CallFilter(), 10).total == 1
        with storage.writing() as tx:
            CallStore(tx).save([a_call("2")], MORNING)
        assert CallStore(reading).search(CallFilter(), 10).total == 1
    with storage.reading() as reading:
        assert CallStore(reading).search(CallFilter(), 10).total == 2


def test_a_writer_stops_no_reader_who_sees_nothing_unfinished(storage: Storage) -> None:
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1")], MORNING)
        with storage.reading() as reading:
            assert CallStore(reading).get("node1", "1") is None


def test_writing_while_reading_is_an_error(storage: Storage) -> None:
    with pytest.raises(Exception, match=r"read-?only"), storage.reading() as tx:
        CallStore(tx).save([a_call("1")], MORNING)
    with storage.writing() as tx:  # on the same connection, from the pool
        CallStore(tx).save([a_call("2")], MORNING)
    with storage.reading() as tx:
        assert CallStore(tx).open_linkedids("node1") == [] and CallStore(tx).id_of("node1", "1") is None


def test_an_exception_undoes_everything(storage: Storage) -> None:
    with pytest.raises(ZeroDivisionError), storage.writing() as tx:
        CallStore(tx).save([a_call("1")], MORNING)
        raise ZeroDivisionError
    with storage.reading() as tx:
        assert CallStore(tx).get("node1", "1") is None


def test_of_many_at_once_one_claims_a_slot(storage: Storage) -> None:
    def claim(_which: int) -> bool:
        with storage.writing() as tx:
            return LeaseStore(tx).claim("line_test", "2026-03-11T02:00", MORNING)

    assert sorted(_at_once(8, claim)) == [False] * 7 + [True]
    with storage.writing() as tx:
        assert LeaseStore(tx).claim("line_test", "2026-03-11T02:01", MORNING + timedelta(minutes=1))
        assert LeaseStore(tx).claim("other", "2026-03-11T02:00", MORNING)
        assert LeaseStore(tx).forget_claims(MORNING + timedelta(seconds=1)) == 2
        assert LeaseStore(tx).claim("other", "2026-03-11T02:00", MORNING)


def test_of_many_at_once_one_takes_the_lease(storage: Storage) -> None:
    def acquire(which: int) -> bool:
        with storage.writing() as tx:
            return LeaseStore(tx).acquire("scheduler", f"holder {which}", MORNING, 30)

    assert sorted(_at_once(8, acquire)) == [False] * 7 + [True]


def test_a_lease_is_renewed_by_its_holder_and_taken_over_when_it_has_expired(storage: Storage) -> None:
    def acquire(holder: str, seconds: float) -> bool:
        with storage.writing() as tx:
            return LeaseStore(tx).acquire("scheduler", holder, MORNING + timedelta(seconds=seconds), 30)

    assert acquire("a", 0)
    assert acquire("a", 20)
    assert not acquire("b", 49.999), "it was renewed at 20 s, for 30 s"
    assert acquire("b", 50)
    assert not acquire("a", 51), "whoever lost it must see so"


def test_a_released_lease_is_free_at_once_and_only_the_holder_can_release(storage: Storage) -> None:
    with storage.writing() as tx:
        assert LeaseStore(tx).acquire("scheduler", "a", MORNING, 30)
        LeaseStore(tx).release("scheduler", "b")
        assert not LeaseStore(tx).acquire("scheduler", "b", MORNING, 30)
        LeaseStore(tx).release("scheduler", "a")
        assert LeaseStore(tx).acquire("scheduler", "b", MORNING, 30)


def test_of_many_at_once_one_opens_the_alert(storage: Storage) -> None:
    def raise_(_which: int) -> bool:
        with storage.writing() as tx:
            return AlertStore(tx).raise_("disk", "", "full", MORNING)

    assert sorted(_at_once(8, raise_)) == [False] * 7 + [True]


def test_a_reader_of_the_outbox_misses_nothing_however_writers_overlap(storage: Storage) -> None:
    done = threading.Event()
    seen: list[int] = []

    def follow() -> None:
        last, finished = 0, False
        while not finished:
            finished = done.is_set()  # before the last look, not after it
            with storage.reading() as tx:
                for entry in Outbox(tx).after(last, 1000):
                    last = entry.id or 0
                    seen.append(entry.payload["n"])  # type: ignore[arg-type]

    def write(which: int) -> None:
        for number in range(25):
            with storage.writing() as tx:
                entry = OutboxEntry("call", {"n": which * 25 + number}, MORNING)
                Outbox(tx).add([entry])
                CheckpointStore(tx).set(f"node{which}", MORNING)

    follower = threading.Thread(target=follow)
    follower.start()
    try:
        _at_once(6, write)
    finally:
        done.set()
        follower.join(_PATIENCE)
    assert sorted(seen) == list(range(150))


def test_a_database_that_is_not_upgraded_says_what_to_do(storage: Storage) -> None:
    with storage.engine.begin() as connection:
        connection.execute(text("DROP TABLE outbox"))
    with pytest.raises(StorageError, match=r"^storage.not_upgraded why="), storage.reading() as tx:
        Outbox(tx).last_id()
    with pytest.raises(StorageError, match=r"^storage.not_upgraded why="), storage.writing() as tx:
        Outbox(tx).add([OutboxEntry("call", {}, MORNING)])


def test_a_database_that_somebody_holds_is_a_storage_error(sqlite_storage: Storage, sqlite_url: str) -> None:
    impatient = Storage(make_engine(sqlite_url, busy_seconds=0.05))
    with (
        sqlite_storage.writing(),
        pytest.raises(StorageError, match=r"^storage.failed why=.*locked"),
        impatient.writing(),
    ):
        pass
    with impatient.writing() as tx:
        CheckpointStore(tx).set("node1", MORNING)
    impatient.close()


def test_after_the_server_cut_the_connection_the_next_transaction_has_a_new_one(postgres_storage: Storage) -> None:
    with pytest.raises(StorageError), postgres_storage.writing() as tx:
        with postgres_storage.engine.connect() as other:
            other.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                    "AND datname = current_database()"
                )
            )
        CheckpointStore(tx).set("node1", MORNING)
    with postgres_storage.writing() as tx:
        assert CheckpointStore(tx).get("node1") is None


def test_a_server_that_is_away_is_a_storage_error() -> None:
    storage = Storage(make_engine("postgresql://nobody@/none?host=/nonexistent"))
    with pytest.raises(StorageError, match=r"^storage.failed why=.*nonexistent"), storage.reading():
        pass
