"""F6: who knows which ring group, said by several people at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.errors import Outdated, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Person
from hotline.services.shifts.skills import say_skills
from hotline.storage.one_at_a_time import one_at_a_time
from hotline.storage.shifts.skills import SkillStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from hotline.storage.webhooks.store import WebhookStore
from tests.support.instance import an_instance
from tests.support.rows import MORNING

BOSS = Actor("boss", (Role.SUPERVISOR,), "周主管")


def test_f6_of_two_who_say_the_same_level_the_second_is_told(tmp_path: Path, storage: Storage) -> None:
    settings = an_instance(tmp_path, MORNING, "", storage).settings
    [queue, *_more] = settings.queues
    with storage.writing() as tx:
        person = StaffStore(tx).add_person(Person("李雷")).id or 0
    say_skills(storage, settings, person, {queue: 2}, {queue: 0}, BOSS, MORNING)
    with pytest.raises(Outdated):
        say_skills(storage, settings, person, {queue: 3}, {queue: 0}, BOSS, MORNING)
    say_skills(storage, settings, person, {queue: 0}, {queue: 0}, BOSS, MORNING)
    with pytest.raises(Refused):
        say_skills(storage, settings, person, {queue: 4}, {queue: 2}, BOSS, MORNING)
    with storage.reading() as tx:
        assert SkillStore(tx).all() == {person: {queue: 2}}


def test_what_is_locked_in_a_transaction_is_free_after_it(storage: Storage) -> None:
    for _twice in range(2):
        with storage.writing() as tx:
            one_at_a_time(tx, "skills 1")
            WebhookStore(tx).lock(1)
