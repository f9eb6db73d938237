"""Late starts, empty shifts and adherence (F6), from what operators' states were."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.adherence.adherence import Missed, MissedStart, StartDecision
from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.operators.presence import OperatorPresence, ShownState, StateChange
from hotline.domain.people import Role
from hotline.domain.staff.records import Absence
from hotline.services.adherence import adherence, watching
from hotline.services.adherence.watching import find_missed_starts
from hotline.services.waiting import waiting_of
from hotline.storage.adherence.store import MissedStartStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.our_people import plan, somebody

START, END = at("2026-11-16 09:00:00"), at("2026-11-16 17:00:00")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Floor:
    def __init__(self, storage: Storage, folder: Path) -> None:
        self.storage, self.settings = storage, an_instance(folder, START, "", storage).settings
        self.boss, self.boss_id = somebody(storage, "boss", "周主管", START, Role.SUPERVISOR)
        self.zhao, self.zhao_id = somebody(storage, "zhao", "赵敏", START, extension="1001")
        self.qian, self.qian_id = somebody(storage, "qian", "钱伟", START, extension="1002")

    def states(self, extension: str, *changes: tuple[datetime, ShownState]) -> None:
        with self.storage.writing() as tx:
            PresenceStore(tx).save([OperatorPresence(extension, START, START)])
            PresenceStore(tx).note([StateChange(extension, moment, state) for moment, state in changes])

    def found(self) -> list[tuple[int, Missed, datetime | None]]:
        return [(each.person_id, each.kind, each.came_at) for each in self.missed()]

    def missed(self) -> list[MissedStart]:
        with self.storage.reading() as tx:
            return MissedStartStore(tx).between(START - 24 * HOUR, END + 24 * HOUR)

    def watch(self, now: datetime) -> int:
        return find_missed_starts(self.storage, self.settings, now)

    def told(self, person_id: int) -> list[str]:
        with self.storage.reading() as tx:
            return [each.kind for each in NotificationStore(tx).of_person(person_id)]


@pytest.fixture
def floor(storage: Storage, tmp_path: Path) -> Floor:
    return Floor(storage, tmp_path)


def test_who_is_not_there_in_time_is_empty_and_then_late(floor: Floor) -> None:
    plan(floor.storage, floor.zhao_id, "赵敏", START, END)
    assert floor.watch(START + 4 * MINUTE) == 0
    assert floor.watch(START + 5 * MINUTE) == 1
    assert floor.found() == [(floor.zhao_id, Missed.EMPTY, None)]
    assert floor.told(floor.zhao_id) == ["missed_start"] and floor.told(floor.boss_id) == ["shift_is_empty"]
    floor.states("1001", (START + 12 * MINUTE, ShownState.READY))
    assert floor.watch(START + 13 * MINUTE) == 0
    assert floor.found() == [(floor.zhao_id, Missed.LATE, START + 12 * MINUTE)]
    assert floor.watch(END + HOUR) == 0 and len(floor.told(floor.zhao_id)) == 1


def test_who_is_signed_in_is_there_paused_too_and_within_the_grace(floor: Floor) -> None:
    plan(floor.storage, floor.zhao_id, "赵敏", START, END)
    plan(floor.storage, floor.qian_id, "钱伟", START, END)
    floor.states("1001", (START - HOUR, ShownState.PAUSED))
    floor.states("1002", (START + 5 * MINUTE, ShownState.TALKING))
    assert floor.watch(END) == 0 and floor.found() == []


def test_an_empty_shift_stays_empty(floor: Floor) -> None:
    plan(floor.storage, floor.zhao_id, "赵敏", START, END)
    floor.states("1001", (START - 2 * HOUR, ShownState.READY), (START - HOUR, ShownState.OFFLINE))
    floor.watch(END + HOUR)
    floor.states("1001", (END + MINUTE, ShownState.READY))
    floor.watch(END + 2 * HOUR)
    assert floor.found() == [(floor.zhao_id, Missed.EMPTY, None)]


def test_drafts_duty_leave_and_who_has_no_extension_are_nobodys_fault(floor: Floor) -> None:
    plan(floor.storage, floor.zhao_id, "赵敏", START, END, published_at=None)
    plan(floor.storage, floor.zhao_id, "赵敏", START, END, duty=True, numbers=("+8613800138001",))
    plan(floor.storage, floor.boss_id, "周主管", START, END)
    plan(floor.storage, floor.qian_id, "钱伟", START, END)
    with floor.storage.writing() as tx:
        AbsenceStore(tx).add(Absence(floor.qian_id, START - HOUR, END + HOUR))
    assert floor.watch(END) == 0 and floor.found() == []


def test_an_explanation_is_accepted_or_not_by_somebody_else(floor: Floor) -> None:
    plan(floor.storage, floor.zhao_id, "赵敏", START, END)
    floor.watch(START + HOUR)
    missed_id, now = floor.missed()[0].id or 0, START + 2 * HOUR
    for actor in (floor.qian, floor.boss):
        with pytest.raises(Forbidden):
            adherence.explain(floor.storage, missed_id, "堵车", actor, now)
    with pytest.raises(Refused):
        adherence.explain(floor.storage, missed_id, "  ", floor.zhao, now)
    adherence.explain(floor.storage, missed_id, "地铁故障", floor.zhao, now)
    assert waiting_of(floor.storage, floor.boss, ["missed_starts"], now) == {"missed_starts": 1}
    with pytest.raises(Forbidden):
        adherence.decide(floor.storage, missed_id, True, floor.zhao, now)
    adherence.decide(floor.storage, missed_id, False, floor.boss, now)
    assert floor.missed()[0].decision is StartDecision.NOT_ACCEPTED
    assert "explanation_decided" in floor.told(floor.zhao_id)
    with pytest.raises(Conflict):
        adherence.decide(floor.storage, missed_id, True, floor.boss, now)
    with pytest.raises(Refused):
        adherence.explain(floor.storage, missed_id, "再说明", floor.zhao, now)
    floor.states("1001", (START + 3 * HOUR, ShownState.READY))
    floor.watch(START + 4 * HOUR)
    assert floor.missed()[0].explanation == "地铁故障", "what was said stays when they come after all"


def test_what_is_said_while_the_watch_looks_stays(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads, reckons, and then writes that they came after all."""
    plan(floor.storage, floor.zhao_id, "赵敏", START, END)
    floor.watch(START + HOUR)
    missed_id, differs = floor.missed()[0].id or 0, watching._differs

    def meanwhile(known: MissedStart | None, found: MissedStart) -> bool:
        adherence.explain(floor.storage, missed_id, "地铁故障", floor.zhao, START + 2 * HOUR)
        adherence.decide(floor.storage, missed_id, True, floor.boss, START + 2 * HOUR)
        return differs(known, found)

    monkeypatch.setattr(watching, "_differs", meanwhile)
    floor.states("1001", (START + 90 * MINUTE, ShownState.READY))
    floor.watch(START + 2 * HOUR)
    (missed,) = floor.missed()
    assert (missed.explanation, missed.decision) == ("地铁故障", StartDecision.ACCEPTED)
    assert (missed.kind, missed.came_at) == (Missed.LATE, START + 90 * MINUTE)


