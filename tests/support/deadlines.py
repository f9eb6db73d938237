"""Deadlines for tests: clocks that no feature has, and days of 09:00–12:00, 13:00–17:30."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.deadlines.deadline import Deadline
from hotline.domain.deadlines.kept import ClockName, KeptDeadline
from hotline.domain.deadlines.term import Count, Within
from hotline.domain.outbox import OutboxEntry
from hotline.services.deadlines import clock as clock_module
from hotline.services.deadlines import keeping as keeping_module
from hotline.services.deadlines import moves as moves_module
from hotline.services.deadlines import recompute as recompute_module
from hotline.services.deadlines import sweep as sweep_module
from hotline.services.deadlines.clock import Clock
from hotline.settings import Home, Settings, load_settings
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage, Transaction

FIRST, SECOND = ClockName("first"), ClockName("second")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def usual_settings(folder: Path, **environment: str) -> Settings:
    given = {f"HOTLINE_{key}": value for key, value in environment.items()}
    return load_settings(Home(folder / "none"), environment=given)


def made_up_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two clocks of one thing, 4 hours of working time each by the settings: `callbacks.due_minutes` times eight. Each
    is warned of an hour before, and writes what it is told into the outbox."""
    told = {name: _clock(name) for name in (FIRST, SECOND)}
    for module in (clock_module, keeping_module, moves_module, recompute_module, sweep_module):
        monkeypatch.setattr(module, "all_clocks", lambda: told)


def _clock(name: ClockName) -> Clock:
    def say(what: str, tx: Transaction, kept: Sequence[KeptDeadline], now: datetime) -> None:
        Outbox(tx).add([OutboxEntry(what, {"clock": name, "id": each.object_id}, now) for each in kept])

    return Clock(
        name,
        "thing",
        "A9",
        warn_before=lambda _settings: HOUR,
        usual=lambda settings: Within(settings.callbacks.due_minutes * 8 * MINUTE, Count.WORKING),
        warned=lambda tx, _settings, kept, now: say("warned", tx, kept, now),
        breached=lambda tx, _settings, kept, now: say("breached", tx, kept, now),
    )


def told(storage: Storage) -> list[tuple[str, object, object]]:
    """What the made-up clocks were told, in order: what, which clock, of which thing."""
    with storage.reading() as tx:
        entries = Outbox(tx).after(0, 1000)
    return [(each.topic, each.payload["clock"], each.payload["id"]) for each in entries]


def kept(storage: Storage, clock: ClockName = FIRST, object_id: int = 1) -> KeptDeadline:
    with storage.reading() as tx:
        return DeadlineStore(tx).of(clock, [object_id])[object_id]


def happened(storage: Storage, clock: ClockName = FIRST, object_id: int = 1) -> Deadline:
    return kept(storage, clock, object_id).deadline
