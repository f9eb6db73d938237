"""The figures of the day: read once, moved on by the outbox, the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.calls.call import Call, Outcome
from hotline.domain.floor.figures import Figures
from hotline.domain.outbox import OutboxEntry
from hotline.services.calls.ledger import record
from hotline.services.floor.floor import DayBook
from hotline.services.outbox_topics import CALL
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.sample_calls import abandoned_call, answered_call, bare_call, duty_call, talking_call

NOON = at("2026-11-16 12:00")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return an_instance(tmp_path, NOON).settings


def keep(storage: Storage, *calls: Call) -> None:
    record(storage, "node1", calls, [], lambda call: None, NOON)


def read(storage: Storage, book: DayBook, now: datetime = NOON) -> Figures:
    with storage.reading() as tx:
        return book.today(tx, now).figures


def test_calls_are_in_the_figures_as_soon_as_they_are_in_the_ledger(storage: Storage, settings: Settings) -> None:
    book = DayBook(lambda: settings)
    assert read(storage, book).incoming == 0
    keep(storage, bare_call("one"))
    assert (read(storage, book).in_menu, read(storage, book).answered) == (1, 0)
    keep(storage, talking_call("one"), abandoned_call("two"), duty_call("three"))
    found = read(storage, book)
    assert (found.incoming, found.answered, found.answered_by_mobile, found.abandoned.queue) == (3, 2, 1, 1)
    assert found == read(storage, DayBook(lambda: settings))


def test_a_call_that_counts_for_nothing_after_all_is_taken_out(storage: Storage, settings: Settings) -> None:
    book = DayBook(lambda: settings)
    keep(storage, bare_call("one"))
    assert read(storage, book).incoming == 1
    keep(storage, replace(bare_call("one"), ended_at=NOON, outcome=Outcome.BLOCKED))
    assert read(storage, book).incoming == 0


def test_the_day_is_shanghais(storage: Storage, settings: Settings) -> None:
    midnight = at("2026-11-16 00:00")
    keep(
        storage,
        answered_call("yesterday", midnight - timedelta(seconds=1)),
        answered_call("first", midnight),
        answered_call("last", midnight + timedelta(hours=23, minutes=59)),
    )
    book = DayBook(lambda: settings)
    assert read(storage, book).answered == 2
    assert read(storage, book, midnight + timedelta(days=1)).answered == 0
    assert read(storage, book, midnight - timedelta(hours=2)).answered == 1


def test_what_the_outbox_no_longer_holds_heals_by_itself(storage: Storage, settings: Settings) -> None:
    book = DayBook(lambda: settings)
    read(storage, book)
    with storage.writing() as tx:
        CallStore(tx).save([answered_call("unannounced")], NOON)
    assert read(storage, book).answered == 0
    assert read(storage, book, NOON + timedelta(minutes=5)).answered == 1


def test_more_than_can_be_followed_is_read_anew(storage: Storage, settings: Settings) -> None:
    book = DayBook(lambda: settings)
    read(storage, book)
    with storage.writing() as tx:
        CallStore(tx).save([answered_call("unannounced")], NOON)
        entry = OutboxEntry(CALL, {"id": 1, "node": "node1", "linkedid": "x", "state": "open"}, NOON)
        Outbox(tx).add([entry] * 10_001)
    assert read(storage, book).answered == 1


def test_what_was_asked_of_an_older_picture_does_not_turn_the_figures_back(
    storage: Storage, settings: Settings
) -> None:
    book = DayBook(lambda: settings)
    with storage.reading() as older:
        book.today(older, NOON)
        keep(storage, answered_call("new"))
        assert read(storage, book).answered == 1
        book.today(older, NOON)
    assert read(storage, book).answered == 1