def test_a_supervisor_decides_on_nobodys_own(floor: Floor) -> None:
    mine, mine_id = somebody(floor.storage, "own", "吴主管", START, Role.SUPERVISOR, extension="1009")
    plan(floor.storage, mine_id, "吴主管", START, END)
    floor.watch(START + HOUR)
    with pytest.raises(Forbidden) as refused:
        adherence.decide(floor.storage, floor.missed()[0].id or 0, True, mine, START + HOUR)
    assert refused.value.code == "adherence.own"


def test_adherence_is_work_within_the_plan_as_far_as_it_has_passed(floor: Floor) -> None:
    plan(floor.storage, floor.zhao_id, "赵敏", START, END)
    floor.states(
        "1001",
        (START - HOUR, ShownState.READY),
        (START + HOUR, ShownState.TALKING),
        (START + 2 * HOUR, ShownState.WRAP_UP),
        (START + 3 * HOUR, ShownState.PAUSED),
        (START + 4 * HOUR, ShownState.OFFLINE),
    )
    seen = adherence.see_adherence(floor.storage, floor.settings, floor.boss, START, END, START + 6 * HOUR)
    found = seen.rows[0].adherence
    hours = [each / 3600 for each in (found.planned, found.working, found.paused, found.away)]
    assert hours == [6, 3, 1, 2]
    assert found.percent == 50
    assert [row.name for row in seen.rows] == ["赵敏"] and seen.consequence == "扣罚20元"


def test_each_sees_their_own(floor: Floor) -> None:
    for person_id, name in ((floor.zhao_id, "赵敏"), (floor.qian_id, "钱伟")):
        plan(floor.storage, person_id, name, START, END)
    floor.watch(START + HOUR)
    seen = adherence.see_adherence(floor.storage, floor.settings, floor.qian, START, END, END)
    assert [row.name for row in seen.rows] == ["钱伟"] and [each.name for each in seen.missed] == ["钱伟"]
    assert seen.missed[0].mine and not seen.missed[0].may_decide
    with pytest.raises(Refused):
        adherence.see_adherence(floor.storage, floor.settings, floor.boss, START, START + timedelta(days=100), END)
