"""What comes near and what is over is told once, to the feature that owns it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from hotline.domain.deadlines.kept import PauseReason
from hotline.domain.deadlines.term import Agreed
from hotline.services.deadlines import keeping
from hotline.services.deadlines import sweep as sweep_module
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.services.deadlines.sweep import Swept, overdue, sweep
from hotline.settings import Settings
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.engine import make_engine
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.deadlines import DAY, FIRST, HOUR, MINUTE, SECOND, kept, made_up_clocks, told, usual_settings
from tests.support.instance import at
from tests.support.killed import killed_at

#: Due 14:00, warned of from 13:00 on: an hour of working time before.
BEGAN = at("2026-03-11 09:00")
DUE = at("2026-03-11 14:00")


@pytest.fixture(autouse=True)
def clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up_clocks(monkeypatch)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return usual_settings(tmp_path)


def begun(storage: Storage, settings: Settings, *object_ids: int, began: datetime = BEGAN) -> None:
    with storage.writing() as tx:
        keep(tx, settings, FIRST, {object_id: Wanted(began, "main") for object_id in object_ids}, began)


def test_each_is_told_once_when_it_comes_near_and_once_when_it_is_over(storage: Storage, settings: Settings) -> None:
    begun(storage, settings, 1)
    assert sweep(storage, settings, DUE - HOUR - MINUTE) == Swept()
    assert sweep(storage, settings, DUE - HOUR) == Swept(warned=1)
    assert sweep(storage, settings, DUE - MINUTE) == Swept()
    assert sweep(storage, settings, DUE) == Swept(breached=1)
    assert sweep(storage, settings, DUE) == sweep(storage, settings, DUE + DAY) == Swept()
    assert told(storage) == [("warned", FIRST, 1), ("breached", FIRST, 1)]
    assert kept(storage).breached_at == DUE


def test_a_breach_that_comes_before_its_warning_was_told_is_told_alone(storage: Storage, settings: Settings) -> None:
    begun(storage, settings, 1, 2)
    assert sweep(storage, settings, DUE + DAY) == Swept(breached=2)
    assert told(storage) == [("breached", FIRST, 1), ("breached", FIRST, 2)]


def test_what_is_told_in_several_goes_is_told_whole(
    storage: Storage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep_module, "_AT_ONCE", 2)
    begun(storage, settings, *range(1, 6))
    assert sweep(storage, settings, DUE) == Swept(breached=5)
    assert [object_id for _what, _clock, object_id in told(storage)] == [1, 2, 3, 4, 5]


def test_a_reminder_waits_for_the_morning_unless_none_is_left(storage: Storage, settings: Settings) -> None:
    """What was agreed passes whatever the hours are: its reminder would come at 23:30 and at 07:30."""
    night, early = at("2026-03-12 10:00"), at("2026-03-12 08:30")
    with storage.writing() as tx:
        keep(tx, settings, FIRST, {1: Wanted(BEGAN, "main", Agreed(night))}, BEGAN)
        keep(tx, settings, SECOND, {2: Wanted(BEGAN, "main", Agreed(early))}, BEGAN)
    assert sweep(storage, settings, at("2026-03-12 07:29")) == Swept()
    assert sweep(storage, settings, at("2026-03-12 07:30")) == Swept(warned=1), "at nine it would be too late"
    assert told(storage) == [("warned", SECOND, 2)]
    assert sweep(storage, settings, at("2026-03-12 09:00")) == Swept(warned=1, breached=1)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", ["save", "to_tell"])
def test_killed_in_the_middle_it_is_told_once(database: str, settings: Settings, step: str, after: bool) -> None:
    storage = Storage(make_engine(database))
    begun(storage, settings, 1, 2, 3)
    storage.close()
    killed_at(DeadlineStore, step, after, lambda: sweep(Storage(make_engine(database)), settings, DUE))
    storage = Storage(make_engine(database))
    assert told(storage) == []
    assert sweep(storage, settings, DUE) == Swept(breached=3)
    assert sweep(storage, settings, DUE) == Swept()
    assert [what for what, _clock, _id in told(storage)] == ["breached"] * 3
    storage.close()


def test_killed_after_the_feature_was_told_it_is_told_once(database: str, settings: Settings) -> None:
    storage = Storage(make_engine(database))
    begun(storage, settings, 1)
    storage.close()
    killed_at(Outbox, "add", True, lambda: sweep(Storage(make_engine(database)), settings, DUE))
    storage = Storage(make_engine(database))
    assert sweep(storage, settings, DUE) == Swept(breached=1)
    assert told(storage) == [("breached", FIRST, 1)]
    storage.close()


def test_what_a_feature_fails_at_is_told_by_the_next_sweep_and_others_are_told(
    storage: Storage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(storage, settings, 1)

    def fail(_self: Outbox, _entries: object) -> None:
        raise RuntimeError("away")

    with monkeypatch.context() as broken:
        broken.setattr(Outbox, "add", fail)
        with pytest.raises(RuntimeError):
            sweep(storage, settings, DUE)
    assert kept(storage).breach_told_at is None
    assert sweep(storage, settings, DUE) == Swept(breached=1)


def test_two_that_sweep_at_once_tell_it_once(postgres_url: str, settings: Settings) -> None:
    """Where two write at once: what one is just telling, the other leaves out."""
    storage = Storage(make_engine(postgres_url))
    begun(storage, settings, 1, 2)
    with storage.writing() as tx:
        assert len(DeadlineStore(tx).to_tell(FIRST, DUE, 0, 1)) == 1
        assert sweep(storage, settings, DUE) == Swept(breached=1)
    assert sweep(storage, settings, DUE) == Swept(breached=1)
    assert sorted(str(object_id) for _what, _clock, object_id in told(storage)) == ["1", "2"]
    storage.close()


def test_what_alerts_say_is_how_many_are_over_and_since_when(storage: Storage, settings: Settings) -> None:
    begun(storage, settings, 1, 2, 3)
    begun(storage, settings, 4, began=BEGAN + HOUR)
    with storage.writing() as tx:
        keeping.stop(tx, FIRST, 1, BEGAN + HOUR)
        keeping.pause(tx, settings, FIRST, 2, PauseReason.CUSTOMER, BEGAN + HOUR)
        assert overdue(tx, FIRST, DUE) == (1, DUE)
        assert overdue(tx, FIRST, DUE - MINUTE) == overdue(tx, SECOND, DUE) == (0, None)
        assert overdue(tx, FIRST, DUE + HOUR) == (2, DUE)
