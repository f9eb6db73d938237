"""Settings are decided: over the file, under the environment, whole or not at all, in every process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.errors import Forbidden, Refused, StorageError
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import Reason
from hotline.domain.settings.change import REMOVED
from hotline.services.settings import in_force as holder
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.settings.settings import WrongSettings, change_settings
from hotline.settings.load import read_layers
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction
from tests.support.instance import an_instance, clock_of
from tests.support.rows import MORNING

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
WAIT = "rules.hang_up_first.wait_seconds"
OPERATORS = '[operators.1001]\nname = "赵敏"\n[operators.1002]\nname = "钱进"\n'


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, MORNING, OPERATORS, storage)


def wait_seconds(hotline: Hotline) -> int:
    seconds: int = hotline.settings.rules.hang_up_first.wait_seconds
    return seconds


def decide(hotline: Hotline, **changes: object) -> None:
    change_settings(hotline.in_force, ADMIN, {WAIT: changes["wait"]}, hotline.clock())


def test_a_decision_is_in_force_at_once_where_it_is_made(hotline: Hotline) -> None:
    assert wait_seconds(hotline) == 5
    decide(hotline, wait=9)
    assert wait_seconds(hotline) == 9


def test_another_process_comes_to_the_same(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holder, "LOOK_SECONDS", 0.0)
    other = SettingsInForce(read_layers(hotline.home, {}), hotline.storage, hotline.clock)
    assert other().rules.hang_up_first.wait_seconds == 5
    decide(hotline, wait=9)
    assert other().rules.hang_up_first.wait_seconds == 9


def test_a_process_does_not_ask_the_database_each_time(hotline: Hotline) -> None:
    other = SettingsInForce(read_layers(hotline.home, {}), hotline.storage, hotline.clock)
    assert other() is other()


def test_who_follows_is_given_each_change(hotline: Hotline) -> None:
    seen: list[str] = []
    hotline.in_force.follow(lambda settings: seen.append(settings.log.level))
    change_settings(hotline.in_force, ADMIN, {"log.level": "DEBUG"}, MORNING)
    assert hotline.settings.log.level == "DEBUG" and seen == ["INFO", "DEBUG"]


def test_none_is_as_the_file_says(hotline: Hotline) -> None:
    decide(hotline, wait=9)
    decide(hotline, wait=None)
    assert wait_seconds(hotline) == 5


def test_the_environment_stands_over_what_is_decided(hotline: Hotline) -> None:
    decide(hotline, wait=9)
    layers = read_layers(hotline.home, {"HOTLINE_RULES__HANG_UP_FIRST__WAIT_SECONDS": "3"})
    above = SettingsInForce(layers, hotline.storage, hotline.clock)
    assert above().rules.hang_up_first.wait_seconds == 3
    with pytest.raises(WrongSettings) as refused:
        change_settings(above, ADMIN, {WAIT: 7}, MORNING)
    assert refused.value.problems[WAIT].code == "settings.variable_sets_it"


def test_a_change_takes_force_by_itself_at_its_moment(hotline: Hotline) -> None:
    wait_seconds(hotline)
    change_settings(hotline.in_force, ADMIN, {WAIT: 9}, MORNING, from_at=MORNING + timedelta(days=1))
    assert wait_seconds(hotline) == 5
    clock_of(hotline).advance(hours=23, minutes=59)
    assert wait_seconds(hotline) == 5
    clock_of(hotline).advance(minutes=1)
    assert wait_seconds(hotline) == 9


def test_of_a_planned_change_and_one_made_now_each_holds_from_its_moment(hotline: Hotline) -> None:
    change_settings(hotline.in_force, ADMIN, {WAIT: 9}, MORNING, from_at=MORNING + timedelta(days=1))
    decide(hotline, wait=7)
    assert wait_seconds(hotline) == 7
    clock_of(hotline).advance(days=1)
    assert wait_seconds(hotline) == 9


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        (WAIT, 100, "input.most"),
        (WAIT, "soon", "input.whole_number"),
        ("rules.speech_rate.lowest", 500, "settings.speech_rate"),
        ("rules.nothing", 1, "settings.unknown_key"),
        ("operators.1003.queues", ["service"], "input.missing"),
        ("operators.1003", {"name": "孙丽", "queues": ["sales"]}, "settings.unknown_queue"),
        ("categories.consult", REMOVED, "settings.unknown_category"),
        (WAIT, REMOVED, "settings.no_entry"),
        ("listen.http_port", 8500, "settings.file_alone_machine"),
        ("asterisk.private", False, "settings.file_alone_machine"),
        ("backups.passphrase", "secret", "settings.file_alone_secret"),
        ("roster", [], "settings.file_alone_elsewhere"),
        ("operators", {}, "settings.not_one_setting"),
        ("rules.hang_up_first", {"wait_seconds": 3}, "settings.not_one_setting"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_key_and_nothing_changes(
    hotline: Hotline, key: str, value: object, code: str
) -> None:
    with pytest.raises(WrongSettings) as refused:
        change_settings(hotline.in_force, ADMIN, {"console.repeat_days": 14, key: value}, MORNING)
    problems = refused.value.problems
    assert {_whole(reason).code for reason in problems.values()} == {code}
    assert all(place.startswith(key) for place in problems)
    assert hotline.settings.console.repeat_days == 7
    with hotline.storage.reading() as tx:
        assert AuditLog(tx).latest(1) == []


def _whole(reason: Reason) -> Reason:
    """What was expected, without what was got."""
    what = reason.values.get("what")
    return what if isinstance(what, Reason) else reason


def test_what_two_keys_come_to_is_checked_together(hotline: Hotline) -> None:
    """Each alone would be refused."""
    change_settings(
        hotline.in_force, ADMIN, {"rules.speech_rate.lowest": 170, "rules.speech_rate.highest": 190}, MORNING
    )
    assert hotline.settings.rules.speech_rate.lowest == 170


def test_what_is_planned_must_fit_a_change_of_today(hotline: Hotline) -> None:
    change_settings(
        hotline.in_force, ADMIN, {"rules.speech_rate.highest": 150}, MORNING, from_at=MORNING + timedelta(days=1)
    )
    with pytest.raises(WrongSettings):
        change_settings(hotline.in_force, ADMIN, {"rules.speech_rate.lowest": 155}, MORNING)


def test_an_entry_is_added_changed_and_taken_away(hotline: Hotline) -> None:
    def decide(value: object) -> list[str]:
        change_settings(hotline.in_force, ADMIN, {"operators.1003": value}, hotline.clock())
        return [f"{extension} {operator.name}" for extension, operator in hotline.settings.operators.items()]

    assert decide({"name": "孙丽", "queues": ["service"]}) == ["1001 赵敏", "1002 钱进", "1003 孙丽"]
    assert decide({"name": "孙莉"}) == ["1001 赵敏", "1002 钱进", "1003 孙莉"]
    assert hotline.settings.operators["1003"].queues == ()
    assert decide(REMOVED) == ["1001 赵敏", "1002 钱进"]


def test_an_entry_of_the_file_is_changed_taken_away_and_given_back(hotline: Hotline) -> None:
    def decide(key: str, value: object) -> dict[str, str]:
        change_settings(hotline.in_force, ADMIN, {key: value}, hotline.clock())
        return {extension: operator.name for extension, operator in hotline.settings.operators.items()}

    assert decide("operators.1001.name", "赵明") == {"1001": "赵明", "1002": "钱进"}
    assert decide("operators.1001", REMOVED) == {"1002": "钱进"}
    assert decide("operators.1001", None) == {"1001": "赵敏", "1002": "钱进"}


def test_who_decided_what_stands_in_the_audit_log(hotline: Hotline) -> None:
    change_settings(hotline.in_force, ADMIN, {WAIT: 9}, MORNING, reason="客户反映")
    change_settings(hotline.in_force, ADMIN, {"notices.urls": ["wecombotkey://token"]}, MORNING)
    with hotline.storage.reading() as tx:
        secret, known = AuditLog(tx).latest(2)
    assert (known["who"], known["action"], known["object"]) == ("admin", "settings.change", f"setting:{WAIT}")
    assert known["detail"] == "9: 客户反映"
    assert secret["detail"] == "***"


def test_a_secret_that_does_not_fit_is_not_repeated(hotline: Hotline) -> None:
    with pytest.raises(WrongSettings) as refused:
        change_settings(hotline.in_force, ADMIN, {"notices.urls": [{"token": "wecombotkey"}]}, MORNING)
    assert "wecombotkey" not in repr(refused.value.problems)


def test_only_an_administrator_decides(hotline: Hotline) -> None:
    with pytest.raises(Forbidden):
        change_settings(hotline.in_force, Actor("s", (Role.SUPERVISOR,), "主管"), {WAIT: 9}, MORNING)


def test_the_past_stays_as_it_was(hotline: Hotline) -> None:
    with pytest.raises(Refused) as refused:
        change_settings(hotline.in_force, ADMIN, {WAIT: 9}, MORNING, from_at=MORNING - timedelta(seconds=1))
    assert refused.value.code == "settings.from_the_past"


def test_a_decision_that_no_longer_fits_the_file_is_left_out_and_the_others_hold(hotline: Hotline) -> None:
    change_settings(
        hotline.in_force, ADMIN, {"operators.1003": {"name": "孙丽", "queues": ["service"]}, WAIT: 9}, MORNING
    )
    hotline.home.settings_file.write_text(
        '[queues.sales]\nname = "销售"\n[menus.main]\nprompt = "menu-main"\noperator_queue = "sales"\nkeys = {}\n',
        "utf-8",
    )
    started = SettingsInForce(read_layers(hotline.home, {}), hotline.storage, hotline.clock)
    assert list(started().operators) == []
    assert started().rules.hang_up_first.wait_seconds == 9


def test_a_database_that_is_away_leaves_what_was_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holder, "LOOK_SECONDS", 0.0)
    hotline = an_instance(tmp_path, MORNING, OPERATORS)
    decide(hotline, wait=9)
    away = Database(hotline.storage)
    started = SettingsInForce(read_layers(hotline.home, {}), away, hotline.clock)
    away.answers = False
    assert started().rules.hang_up_first.wait_seconds == 5, "at the start, what the file says"
    away.answers = True
    assert started().rules.hang_up_first.wait_seconds == 9
    away.answers = False
    decide(hotline, wait=7)
    assert started().rules.hang_up_first.wait_seconds == 9
    away.answers = True
    assert started().rules.hang_up_first.wait_seconds == 7


class Database(Storage):
    """Another process's way to the same database, which a test can cut."""

    def __init__(self, storage: Storage) -> None:
        super().__init__(storage.engine)
        self.answers = True

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        if not self.answers:
            raise StorageError("storage.failed", why="away")
        with super().reading() as tx:
            yield tx
