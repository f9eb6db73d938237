"""E4: what is asked for by two clicks at once is done once, and the second is told, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.people import Actor, Role
from hotline.services.backups import backups
from hotline.services.backups.place import Place
from hotline.storage.backups.store import BackupTaskStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.two_at_once import two_at_once

NOW = at("2026-11-16 02:30:00")
ADMIN = Actor("chen", (Role.ADMINISTRATOR,), "陈工")


def test_e4_of_two_clicks_at_once_one_asks_for_a_backup(
    tmp_path: Path, storage: Storage, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hotline = an_instance(tmp_path, NOW, f'[database]\nurl = "{database}"\n', storage)
    place = Place(hotline.home, storage, hotline.in_force, hotline.secrets)
    came = two_at_once(monkeypatch, BackupTaskStore, "open", lambda: backups.ask_to_make(place, ADMIN, NOW))
    assert came == ["backups.busy", "done"]
    with storage.reading() as tx:
        assert len(BackupTaskStore(tx).open()) == 1
