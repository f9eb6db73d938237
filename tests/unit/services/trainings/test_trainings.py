"""Trainings (F11): results and their validity, who lacks what, and that they are not ready for it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.errors import Conflict, Forbidden, Outdated, Refused
from hotline.domain.operators.presence import Activity, OperatorPresence, Via
from hotline.domain.people import Role
from hotline.domain.time import end_of_day, midnight
from hotline.domain.trainings.training import Holding, Training, TrainingKind, holding, result_of
from hotline.services.operators.presence import become_ready
from hotline.services.tables.faults import Faults
from hotline.services.tables.table import open_table
from hotline.services.trainings import table, trainings
from hotline.services.trainings.running_out import tell_running_out
from hotline.services.trainings.seeing import see_register, see_training
from hotline.services.trainings.trainings import NewResult
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.our_people import somebody
from tests.support.pbx import RememberingPbx

NOW = at("2026-11-16 10:30:00")
DAY = timedelta(days=1)
SITE = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
queues = ["vip"]
[queues.service]
name = "客服"
[queues.vip]
name = "重要客户"
"""


class Register:
    def __init__(self, hotline: Hotline) -> None:
        self.hotline, self.storage, self.settings = hotline, hotline.storage, hotline.settings
        self.boss, _ = somebody(self.storage, "boss", "周主管", NOW, Role.SUPERVISOR)
        self.zhao, self.zhao_id = somebody(self.storage, "zhao", "赵敏", NOW, extension="1001")
        self.qian, self.qian_id = somebody(self.storage, "qian", "钱伟", NOW, extension="1002")

    def add(self, name: str = "产品上市", **fields: object) -> Training:
        new = Training(name, **fields)  # type: ignore[arg-type]
        return trainings.add_training(self.storage, self.settings, new, self.boss, NOW)

    def enter(self, training: Training, person_id: int, day: date, **fields: object) -> tuple[int, int]:
        new = NewResult(person_id, day, **fields)  # type: ignore[arg-type]
        return trainings.enter_results(self.storage, training.id or 0, [new], self.boss, NOW)

    def ready(self, extension: str) -> None:
        become_ready(self.storage, self.settings, RememberingPbx(), extension, Via.CONSOLE, NOW)

    def holdings(self) -> dict[str, list[Holding]]:
        found = see_register(self.storage, self.settings, self.boss, NOW)
        return {row.name: [each.holding for each in row.held.values()] for row in found.rows if row.extension}


@pytest.fixture
def register(storage: Storage, tmp_path: Path) -> Register:
    return Register(an_instance(tmp_path, NOW, SITE, storage))


def test_f11_who_lacks_one_is_not_ready_and_is_told_which(register: Register) -> None:
    safety = register.add("安全规范", for_all=True)
    register.add("大客户礼仪", queues=frozenset({"vip"}), kind=TrainingKind.EXAM)
    with pytest.raises(Refused) as refused:
        register.ready("1002")
    assert refused.value.code == "trainings.lacks"
    assert refused.value.values["trainings"] == ("大客户礼仪", "安全规范")
    register.enter(safety, register.qian_id, date(2026, 11, 2), passed=True)
    with pytest.raises(Refused) as refused:
        register.ready("1002")
    assert refused.value.values["trainings"] == ("大客户礼仪",)


def test_who_has_it_is_ready_and_so_is_everybody_where_it_is_not_so_set(register: Register, tmp_path: Path) -> None:
    needed = register.add("大客户礼仪", queues=frozenset({"vip"}))
    with pytest.raises(Refused):
        register.ready("1001")  # no queue named is every one
    register.enter(needed, register.zhao_id, date(2026, 11, 16), passed=True)
    register.ready("1001")
    lenient = an_instance(
        tmp_path / "lenient", NOW, SITE + "[trainings]\nneeded_to_be_ready = false\n", register.storage
    )
    become_ready(register.storage, lenient.settings, RememberingPbx(), "1002", Via.CONSOLE, NOW)


def test_f11_nobody_in_a_talk_is_thrown_out(register: Register) -> None:
    """A training that comes to be needed meanwhile changes nothing for who is ready or talks."""
    register.ready("1001")
    talking = OperatorPresence("1001", NOW, NOW, queues=("service",), activity=Activity.TALKING)
    with register.storage.writing() as tx:
        PresenceStore(tx).save([talking])
    register.add("新规定", for_all=True)
    with pytest.raises(Refused):
        register.ready("1001")
    with register.storage.reading() as tx:
        found = PresenceStore(tx).get("1001")
    assert found is not None and (found.queues, found.activity) == (talking.queues, talking.activity)


