"""F8: of two clicks at once on what may be there once, one has it and the other is told, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.customers.customer import Customer
from hotline.domain.examination.sample import Why
from hotline.domain.people import Actor, Role
from hotline.domain.projects.project import Project
from hotline.domain.retention.archive import Medium
from hotline.services.customers import customers
from hotline.services.examination import examinations
from hotline.services.projects import projects
from hotline.services.retention.discs_by_hand import ask_for_discs
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.projects.store import ProjectStore
from hotline.storage.retention.discs import DiscStore
from hotline.storage.retention.wanted_discs import WantedDiscsStore
from hotline.storage.transaction import Storage
from tests.support.examination import a_person, keep_call, measure
from tests.support.instance import an_instance
from tests.support.sample_calls import MONDAY_TEN
from tests.support.two_at_once import two_at_once

NOW = MONDAY_TEN + timedelta(days=7)
SITE = '[operators.1001]\nname = "赵敏"\n[operators.1002]\nname = "钱伟"\n'


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage, database: str) -> Hotline:
    return an_instance(tmp_path, NOW, f'{SITE}[database]\nurl = "{database}"\n', storage)


@pytest.fixture
def boss(hotline: Hotline) -> Actor:
    return a_person(hotline, "boss", Role.SUPERVISOR, Role.ADMINISTRATOR)


def test_f5_a_call_is_on_an_examiners_list_once(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    sun = a_person(hotline, "sun", Role.EXAMINER)
    call = keep_call(hotline, "a")
    measure(hotline, call)

    def click() -> None:
        examinations.choose_call(hotline.storage, hotline.settings, call.id, Why.CHOSEN, "", sun, NOW)

    came = two_at_once(monkeypatch, ExaminationStore, "search", click)
    assert came == ["done", "examination.on_list_already"]


def test_e8_a_project_is_entered_once(hotline: Hotline, boss: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    whose = customers.create(hotline.storage, Customer(name="张伟"), boss, NOW)
    new = Project("泵站", whose.id or 0, date(2026, 9, 1), manager="boss", inspected_every=3)

    def click() -> None:
        projects.add_project(hotline.storage, hotline.settings, new, boss, NOW)

    assert two_at_once(monkeypatch, ProjectStore, "same_as", click) == ["done", "projects.there"]


def test_e2_discs_are_asked_for_once(hotline: Hotline, boss: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DiscStore, "to_archive", lambda *_args, **_more: ["something"])

    def click() -> None:
        ask_for_discs(hotline.storage, NOW, Medium.DVD, boss, NOW)

    came = two_at_once(monkeypatch, WantedDiscsStore, "open", click)
    assert came == ["done", "retention.discs_being_written"]
