"""The figures of the rules at any moment: a change changes nothing of before, and there is one for every day."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.people import Actor, Role
from hotline.domain.rules.registry import RULES
from hotline.services.alerts import open_alerts
from hotline.services.settings.figures import figure, figure_keys, value_of
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.settings.notices import notice
from hotline.services.settings.settings import change_settings, withdraw
from hotline.settings.layers import DEFAULTS
from hotline.settings.load import read_layers
from hotline.settings.rule_limits import limits_of
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, clock_of
from tests.support.rows import MORNING

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
WAIT = "rules.hang_up_first.wait_seconds"
DAY = timedelta(days=1)


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, MORNING, "", storage)


def started_anew(hotline: Hotline, file: str, environment: dict[str, str] | None = None) -> SettingsInForce:
    """As a process that begins now, with this file."""
    hotline.home.settings_file.write_text(file, "utf-8")
    in_force = SettingsInForce(read_layers(hotline.home, environment or {}), hotline.storage, hotline.clock)
    notice(hotline.storage, in_force.layers, hotline.clock())
    return in_force


def wait_at(in_force: SettingsInForce, at: datetime) -> int:
    seconds: int = figure(in_force, "C3", at)[WAIT]
    return seconds


def in_file(seconds: int) -> str:
    return f"[rules.hang_up_first]\nwait_seconds = {seconds}\n"


def test_a_change_changes_no_figure_of_yesterday(hotline: Hotline) -> None:
    change_settings(hotline.in_force, ADMIN, {WAIT: 9}, MORNING)
    change_settings(hotline.in_force, ADMIN, {WAIT: 12}, MORNING, from_at=MORNING + DAY)
    assert [wait_at(hotline.in_force, MORNING + offset) for offset in (-DAY, 0 * DAY, DAY / 2, DAY)] == [5, 9, 9, 12]


def test_what_was_changed_in_the_file_by_hand_has_a_date(hotline: Hotline) -> None:
    started_anew(hotline, in_file(5))
    clock_of(hotline).advance(days=1)
    later = started_anew(hotline, in_file(8))
    clock_of(hotline).advance(days=1)
    last = started_anew(hotline, in_file(6))
    assert [wait_at(later, MORNING + n * DAY) for n in (-9, 0, 1, 2)] == [5, 5, 8, 8]
    assert [wait_at(last, MORNING + n * DAY) for n in (-9, 0, 1, 2)] == [5, 5, 8, 6]


def test_what_a_variable_said_has_a_date_too(hotline: Hotline) -> None:
    started_anew(hotline, in_file(5))
    change_settings(hotline.in_force, ADMIN, {WAIT: 7}, MORNING)
    clock_of(hotline).advance(days=1)
    above = started_anew(hotline, in_file(5), {"HOTLINE_RULES__HANG_UP_FIRST__WAIT_SECONDS": "3"})
    assert [wait_at(above, MORNING + n * DAY) for n in (0, 1)] == [7, 3]
    clock_of(hotline).advance(days=1)
    without = started_anew(hotline, in_file(5))
    assert [wait_at(without, MORNING + n * DAY) for n in (0, 1, 2)] == [7, 3, 7]


def test_looking_again_notes_nothing(hotline: Hotline) -> None:
    started_anew(hotline, in_file(5))
    assert notice(hotline.storage, read_layers(hotline.home, {}), hotline.clock()) is None


def test_a_file_changed_under_a_decision_is_told_until_somebody_decides(hotline: Hotline) -> None:
    change_settings(hotline.in_force, ADMIN, {WAIT: 9}, MORNING)
    started_anew(hotline, "")
    assert open_alerts(hotline.storage) == []
    clock_of(hotline).advance(days=1)
    in_force = started_anew(hotline, in_file(8))
    assert wait_at(in_force, hotline.clock()) == 9
    assert [(alert.kind, alert.object) for alert in open_alerts(hotline.storage)] == [("setting_in_file", WAIT)]
    clock_of(hotline).advance(hours=1)
    change_settings(in_force, ADMIN, {WAIT: None}, hotline.clock())
    notice(hotline.storage, in_force.layers, hotline.clock())
    assert open_alerts(hotline.storage) == []
    assert wait_at(in_force, hotline.clock()) == 8


def test_a_decision_that_no_longer_fits_is_told(hotline: Hotline) -> None:
    change_settings(hotline.in_force, ADMIN, {"rules.speech_rate.lowest": 155}, MORNING)
    in_force = started_anew(hotline, "[rules.speech_rate]\nhighest = 150\n")
    assert in_force().rules.speech_rate.lowest == 140
    assert "setting_left_out" in {alert.kind for alert in open_alerts(hotline.storage)}


def test_what_is_planned_can_be_taken_back(hotline: Hotline) -> None:
    [planned] = change_settings(hotline.in_force, ADMIN, {WAIT: 9}, MORNING, from_at=MORNING + DAY)
    assert planned.id is not None
    withdraw(hotline.in_force, ADMIN, planned.id, MORNING)
    assert wait_at(hotline.in_force, MORNING + DAY) == 5


def test_each_rules_figures_exist_on_every_day_from_the_first_to_400_days_ahead(hotline: Hotline) -> None:
    """With decisions, a planned change and a file changed by hand among them."""
    started_anew(hotline, in_file(5))
    change_settings(hotline.in_force, ADMIN, {WAIT: 9, "floor.abandoned_percent": 4}, MORNING)
    change_settings(hotline.in_force, ADMIN, {WAIT: None}, MORNING, from_at=MORNING + 30 * DAY)
    clock_of(hotline).advance(days=2)
    in_force = started_anew(hotline, in_file(6))
    expected = {rule: {each.key for each in figure_keys(rule)} for rule in RULES}
    for day in range(-400, 401):
        moment = MORNING + day * DAY
        for rule in RULES:
            found = figure(in_force, rule, moment)
            assert found.keys() == expected[rule]
            assert None not in found.values()
            limits = limits_of(in_force.at(moment).rule_limits, rule)
            assert 0 < limits.red <= limits.yellow <= 100


def test_what_a_regulation_gives_is_what_the_defaults_say(hotline: Hotline) -> None:
    """And lies among the settings of its rule; no other rule has figures of a regulation."""
    assert DEFAULTS.exists()
    for rule in RULES.values():
        given = {each.key for each in figure_keys(rule.id) if each.by_regulation}
        assert given == rule.by_regulation
        assert not (given and rule.ours)
    settings = hotline.in_force.layers.settings()
    assert value_of(settings, WAIT) == 5
    assert value_of(settings, "retention.years") == 3
