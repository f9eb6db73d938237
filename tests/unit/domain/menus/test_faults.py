"""A1: menus in which callers are lost are found, each fault with its menu and key."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.menu_target import Leads, target_of
from hotline.domain.menus.faults import MOST_KEYS_TO_A_PERSON, menu_faults
from hotline.domain.menus.graph import Key, Node, has_way_out, menus_below, targets_at
from hotline.domain.menus.timed import timed_target


def node(*times: str, **keys: str) -> Node:
    """Keys as k1="voicemail"; `times` are of the first."""
    found = {name[1:]: Key(to) for name, to in keys.items()}
    first = next(iter(found), "")
    if times:
        found[first] = Key(found[first].to, tuple(map(timed_target, times)))
    return Node(found)


def codes(nodes: dict[str, Node], *starts: str) -> list[tuple[str, str, str, bool]]:
    faults = menu_faults(nodes, starts or ("main",))
    return [(each.menu, each.key, each.reason.code.removeprefix("menus."), each.always) for each in faults]


def test_a_right_one_has_none() -> None:
    assert codes({"main": node(k1="queue:a", k2="menu:b", k9="repeat"), "b": node(k1="menu:main", k0="operator")}) == []


def test_two_menus_that_lead_to_each_other_alone_are_a_loop() -> None:
    nodes = {"main": node(k1="menu:b", k9="repeat"), "b": node(k1="menu:main")}
    assert codes(nodes) == [("main", "", "no_person", False), ("main", "1", "loop", True), ("b", "1", "loop", True)]


def test_one_that_only_repeats_has_no_end() -> None:
    nodes = {"main": node(k0="operator", k2="menu:b"), "b": node(k1="repeat", k2="menu:b")}
    assert codes(nodes) == [("b", "1", "only_repeats", True)]


def test_a_loop_at_some_time_of_the_week_is_found_too() -> None:
    nodes = {"main": node("sat 09:00-12:00 repeat", k1="operator")}
    assert codes(nodes) == [("main", "", "no_person", False), ("main", "1", "only_repeats", True)]


def test_what_is_right_at_all_times_is_right_though_each_key_alone_is_not() -> None:
    """Key 1 leads nowhere in the day, key 2 nowhere at night."""
    day, night = "daily 08:00-20:00 repeat", ("daily 00:00-08:00 repeat", "daily 20:00-24:00 repeat")
    keys = {"1": Key("operator", (timed_target(day),)), "2": Key("operator", tuple(map(timed_target, night)))}
    assert codes({"main": Node(keys)}) == []


def test_a_menu_that_no_key_leads_to_and_one_without_keys() -> None:
    assert codes({"main": node(k0="operator"), "old": node()}) == [
        ("old", "", "unreachable", False),
        ("old", "", "no_keys", False),
    ]


def test_a_menu_that_is_led_to_at_some_time_alone_is_reached() -> None:
    nodes = {"main": node("sun 00:00-24:00 menu:sunday", k0="operator"), "sunday": node(k0="operator")}
    assert codes(nodes) == []


def test_somebody_answers_after_so_many_keys_at_most() -> None:
    chain = {f"m{n}": node(k1=f"menu:m{n + 1}", k8="voicemail") for n in range(MOST_KEYS_TO_A_PERSON)}
    nodes = {**chain, f"m{MOST_KEYS_TO_A_PERSON}": node(k1="operator")}
    assert codes(nodes, "m0") == [("m0", "", "far_person", False)]
    assert codes({**nodes, "m2": node(k0="operator", k1="menu:m3")}, "m0") == []
    assert codes({"main": node(k8="voicemail")}) == [("main", "", "no_person", False)]


_NAMES = ("a", "b", "c", "d")
_TO = st.sampled_from([*(f"menu:{name}" for name in _NAMES), "repeat", "voicemail", "queue:x", "announcement:y"])
_MENUS = st.fixed_dictionaries({name: st.dictionaries(st.sampled_from("123"), _TO, max_size=3) for name in _NAMES})


@given(_MENUS, st.integers())
def test_where_no_way_out_is_found_no_caller_finds_one(menus: dict[str, dict[str, str]], seed: int) -> None:
    """And where one is found, some caller does."""
    nodes = {name: Node({digit: Key(to) for digit, to in keys.items()}) for name, keys in menus.items()}
    targets = targets_at(nodes, (0, timed_target("daily 00:00-24:00 repeat").start))
    draw = random.Random(seed)
    for start in _NAMES:
        menu, out = start, False
        for _step in range(40):
            if not menus[menu]:
                break
            target, name = target_of(draw.choice(sorted(menus[menu].values())))
            out |= target.leads not in (Leads.MENU, Leads.AGAIN)
            menu = name if target.leads is Leads.MENU else menu
        assert not out or has_way_out(targets, start)
        assert has_way_out(targets, start) == any(
            target_of(to)[0].leads not in (Leads.MENU, Leads.AGAIN)
            for each in menus_below(targets, start)
            for to in menus[each].values()
        )
