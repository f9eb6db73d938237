"""The menu flow without sockets: what a caller hears, which keys lead where, what the dialplan is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.errors import StorageError
from hotline.domain.line.roster import DutyNumber
from hotline.domain.line.routing import VOICEMAIL, Arrival, Reason, Route, RouteKind
from hotline.domain.numbers import Number
from hotline.settings import Home, Settings, load_settings
from ivr.errors import CallerGone
from ivr.flow import MAX_STEPS, Flow
from ivr.names import UserEvent, Variable
from ivr.talk import ALL_KEYS, NO_QUESTIONS, Asks, Question

DUTY = (DutyNumber("李四", "13800000001"), DutyNumber("王五", "13800000002"))
ARRIVAL = Arrival("main", Number("+8613800138000"))
SITE = """
[menus.main]
prompt = "menu-main"
operator_queue = "service"
[menus.main.keys]
1 = { to = "queue:service", subject = "产品咨询" }
4 = "menu:sub"
5 = { to = "announcement:address", subject = "地址" }
8 = "voicemail"
6 = { to = "case", subject = "工单进度" }
9 = "repeat"
0 = "operator"
[menus.sub]
prompt = "menu-sub"
operator_queue = "sales"
tries = 2
key_seconds = 7
[menus.sub.keys]
2 = { to = "queue:sales", subject = "购买" }
4 = "menu:main"
[queues.service]
name = "客户服务"
[queues.sales]
name = "销售"
no_operator = "voicemail"
"""


class Caller:
    """Presses `keys` in turn, each time it is asked; "" waits. A key of `None` hangs up."""

    def __init__(self, keys: Sequence[str | None], during_prompt: bool = False) -> None:
        self.heard: list[str] = []
        self.events: list[tuple[UserEvent, dict[str, str]]] = []
        self.variables: dict[Variable, str] = {}
        self.set_order: list[Variable] = []
        self.guards: list[float] = []
        self.asked = 0
        self._keys = list(keys)
        self._during_prompt = during_prompt

    def set_variable(self, name: Variable, value: str) -> None:
        self.variables[name] = value
        self.set_order.append(name)

    def user_event(self, event: UserEvent, **values: str) -> None:
        self.events.append((event, values))

    def guard(self, seconds: float) -> None:
        self.guards.append(seconds)

    def play(self, sounds: Sequence[str], keys: str = "") -> str:
        self.heard += sounds
        return self._press() if keys and self._during_prompt else ""

    def wait_key(self, seconds: float) -> str:
        return self._press()

    def _press(self) -> str:
        self.asked += 1
        key = self._keys.pop(0) if self._keys else ""
        if key is None:
            raise CallerGone("hung up")
        return key

    def steps(self) -> list[tuple[str, str, str]]:
        return [(v["menu"], v["key"], v["target"]) for event, v in self.events if event is UserEvent.MENU]


class Prompts:
    def name(self, prompt_id: str, line: str) -> str:
        return f"hotline/{prompt_id}"

    def seconds(self, name: str) -> float:
        return 10.0


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return _settings(tmp_path_factory.mktemp("home"))


def _settings(folder: Path) -> Settings:
    (folder / "hotline.toml").write_text(SITE, "utf-8")
    return load_settings(Home(folder), {})


def open_line(arrival: Arrival) -> Route:
    """A line in working time, as hotline.domain.line.routing decides it."""
    if arrival.choice is None:
        return Route(RouteKind.MENU, Reason.WORKING_TIME, menu="main", duty=DUTY, no_operator="duty")
    if arrival.choice == VOICEMAIL:
        return Route(RouteKind.VOICEMAIL, Reason.CALLER_CHOICE, duty=DUTY)
    return Route(
        RouteKind.QUEUE, Reason.WORKING_TIME, queue=arrival.choice, preferred="1001", duty=DUTY, no_operator="duty"
    )


def call(
    settings: Settings,
    keys: Sequence[str | None] = (),
    decide: Callable[[Arrival], Route] = open_line,
    during_prompt: bool = False,
    asks: Mapping[str, Asks] = NO_QUESTIONS,
) -> Caller:
    caller = Caller(keys, during_prompt)
    Flow(settings, Prompts(), decide, caller, ARRIVAL, "node1-1.1", asks).run()
    return caller


def test_the_greeting_comes_before_the_menu_and_a_key_leads_to_its_queue(settings: Settings) -> None:
    """G1: the greeting holds the notice that the call is recorded."""
    caller = call(settings, ["1"])
    assert caller.heard == ["hotline/greeting", "hotline/menu-main"]
    assert caller.variables == {
        Variable.QUEUE: "service",
        Variable.PREFERRED: "1001",
        Variable.DUTY: "13800000001-13800000002",
        Variable.NO_OPERATOR: "duty",
        Variable.SUBJECT: "产品咨询",
        Variable.ROUTE: "queue",
    }
    assert caller.events == [
        (UserEvent.MENU, {"menu": "main", "key": "1", "target": "queue:service", "subject": "产品咨询"}),
        (UserEvent.ROUTE, {"kind": "queue", "target": "service", "reason": "working_time"}),
    ]


def test_the_route_is_set_last(settings: Settings) -> None:
    assert call(settings, ["1"]).set_order[-1] is Variable.ROUTE


def test_a_key_in_the_greeting_counts(settings: Settings) -> None:
    caller = call(settings, ["1"], during_prompt=True)
    assert caller.variables[Variable.QUEUE] == "service"
    assert caller.asked == 1


@pytest.mark.parametrize(("keys", "said"), [(["", "", ""], "key-missing"), (["7", "#", "3"], "key-invalid")])
def test_wrong_or_missing_keys_get_two_more_tries_then_an_operator(
    settings: Settings, keys: list[str], said: str
) -> None:
    caller = call(settings, keys)
    assert caller.heard == [
        "hotline/greeting",
        "hotline/menu-main",
        f"hotline/{said}",
        "hotline/menu-main",
        f"hotline/{said}",
        "hotline/menu-main",
        "hotline/to-operator",
    ]
    assert caller.variables[Variable.ROUTE] == "queue"
    assert caller.variables[Variable.QUEUE] == "service"
    assert [target for _, _, target in caller.steps()] == ["", "", "operator"]
    assert [key for _, key, _ in caller.steps()] == keys


def test_a_submenu_has_its_own_keys_tries_and_operators(settings: Settings) -> None:
    caller = call(settings, ["", "4", "", "1"])
    assert caller.variables[Variable.QUEUE] == "sales"
    assert caller.steps() == [("main", "", ""), ("main", "4", "menu:sub"), ("sub", "", ""), ("sub", "1", "operator")]


def test_repeat_says_the_menu_again_without_the_greeting(settings: Settings) -> None:
    assert call(settings, ["9", "0"]).heard == ["hotline/greeting", "hotline/menu-main", "hotline/menu-main"]


def test_after_an_announcement_the_menu_is_offered_again(settings: Settings) -> None:
    caller = call(settings, ["5", "1"])
    assert caller.heard == ["hotline/greeting", "hotline/menu-main", "hotline/address", "hotline/menu-main"]
    assert caller.variables[Variable.ROUTE] == "queue"


def test_a_caller_who_is_content_with_the_announcement_is_bid_goodbye(settings: Settings) -> None:
    caller = call(settings, ["5", ""])
    assert caller.variables == {Variable.ROUTE: "goodbye"}
    assert caller.events[-1][1]["kind"] == "goodbye"


def test_after_an_answered_question_the_menu_is_offered_again(settings: Settings) -> None:
    """With the menu's own patience, and the call's id."""
    asked: list[Question] = []

    def ask(question: Question) -> bool:
        asked.append(question)
        question.talk.play(["told"])
        return True

    caller = call(settings, ["6", "1"], asks={"case": ask})
    assert caller.heard == ["hotline/greeting", "hotline/menu-main", "hotline/told", "hotline/menu-main"]
    assert caller.steps()[0] == ("main", "6", "case")
    assert [(each.tries, each.key_seconds, each.uniqueid, each.arrival) for each in asked] == [
        (3, 5, "node1-1.1", ARRIVAL)
    ]
    assert call(settings, ["6", ""], asks={"case": ask}).variables == {Variable.ROUTE: "goodbye"}


def test_a_question_without_an_answer_leads_to_an_operator_with_its_subject(settings: Settings) -> None:
    caller = call(settings, ["6"], asks={"case": lambda _: False})
    assert caller.heard[-1] == "hotline/to-operator"
    assert (caller.variables[Variable.QUEUE], caller.variables[Variable.SUBJECT]) == ("service", "工单进度")
    assert call(settings, ["6"]).variables[Variable.QUEUE] == "service"  # nobody asks it


def test_voicemail_may_be_chosen(settings: Settings) -> None:
    caller = call(settings, ["8"])
    assert caller.variables[Variable.ROUTE] == "voicemail"
    assert caller.events[-1] == (UserEvent.ROUTE, {"kind": "voicemail", "target": "", "reason": "caller_choice"})


def test_out_of_hours_the_caller_is_told_and_the_duty_mobiles_are_set(settings: Settings) -> None:
    """A1."""
    caller = call(settings, decide=lambda _: Route(RouteKind.DUTY, Reason.BREAK, duty=DUTY))
    assert caller.heard == ["hotline/greeting-closed"]
    assert caller.variables[Variable.ROUTE] == "duty"
    assert caller.variables[Variable.DUTY] == "13800000001-13800000002"
    assert caller.events == [
        (UserEvent.ROUTE, {"kind": "duty", "target": "13800000001-13800000002", "reason": "break"})
    ]


def test_nobody_on_duty_leads_to_voicemail_with_the_recording_notice(settings: Settings) -> None:
    """A1, G1."""
    caller = call(settings, decide=lambda _: Route(RouteKind.VOICEMAIL, Reason.NOBODY_ON_DUTY))
    assert caller.heard == ["hotline/greeting-closed-message"]
    assert caller.variables[Variable.ROUTE] == "voicemail"


def test_a_blocked_caller_hears_no_greeting_and_no_menu(settings: Settings) -> None:
    """A15: the dialplan says the sentence and hangs up."""
    caller = call(settings, ["1"], lambda _: Route(RouteKind.BLOCKED, Reason.BLOCKED))
    assert caller.heard == []
    assert caller.variables[Variable.ROUTE] == "blocked"


def test_a_line_without_a_menu_greets_and_queues(settings: Settings) -> None:
    caller = call(settings, decide=lambda _: Route(RouteKind.QUEUE, Reason.WORKING_TIME, queue="service"))
    assert caller.heard == ["hotline/greeting"]
    assert caller.variables[Variable.QUEUE] == "service"


def test_a_line_that_closes_while_the_menu_is_heard_goes_to_the_duty_mobile(settings: Settings) -> None:
    """A1: the choice is decided on anew."""
    decisions = [open_line(ARRIVAL), Route(RouteKind.DUTY, Reason.BREAK, duty=DUTY)]
    caller = call(settings, ["1"], lambda _: decisions.pop(0))
    assert caller.heard[-1] == "hotline/duty-wait"
    assert caller.variables[Variable.ROUTE] == "duty"


def test_the_choice_is_what_is_decided_on(settings: Settings) -> None:
    asked: list[Arrival] = []

    def decide(arrival: Arrival) -> Route:
        asked.append(arrival)
        return open_line(arrival)

    call(settings, ["4", "2"], decide)
    assert [arrival.choice for arrival in asked] == [None, "sales"]
    assert {arrival.caller_number for arrival in asked} == {"+8613800138000"}


def test_with_the_database_away_nothing_is_set_and_the_dialplan_goes_its_safe_way(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    def decide(_: Arrival) -> Route:
        raise StorageError("the database is locked")

    caller = call(settings, ["1"], decide)
    assert caller.heard == []
    assert caller.variables == {}
    assert "no decision" in caplog.text


def test_with_the_database_gone_after_the_menu_the_choice_is_kept(settings: Settings) -> None:
    def decide(arrival: Arrival) -> Route:
        if arrival.choice:
            raise StorageError("the database is locked")
        return open_line(arrival)

    caller = call(settings, ["1"], decide)
    assert caller.variables[Variable.ROUTE] == "queue"
    assert caller.variables[Variable.QUEUE] == "service"
    assert caller.variables[Variable.DUTY] == "13800000001-13800000002"
    assert call(settings, ["8"], decide).variables[Variable.ROUTE] == "voicemail"


def test_a_caller_who_hangs_up_ends_the_flow_with_no_route(settings: Settings) -> None:
    caller = Caller([None])
    with pytest.raises(CallerGone):
        Flow(settings, Prompts(), open_line, caller, ARRIVAL, "x").run()
    assert Variable.ROUTE not in caller.variables


def test_each_step_is_guarded_by_what_it_takes(settings: Settings) -> None:
    """Two prompts of 10 s, then 5 s for a key; each and 5 s."""
    caller = call(settings, ["1"])
    assert caller.guards == [8.0, 25.0, 10.0, 8.0, 8.0]


@given(st.lists(st.sampled_from(["", *ALL_KEYS])), st.booleans())
def test_whatever_is_pressed_the_call_gets_a_route_in_bounded_time(keys: list[str], during_prompt: bool) -> None:
    """Every call that stays on the line ends with a route; every menu heard is an event."""
    caller = call(_HYPOTHESIS_SETTINGS, keys, during_prompt=during_prompt)
    assert caller.set_order.count(Variable.ROUTE) == 1
    assert caller.variables[Variable.ROUTE] in ("queue", "voicemail", "goodbye")
    assert 1 <= len(caller.steps()) <= MAX_STEPS
    assert sum(event is UserEvent.ROUTE for event, _ in caller.events) == 1


def test_keys_pressed_for_ever_lead_to_an_operator(settings: Settings) -> None:
    caller = call(settings, ["9"] * 1000)
    assert caller.variables[Variable.ROUTE] == "queue"
    assert caller.asked == MAX_STEPS


@pytest.fixture(scope="module", autouse=True)
def _hypothesis_settings(settings: Settings) -> None:
    global _HYPOTHESIS_SETTINGS  # noqa: PLW0603 - hypothesis takes no fixtures
    _HYPOTHESIS_SETTINGS = settings


_HYPOTHESIS_SETTINGS: Settings


class Announcements:
    """What stands, at each time it is asked: the list's next, then its last."""

    def __init__(self, *standing: Sequence[str]) -> None:
        self._standing = list(standing)

    def __call__(self, line: str) -> Sequence[str]:
        assert line == "main"
        return self._standing.pop(0) if len(self._standing) > 1 else self._standing[0]


