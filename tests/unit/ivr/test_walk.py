"""A draft is walked by the IVR's own dialogue (A1): what is said, what is pressed, where it ends, after how long."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from hotline.domain.line.routing import VOICEMAIL, Arrival, Reason, Route, RouteKind
from hotline.domain.menus.trial import Walked, Way
from hotline.services.menus.trials import keys_sent
from hotline.services.menus.walking import ways_at
from hotline.settings import Home, Settings, load_settings
from ivr.walk import Walker
from tests.support.instance import at

NOON = at("2026-11-16 12:00:00")
SITE = """
[menus.main]
prompt = "menu-main"
operator_queue = "service"
tries = 2
[menus.main.keys]
1 = "menu:sub"
2 = { to = "queue:service", times = ["mon-fri 12:00-13:00 voicemail"] }
5 = "announcement:address"
6 = "case"
9 = "repeat"
[menus.sub]
prompt = "menu-sub"
operator_queue = "service"
[menus.sub.keys]
3 = "operator"
[queues.service]
name = "客户服务"
"""


class Prompts:
    """Each is said for ten seconds; "menu-sub" is in no manifest."""

    def name(self, prompt_id: str, line: str) -> str:
        return f"hotline/{prompt_id}-{line}"

    def seconds(self, name: str) -> float:
        return 10.0


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder: Path = tmp_path_factory.mktemp("home")
    (folder / "hotline.toml").write_text(SITE, "utf-8")
    return load_settings(Home(folder), {})


def open_line(arrival: Arrival, moment: datetime) -> Route:
    if arrival.choice is None:
        return Route(RouteKind.MENU, Reason.WORKING_TIME, menu="main")
    if arrival.choice == VOICEMAIL:
        return Route(RouteKind.VOICEMAIL, Reason.CALLER_CHOICE)
    return Route(RouteKind.QUEUE, Reason.WORKING_TIME, queue=arrival.choice)


WALKER = Walker(Prompts(), lambda prompt: prompt != "menu-sub")


def walked(settings: Settings, *keys: str, moment: datetime = NOON) -> Walked:
    return WALKER(settings, "main", Way("main", keys), open_line, moment)


def test_a_way_through_two_menus_to_a_queue(settings: Settings) -> None:
    found = walked(settings, "1", "3")
    assert [(each.prompts, each.menu, each.key, each.to) for each in found.steps] == [
        (("greeting", "menu-main"), "main", "1", "menu:sub"),
        (("menu-sub",), "sub", "3", "operator"),
    ]
    assert (found.kind, found.target) == ("queue", "service")
    # Two prompts of ten seconds, each key a second after what is said; the prompt that is missing takes no time.
    assert found.seconds == 22.0
    assert [fault.code for fault in found.faults] == ["menus.no_prompt"]


def test_a_key_leads_by_the_moment_at_which_it_is_pressed(settings: Settings) -> None:
    assert walked(settings, "2").kind == "voicemail"
    assert walked(settings, "2", moment=at("2026-11-16 12:59:38")).kind == "voicemail"
    assert walked(settings, "2", moment=at("2026-11-16 12:59:40")).kind == "queue"


def test_nothing_pressed_and_a_wrong_key_end_at_the_operators(settings: Settings) -> None:
    for key in ("", "7"):
        found = walked(settings, key)
        assert found.kind == "queue" and found.steps[-1].prompts == ("to-operator",)


def test_who_has_heard_an_announcement_is_bid_goodbye(settings: Settings) -> None:
    for key in ("5", "6"):
        assert walked(settings, key).kind == "goodbye"


def test_every_key_of_every_menu_is_pressed_by_the_shortest_way(settings: Settings) -> None:
    keys = [way.keys for way in ways_at(settings, "main", NOON)]
    assert keys == [*(("1",), ("2",), ("5",), ("6",), ("9",), ("3",), ("",)), *(("1", "3"), ("1", "1"), ("1", ""))]


def test_asterisk_presses_the_keys_when_the_walk_does(settings: Settings) -> None:
    *pressed, ends = WALKER.pressed_at(settings, "main", Way("sub", ("1", "3")), open_line, NOON)
    assert (pressed, ends) == ([21.0, 22.0], 22.0)
    assert keys_sent(("1", "3"), pressed) == ("w" * 42 + "1" + "ww3", 22.0)
    assert keys_sent(("",), []) == ("", 0.0)
