"""Definitions: what was made under a version keeps it, whatever comes later. Made up: recipes of tea."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.people import Actor, Role
from hotline.services.definitions.definitions import define
from hotline.storage.definitions.store import DefinitionStore
from hotline.storage.definitions.tables import definition
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
DAY = timedelta(days=1)


def steep(storage: Storage, minutes: int, at_day: int = 0, from_day: int | None = None) -> int:
    from_at = None if from_day is None else MORNING + from_day * DAY
    with storage.writing() as tx:
        return define(tx, ADMIN, "tea", "green", {"minutes": minutes}, MORNING + at_day * DAY, from_at).version


def minutes_on(storage: Storage, day: int) -> int | None:
    with storage.reading() as tx:
        found = DefinitionStore(tx).in_force("tea", MORNING + day * DAY).get("green")
    return found.content["minutes"] if found is not None else None


def test_new_things_go_by_the_version_of_their_moment(storage: Storage) -> None:
    steep(storage, 3)
    steep(storage, 5, at_day=1, from_day=4)
    assert [minutes_on(storage, day) for day in (-1, 0, 3, 4, 400)] == [None, 3, 3, 5, 5]


def test_what_was_made_under_a_version_keeps_it(storage: Storage) -> None:
    first = steep(storage, 3)
    steep(storage, 5, at_day=1)
    with storage.reading() as tx:
        kept = DefinitionStore(tx).version("tea", "green", first)
        assert DefinitionStore(tx).version("tea", "green", 9) is None
    assert kept is not None
    assert (kept.content, kept.by) == ({"minutes": 3}, "admin")


def test_versions_follow_one_another(storage: Storage) -> None:
    steep(storage, 3, from_day=7)
    with pytest.raises(Refused, match=r"definitions\.before_the_last"):
        steep(storage, 5, at_day=1)
    with pytest.raises(Refused, match=r"settings\.from_the_past"):
        steep(storage, 5, at_day=9, from_day=8)
    assert steep(storage, 4, at_day=1, from_day=7) == 2
    assert minutes_on(storage, 7) == 4


def test_no_version_is_changed_or_deleted(storage: Storage) -> None:
    steep(storage, 3)
    for statement in (update(definition).values(version=2), delete(definition)):
        with pytest.raises((DBAPIError, Conflict)), storage.writing() as tx:
            tx.connection.execute(statement)
    assert minutes_on(storage, 0) == 3


def test_only_an_administrator_defines(storage: Storage) -> None:
    with pytest.raises(Forbidden), storage.writing() as tx:
        define(tx, Actor("s", (Role.SUPERVISOR,), "主管"), "tea", "green", {}, MORNING)
