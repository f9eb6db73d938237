"""The connection itself: what SQLite and PostgreSQL are told before anything else."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.storage import engine
from hotline.storage.engine import make_engine
from tests.support import unsynced

_PROCESSES = 6
_DATABASES = 20


def _first_look(folder: Path, gate) -> None:  # type: ignore[no-untyped-def]
    for number in range(_DATABASES):
        gate.wait(60)
        with make_engine(f"sqlite:///{folder / str(number)}").connect() as connection:
            connection.execute(text("SELECT 1"))


def test_processes_that_open_a_new_database_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    """SQLite may answer "database is locked" to whoever turns a file to WAL while another one does."""
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(_PROCESSES)
    processes = [context.Process(target=_first_look, args=(tmp_path, gate)) for _ in range(_PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * _PROCESSES


def test_sqlite_is_durable_against_a_killed_process_and_checks_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, unsynced.prepare.__name__, unsynced.prepare)
    with make_engine(f"sqlite:///{tmp_path / 'new.db'}").connect() as connection:
        said = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert said == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1}


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_the_usual_spellings_of_postgresql_mean_the_driver_that_is_installed(scheme: str) -> None:
    made = make_engine(f"{scheme}://somebody:secret@db.example/hotline")
    assert made.url.drivername == "postgresql+psycopg"
    assert made.url.password == "secret"
