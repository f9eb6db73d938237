"""Sounds that were chosen, and announcements, as they are stored, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from hotline.domain.prompts.announcement import Announcement
from hotline.domain.prompts.version import Place, PromptVersion, SoundOrigin
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.prompts.store import AnnouncementStore, PromptStore
from hotline.storage.transaction import Storage
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

HOUR = timedelta(hours=1)
PLACE = Place("greeting", "zh", "main", date(2027, 2, 6), date(2027, 2, 12))
VERSION = PromptVersion(PLACE, SoundOrigin.RECORDED, "新年好", "ab" * 32, 2.5, -20.1, "admin", MORNING)
SAID = Announcement(
    "系统维护", SoundOrigin.SPOKEN, frozenset({"main"}), MORNING, MORNING + HOUR, "boss", "cd" * 32, 3.0, -20.0
)


def test_a_version_is_kept_as_it_was_chosen(storage: Storage) -> None:
    with storage.writing() as tx:
        assert PromptStore(tx).newest() == 0
        first = PromptStore(tx).add(VERSION)
        other = PromptStore(tx).add(
            replace(VERSION, place=Place("goodbye", "zh"), origin=SoundOrigin.DELIVERED, sha256="")
        )
    with storage.reading() as tx:
        store = PromptStore(tx)
        assert store.all() == [first, other] == [replace(VERSION, id=first.id), other]
        assert store.of_prompt("greeting") == [first] and store.by_id(other.id) == other
        assert (store.newest(), store.by_id(99)) == (other.id, None)


def test_the_same_sound_is_kept_once(storage: Storage) -> None:
    content = bytes(range(256)) * 400
    with storage.writing() as tx:
        first, again = PromptStore(tx).keep_sound(content), PromptStore(tx).keep_sound(content)
    assert first == again
    with storage.reading() as tx:
        assert PromptStore(tx).sound(first) == content
        assert PromptStore(tx).sound("none") is None


def test_an_announcement_stands_until_its_time_or_until_it_is_ended(storage: Storage) -> None:
    with storage.writing() as tx:
        store = AnnouncementStore(tx)
        first, second = store.add(SAID), store.add(replace(SAID, lines=frozenset(), ends_at=MORNING + 2 * HOUR))
        assert store.standing(MORNING) == [second, first]
        assert store.standing(MORNING + HOUR) == [second] and store.standing(MORNING + 2 * HOUR) == []
        assert not store.end(first.id, "boss", MORNING + HOUR), "it was over by itself"
        assert store.end(second.id, "boss", MORNING) and not store.end(second.id, "boss", MORNING)
        assert store.standing(MORNING) == [first]
        assert [each.ended_by for each in store.latest(9)] == ["boss", ""] and store.by_id(99) is None


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from filled(request, tmp_path, partial(fill_at, revision="0046", rows=[], moments={}))


def test_a_database_of_before_takes_them(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.writing() as tx:
        PromptStore(tx).keep_sound(b"RIFF")
        version, said = PromptStore(tx).add(VERSION), AnnouncementStore(tx).add(SAID)
    with storage.reading() as tx:
        assert PromptStore(tx).by_id(version.id) == version and AnnouncementStore(tx).by_id(said.id) == said
    storage.engine.dispose()