def test_points_decide_where_there_are_some(register: Register) -> None:
    exam = register.add("月考", kind=TrainingKind.EXAM, pass_points=80)
    with pytest.raises(Refused) as refused:
        register.enter(exam, register.zhao_id, date(2026, 11, 2), passed=True)
    assert refused.value.code == "trainings.needs_points"
    register.enter(exam, register.zhao_id, date(2026, 11, 2), points=79.5)
    register.enter(exam, register.qian_id, date(2026, 11, 2), points=80)
    assert register.holdings() == {"赵敏": [Holding.FAILED], "钱伟": [Holding.HELD]}
    assert register.enter(exam, register.zhao_id, date(2026, 11, 2), points=90) == (0, 1)
    assert register.holdings()["赵敏"] == [Holding.HELD]


def test_the_latest_result_counts_until_its_last_day() -> None:
    training = Training("t", valid_months=3, id=1)
    passed = result_of(training, 7, date(2026, 8, 31), None, True, "", NOW)
    assert passed.valid_until == end_of_day(date(2026, 11, 30))
    failed = result_of(training, 7, date(2026, 9, 1), None, False, "", NOW)

    def held(*results: object, now: object = NOW, ahead: int = 0) -> Holding:
        moment = now if now is not NOW else NOW
        return holding(results, moment, moment + ahead * DAY)  # type: ignore[arg-type, operator]

    assert held() is Holding.NEVER
    assert held(passed) is Holding.HELD and held(passed, ahead=30) is Holding.RUNS_OUT
    assert held(passed, now=end_of_day(date(2026, 11, 30))) is Holding.EXPIRED
    assert held(passed, failed) is Holding.FAILED


def test_whoever_needs_what_runs_out_is_told_once(register: Register) -> None:
    needed = register.add("安全规范", for_all=True, valid_months=1)
    register.enter(needed, register.zhao_id, date(2026, 10, 25), passed=True)
    assert tell_running_out(register.storage, register.settings, NOW) == 1
    assert tell_running_out(register.storage, register.settings, NOW + DAY) == 0


def test_each_sees_their_own_and_who_keeps_them_all(register: Register) -> None:
    exam = register.add("月考")
    register.enter(exam, register.zhao_id, date(2026, 11, 2), passed=True)
    own = see_register(register.storage, register.settings, register.qian, NOW)
    assert [row.name for row in own.rows] == ["钱伟"]
    with pytest.raises(Forbidden):
        see_training(register.storage, register.settings, exam.id or 0, register.qian, NOW)
    with pytest.raises(Forbidden):
        trainings.enter_results(register.storage, exam.id or 0, [], register.qian, NOW)
    seen = see_training(register.storage, register.settings, exam.id or 0, register.boss, NOW)
    assert [(name, each.passed) for each, name in seen.results] == [("赵敏", True)]
    trainings.remove_result(register.storage, seen.results[0][0].id or 0, register.boss, NOW)
    assert register.holdings()["赵敏"] == [Holding.NEVER]


def test_two_who_change_one_at_once_lose_nothing(register: Register) -> None:
    first = register.add("月考")
    register.add("周考")
    changed = trainings.change_training(register.storage, register.settings, first, 1, register.boss, NOW)
    assert changed.version == 2
    with pytest.raises(Outdated):
        trainings.change_training(register.storage, register.settings, first, 1, register.boss, NOW)
    with pytest.raises(Conflict):
        register.add("月考")
    with pytest.raises(Refused):
        register.add("无此组", queues=frozenset({"nowhere"}))


TABLE = """姓名,分机,培训,日期,分数,合格,备注
赵敏,,月考,2026-11-02,88,,
,1002,月考,2026/11/3,61.5,,补考
赵敏,,安全规范,2026-11-04,,合格,
"""


def test_results_are_brought_in_all_or_none_and_twice_is_once(register: Register) -> None:
    register.add("月考", pass_points=80)
    register.add("安全规范")

    def bring_in(text: str, dry_run: bool = False) -> tuple[int, int, int]:
        done = table.import_results(
            register.storage, open_table(text.encode(), table.SHAPE), register.boss, NOW, dry_run
        )
        return done.added, done.changed, done.known

    assert bring_in(TABLE, dry_run=True) == (3, 0, 0)
    assert bring_in(TABLE) == (3, 0, 0)
    assert bring_in(TABLE) == (0, 0, 3)
    assert bring_in(TABLE.replace("61.5", "91")) == (0, 1, 2)
    assert register.holdings() == {"赵敏": [Holding.HELD, Holding.HELD], "钱伟": [Holding.NEVER, Holding.HELD]}
    wrong = TABLE + "王五,,月考,2026-11-02,88,,\n赵敏,,无此,2026-11-02,88,,\n赵敏,,月考,2027-01-01,八十,,\n"
    with pytest.raises(Faults) as faults:
        bring_in(wrong)
    assert [fault.line for fault in faults.value.faults][:2] == [5, 6]
    assert bring_in(TABLE) == (0, 1, 2), "nothing of the wrong table was taken"


def test_a_day_to_come_is_refused(register: Register) -> None:
    exam = register.add("月考")
    with pytest.raises(Refused) as refused:
        register.enter(exam, register.zhao_id, date(2026, 11, 17), passed=True)
    assert refused.value.code == "trainings.not_yet"
    assert midnight(date(2026, 11, 16)) <= NOW
