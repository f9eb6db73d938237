"""A1: a draft that is tried by two clicks at once rings the line once, and the second is told, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.bootstrap.web import make_walker
from hotline.domain.people import Actor, Role
from hotline.services.menus.drafts import begin_draft
from hotline.services.menus.trials import ask_for_calls, calls_of
from hotline.storage.menus.store import MenuTrialStore
from hotline.storage.transaction import Storage
from tests.support.two_at_once import two_at_once
from tests.support.web import NOW, a_web

CHEF = Actor("chef", (Role.ADMINISTRATOR,), "管理员")


def test_a1_of_two_clicks_at_once_one_tries_a_draft(
    tmp_path: Path, storage: Storage, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hotline = a_web(tmp_path, f'[database]\nurl = "{database}"\n', storage).hotline
    begin_draft(hotline.in_force, CHEF, "试", NOW)
    asked: list[int] = []

    def click() -> None:
        asked.append(ask_for_calls(hotline.in_force, make_walker(hotline), CHEF, 1, "", NOW, NOW))

    assert two_at_once(monkeypatch, MenuTrialStore, "of_draft", click) == ["done", "menus.trial_running"]
    assert asked == [len(calls_of(storage, CHEF, 1))]
