"""The way through the menus by menu, key, line and version: as counted by hand, as its view, as the figures of calls
(F1)."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, text

from hotline.domain.calls.call import Call, MenuStep
from hotline.domain.errors import Forbidden
from hotline.domain.people import Actor, Role
from hotline.domain.reports.scope import Axis, Scope
from hotline.domain.settings.change import Act, SettingChange
from hotline.services.reports.facts import rebuild
from hotline.services.reports.figures import rows, split, values
from hotline.services.reports.menu_page import BY_CHOICE, BY_MENU, SeenMenus, see_menus
from hotline.services.reports.view_making import make
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.calls.tables import call as call_table
from hotline.storage.reports.tables import report_call, report_day, report_menu
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.transaction import Storage
from tests.support import report_day as hand
from tests.support.call_strategies import calls
from tests.support.instance import an_instance, at

DAY = Scope(at("2026-11-16 00:00"), at("2026-11-17 00:00"))
BEFORE = Scope(at("2026-11-15 00:00"), at("2026-11-16 00:00"))
BOSS = Actor("boss", (Role.SUPERVISOR,), "周主管")
#: The menus were changed while A came in.
CHANGED = at("2026-11-16 09:25")

_ENDS = ("menu_pressed", "menu_silent", "menu_left", "menu_broken")
_COUNTS = ("menu_entered", "menu_heard", "menu_missed", "menu_timed_out", "menu_choices", "menu_left_after", *_ENDS)


@pytest.fixture
def in_force(tmp_path: Path) -> Settings:
    return an_instance(tmp_path, hand.EVENING).settings


@pytest.fixture
def day(storage: Storage, in_force: Settings) -> Storage:
    hand.put(storage)
    with storage.writing() as tx:
        changes = [SettingChange(key, Act.SET, {}, CHANGED, "ma", CHANGED) for key in ("menus.main", "lines.main.menu")]
        other = SettingChange("floor.quick_seconds", Act.SET, 15, CHANGED + timedelta(hours=1), "ma", CHANGED)
        SettingChangeStore(tx).add([*changes, other])
    rebuild(storage, in_force, hand.EVENING)
    return storage


def seen(day: Storage, in_force: Settings, scope: Scope = DAY) -> SeenMenus:
    return see_menus(day, in_force, scope, BEFORE, BOSS, hand.EVENING)


def shown(values_of: object, *names: str) -> list[float | None]:
    assert isinstance(values_of, dict)
    return [values_of[name].value for name in names]


def test_f1_by_menu_and_key_as_counted_by_hand(day: Storage, in_force: Settings) -> None:
    found = seen(day, in_force)
    by_menu = {each.menu: shown(each.values, "menu_entered", "menu_left", "menu_missed") for each in found.menus}
    assert by_menu == {"": [1, 1, 0], "main": [17, 1, 2], "sub": [1, 1, 0]}
    by_key = {
        (each.menu, each.key, each.target): shown(each.values, "menu_choices", "menu_left_after", "choice_to_people")
        for each in found.choices
    }
    assert by_key == {
        ("main", "1", "menu:sub"): [1, 1, 0],
        ("main", "2", "queue:service"): [10, 0, 100],
        ("main", "3", "voicemail"): [1, 0, 0],
        ("main", "4", "announcement:opening-hours"): [1, 0, 0],
        ("main", "9", ""): [2, 1, 50],
    }


def test_f1_menus_put_in_force_at_one_moment_are_one_version(day: Storage, in_force: Settings) -> None:
    found = seen(day, in_force)
    entered = [(each.since, *shown(each.values, "menu_entered")) for each in found.versions]
    assert entered == [(CHANGED, 16.0), (None, 3.0)]
    version = found.versions[0].version
    narrowed = seen(day, in_force, dataclasses.replace(DAY, menu_versions=(version,)))
    assert shown(narrowed.values, "menu_entered") == [16]
    assert len(narrowed.versions) == 2


def test_f1_a_number_opens_its_calls_each_once(day: Storage, in_force: Settings) -> None:
    with day.reading() as tx:
        of_nine = rows(tx, dataclasses.replace(DAY, menu_choices=("main 9",)), "menu_missed", in_force)
        heard = rows(tx, DAY, "menu_heard", in_force)
        asked = text("SELECT call_id, choice FROM report_menu WHERE ended = 'missed'")
        missed = {row.call_id: row.choice for row in tx.connection.execute(asked)}
    assert of_nine.kind == "call"
    assert sorted(map(int, of_nine.ids)) == sorted(missed) and set(missed.values()) == {"main 9"}
    assert len(heard.ids) == len(set(heard.ids)) == 18


def test_f1_the_view_is_the_page(day: Storage, in_force: Settings) -> None:
    make(day, in_force)
    found = seen(day, in_force)
    with day.reading() as tx:
        view = list(tx.connection.execute(text("SELECT * FROM figure_menus WHERE day = '2026-11-16'")).mappings())
    for each in found.menus:
        theirs = [row for row in view if row["menu"] == each.menu]
        for name in ("menu_entered", "menu_heard", *_ENDS, "menu_missed", "menu_timed_out"):
            assert sum(row[name] for row in theirs) == each.values[name].value, (each.menu, name)
    for choice in found.choices:
        theirs = [row for row in view if row["menu_choice"] == choice.text]
        assert sum(row["choice_calls"] for row in theirs) == choice.values["menu_choices"].value
        assert sum(row["menu_left_after"] for row in theirs) == choice.values["menu_left_after"].value
    for version in found.versions:
        theirs = [row for row in view if row["menu_version"] == version.version]
        assert sum(row["menu_entered"] for row in theirs) == version.values["menu_entered"].value


def test_e4_whoever_sees_only_their_own_figures_sees_no_menus(day: Storage, in_force: Settings) -> None:
    with pytest.raises(Forbidden):
        see_menus(day, in_force, DAY, BEFORE, Actor("zhao", (Role.OPERATOR,), "赵敏"), hand.EVENING)


@st.composite
def days_of_menus(draw: st.DrawFn) -> list[Call]:
    """Calls of the day, over, each with a way through two menus."""
    step = st.tuples(
        st.sampled_from(["main", "sub"]),
        st.sampled_from(["", "1", "9"]),
        st.sampled_from(["", "queue:service", "operator", "voicemail", "menu:sub", "repeat"]),
    )
    found = []
    for number, drawn in enumerate(draw(st.lists(calls(), max_size=6))):
        start = DAY.start + timedelta(milliseconds=draw(st.integers(0, 86_399_999)))
        menu = tuple(MenuStep(start, *each) for each in draw(st.lists(step, max_size=5)))
        end = start + timedelta(seconds=9)
        line = draw(st.sampled_from(["main", "parts"]))
        found.append(
            dataclasses.replace(
                drawn, node="n", linkedid=f"l{number}", started_at=start, ended_at=end, menu=menu, line=line
            )
        )
    return found


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(days_of_menus())
def test_f1_identities_hold_of_any_day(sqlite_storage: Storage, in_force: Settings, made: list[Call]) -> None:
    """Each hearing ended one way; half hours, lines, menus, keys and versions add up to the day; who hung up in a menu
    is who was lost in the menus."""
    with sqlite_storage.writing() as tx:
        for table in (call_table, report_call, report_day, report_menu):
            tx.connection.execute(delete(table))
        CallStore(tx).save(made, hand.EVENING)
    rebuild(sqlite_storage, in_force, hand.EVENING)
    ways = ("people", "voicemail", "end", "hang_up")
    with sqlite_storage.reading() as tx:
        found = {name: each.value or 0 for name, each in values(tx, DAY, [*_COUNTS, "lost_in_menu"], in_force).items()}
        shares = values(tx, DAY, [f"{of}_to_{way}" for of in ("menu", "choice") for way in ways], in_force)
        for axis in (Axis.HALF_HOUR, Axis.LINE, Axis.MENU, Axis.MENU_CHOICE, Axis.MENU_VERSION):
            parts = split(tx, DAY, _COUNTS, axis, in_force)
            for name in _COUNTS:
                assert sum(each.values[name].value or 0 for each in parts) == found[name], (axis, name)
    assert found["menu_heard"] == sum(found[name] for name in _ENDS)
    assert found["menu_left"] == found["lost_in_menu"]
    for of in ("menu", "choice"):
        whole = [shares[f"{of}_to_{way}"].value for way in ways]
        assert all(each is None for each in whole) or sum(each or 0 for each in whole) <= 100.001


def test_f1_what_is_shown_by_menu_and_key_is_of_the_catalogue() -> None:
    assert len(set(BY_MENU)) == len(BY_MENU) and len(set(BY_CHOICE)) == len(BY_CHOICE)
