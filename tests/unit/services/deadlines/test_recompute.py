"""Another calendar, other hours or another term move what is open, and say which moved, from when to when and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.deadlines.kept import ClockName, DeadlineMove, PauseReason
from hotline.domain.deadlines.term import Agreed, Count, Within
from hotline.domain.errors import Forbidden
from hotline.domain.people import Actor, Role
from hotline.services.deadlines import keeping
from hotline.services.deadlines import recompute as recompute_module
from hotline.services.deadlines.clock import Counting, counting
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.services.deadlines.moves import see_moves
from hotline.services.deadlines.recompute import recompute
from hotline.services.deadlines.sweep import Swept, sweep
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.deadlines.moves import DeadlineMoveStore
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from tests.support.deadlines import DAY, FIRST, HOUR, SECOND, kept, made_up_clocks, told, usual_settings
from tests.support.instance import at
from tests.support.killed import killed_at

#: Four hours of working time later: 10:30 on the 12th.
BEGAN = at("2026-03-11 15:00")
DUE = at("2026-03-12 10:30")
NOW = at("2026-03-11 16:00")
LI = Actor("li", (Role.SUPERVISOR,), "李主管")


@pytest.fixture(autouse=True)
def clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up_clocks(monkeypatch)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return usual_settings(tmp_path)


@pytest.fixture
def closed(tmp_path: Path) -> Settings:
    """The site does not open on the 12th."""
    return usual_settings(tmp_path, CALENDAR__CLOSED='["2026-03-12"]')


def begun(storage: Storage, settings: Settings, *object_ids: int) -> None:
    with storage.writing() as tx:
        keep(tx, settings, FIRST, {object_id: Wanted(BEGAN, "main") for object_id in object_ids}, BEGAN)


def test_a_day_that_is_closed_moves_what_is_open_and_says_so(
    storage: Storage, settings: Settings, closed: Settings
) -> None:
    begun(storage, settings, 1, 2)
    with storage.writing() as tx:
        keeping.stop(tx, FIRST, 2, NOW)
        keep(tx, settings, SECOND, {1: Wanted(BEGAN, "main", Agreed(DUE))}, BEGAN)
    assert kept(storage).due_at == DUE
    assert recompute(storage, settings, NOW).counted == 0, "nothing is another"
    done = recompute(storage, closed, NOW, "li")
    move = DeadlineMove(FIRST, 1, DUE, DUE + DAY, True, False, NOW, "li")
    assert (done.counted, list(done.moved)) == (2, [move])
    assert kept(storage).due_at == DUE + DAY
    assert (kept(storage, FIRST, 2).due_at, kept(storage, SECOND).due_at) == (DUE, DUE), "done, and agreed"
    assert recompute(storage, closed, NOW).counted == 0
    seen = see_moves(storage, LI, NOW, 10)
    assert [(each.move, each.rule) for each in seen.moves] == [(move, "A9")] and seen.total == 1
    with storage.reading() as tx:
        noted = [(each["action"], each["who"], each["detail"]) for each in AuditLog(tx).latest(9)]
    assert ("deadlines.recompute", "li", "first: 1 of 1 moved") in noted


def test_another_term_by_the_settings_moves_what_stands_under_it(
    storage: Storage, settings: Settings, tmp_path: Path
) -> None:
    begun(storage, settings, 1, 2)
    with storage.writing() as tx:
        keeping.put_under(tx, settings, FIRST, 2, Within(HOUR, Count.WORKING), NOW)
    shorter = usual_settings(tmp_path, CALLBACKS__DUE_MINUTES="15")
    done = recompute(storage, shorter, NOW)
    assert list(done.moved) == [DeadlineMove(FIRST, 1, DUE, at("2026-03-11 17:00"), False, True, NOW, "jobs")]
    assert kept(storage, FIRST, 2).due_at == at("2026-03-11 16:00"), "it was agreed for this one"


def test_what_is_moved_while_it_is_paused_keeps_its_pause(
    storage: Storage, settings: Settings, closed: Settings
) -> None:
    begun(storage, settings, 1)
    with storage.writing() as tx:
        keeping.pause(tx, settings, FIRST, 1, PauseReason.CUSTOMER, NOW)
    assert list(recompute(storage, closed, NOW).moved) == []
    with storage.writing() as tx:
        after = keeping.resume(tx, closed, FIRST, 1, at("2026-03-13 09:00"))
    assert after.due_at == at("2026-03-13 12:00"), "one hour was over, three are left"


def test_what_is_not_over_any_more_is_told_again_when_it_is(
    storage: Storage, settings: Settings, closed: Settings
) -> None:
    begun(storage, settings, 1)
    assert sweep(storage, settings, DUE) == Swept(breached=1)
    recompute(storage, closed, DUE)
    assert (kept(storage).breached_at, kept(storage).breach_told_at) == (None, None)
    assert sweep(storage, closed, DUE) == Swept()
    assert sweep(storage, closed, DUE + DAY) == Swept(breached=1)
    assert [what for what, _clock, _id in told(storage)] == ["breached", "breached"]


def test_a_dry_run_says_what_would_move_and_changes_nothing(
    storage: Storage, settings: Settings, closed: Settings
) -> None:
    begun(storage, settings, 1)
    before = kept(storage)
    assert len(recompute(storage, closed, NOW, dry_run=True).moved) == 1
    assert kept(storage) == before
    with storage.reading() as tx:
        assert DeadlineMoveStore(tx).count() == 0
    assert len(recompute(storage, closed, NOW).moved) == 1


def test_killed_in_the_middle_it_goes_on_where_it_was(
    database: str, settings: Settings, closed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recompute_module, "_AT_ONCE", 2)
    storage = Storage(make_engine(database))
    begun(storage, settings, *range(1, 6))
    with storage.writing() as tx:
        keep(tx, settings, SECOND, {1: Wanted(BEGAN, "main")}, BEGAN)
    storage.close()

    # Five of the first are done in three transactions, then it comes to the second.
    real = counting

    def second_too(asked: Settings, name: ClockName, line: str) -> Counting:
        return recompute_module.at_the_second(asked, name, line) if name == SECOND else real(asked, name, line)  # type: ignore[attr-defined]

    with monkeypatch.context() as deadly:
        deadly.setattr(recompute_module, "at_the_second", real, raising=False)
        deadly.setattr(recompute_module, "counting", second_too)
        killed_at(
            recompute_module, "at_the_second", False, lambda: recompute(Storage(make_engine(database)), closed, NOW)
        )
    storage = Storage(make_engine(database))
    done = recompute(storage, closed, NOW)
    assert [(move.clock, move.object_id) for move in done.moved] == [(SECOND, 1)], "the others were done"
    with storage.reading() as tx:
        moved = DeadlineMoveStore(tx).latest(9)
    assert sorted((move.clock, move.object_id) for move in moved) == [*((FIRST, n) for n in range(1, 6)), (SECOND, 1)]
    storage.close()


def test_what_moved_before_a_change_of_its_own_is_said_too(
    storage: Storage, settings: Settings, closed: Settings
) -> None:
    """The job has not been there yet when somebody pauses it under the new calendar."""
    begun(storage, settings, 1)
    with storage.writing() as tx:
        keeping.pause(tx, closed, FIRST, 1, PauseReason.CUSTOMER, NOW)
    with storage.reading() as tx:
        assert [(each.was_due_at, each.due_at) for each in DeadlineMoveStore(tx).latest(9)] == [(DUE, DUE + DAY)]
    assert list(recompute(storage, closed, NOW).moved) == []


def test_only_those_who_supervise_see_what_moved(storage: Storage) -> None:
    with pytest.raises(Forbidden):
        see_moves(storage, Actor("zhao", (Role.OPERATOR,), "赵敏"), NOW, 10)