EMERGENCY = "hotline/emergency-7"


def announced(
    settings: Settings, keys: Sequence[str], decide: Callable[[Arrival], Route], *standing: Sequence[str]
) -> Caller:
    caller = Caller(keys)
    Flow(settings, Prompts(), decide, caller, ARRIVAL, "node1-1.1", announced=Announcements(*standing)).run()
    return caller


def test_an_emergency_is_heard_before_all_else_and_once(settings: Settings) -> None:
    caller = announced(settings, ["9", "1"], open_line, [EMERGENCY])
    assert caller.heard == [EMERGENCY, "hotline/greeting", "hotline/menu-main", "hotline/menu-main"]


def test_one_that_begins_while_the_menu_is_heard_comes_with_the_next_step(settings: Settings) -> None:
    caller = announced(settings, ["9", "1"], open_line, [], [], [EMERGENCY])
    assert caller.heard == ["hotline/greeting", "hotline/menu-main", EMERGENCY, "hotline/menu-main"]
    last = announced(settings, ["1"], open_line, [], [], [EMERGENCY])
    assert last.heard == ["hotline/greeting", "hotline/menu-main", EMERGENCY]
    assert last.variables[Variable.ROUTE] == "queue"


@pytest.mark.parametrize("kind", [RouteKind.DUTY, RouteKind.VOICEMAIL, RouteKind.QUEUE])
def test_an_emergency_is_heard_outside_working_hours_too(settings: Settings, kind: RouteKind) -> None:
    caller = announced(settings, [], lambda _: Route(kind, Reason.AFTER_HOURS, queue="service", duty=DUTY), [EMERGENCY])
    assert caller.heard[0] == EMERGENCY and len(caller.heard) == 2


def test_a_blocked_caller_hears_none(settings: Settings) -> None:
    assert announced(settings, [], lambda _: Route(RouteKind.BLOCKED, Reason.BLOCKED), [EMERGENCY]).heard == []
