"""A draft is tried by calls (A1): a few at once, each known by a token that is good once, late ones told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap.web import make_walker
from hotline.domain.errors import Conflict, Forbidden
from hotline.domain.menus.trial import Step, TrialState, Walked
from hotline.domain.people import Actor, Role
from hotline.services.menus.drafts import begin_draft
from hotline.services.menus.trials import AT_ONCE, ask_for_calls, begin_call, calls_of, make_calls, note_call
from hotline.storage.menus.store import MenuTrialStore
from tests.support.web import NOW, Web, a_web

CHEF = Actor("chef", (Role.ADMINISTRATOR,), "管理员")


@pytest.fixture
def web(tmp_path: Path) -> Web:
    made = a_web(tmp_path)
    begin_draft(made.hotline.in_force, CHEF, "试", NOW)
    return made


def ask(web: Web, actor: Actor = CHEF) -> int:
    return ask_for_calls(web.hotline.in_force, make_walker(web.hotline), actor, 1, "", NOW, NOW)


def test_so_many_are_made_at_once_and_each_is_noted(web: Web) -> None:
    storage = web.hotline.storage
    asked = ask(web)
    assert make_calls(storage, web.pbx, NOW) == AT_ONCE
    assert make_calls(storage, web.pbx, NOW) == 0
    channel, context, _exten, _caller, variables, _seconds = web.pbx.dialled[0]
    assert (channel, context) == ("Local/s@hl-menu-trial/n", "hl-menu-caller")
    first = calls_of(storage, CHEF, 1)[0]
    assert variables["HL_TRIAL"] == first.token and variables["HL_TRIAL_KEYS"].strip("w") == first.way.keys[-1]
    found = begin_call(web.hotline.in_force, first.token)
    assert found is not None and found[1].menus == web.hotline.settings.menus
    note_call(storage, first, Walked(first.way, (Step(("greeting",)),), "queue", "service", "", 3.0), NOW)
    # Its token is not good again, nor is one that nobody drew.
    assert begin_call(web.hotline.in_force, first.token) is None
    assert begin_call(web.hotline.in_force, "") is None and begin_call(web.hotline.in_force, "0" * 32) is None
    assert make_calls(storage, web.pbx, NOW) == 1
    with pytest.raises(Conflict):
        ask(web)
    assert asked == len(calls_of(storage, CHEF, 1))


def test_a_call_that_comes_to_no_end_has_failed(web: Web) -> None:
    ask(web)
    make_calls(web.hotline.storage, web.pbx, NOW)
    make_calls(web.hotline.storage, web.pbx, NOW + timedelta(minutes=11))
    calls = calls_of(web.hotline.storage, CHEF, 1)
    assert {each.state for each in calls} == {TrialState.FAILED}
    assert {each.fault.code for each in calls if each.fault} == {"menus.trial_late"}
    assert ask(web) == len(calls)


def test_a_call_that_is_broken_off_has_failed_too(web: Web) -> None:
    ask(web)
    make_calls(web.hotline.storage, web.pbx, NOW)
    first = calls_of(web.hotline.storage, CHEF, 1)[0]
    note_call(web.hotline.storage, first, Walked(first.way, (), ""), NOW)
    assert calls_of(web.hotline.storage, CHEF, 1)[0].state is TrialState.FAILED


def test_a_call_that_waits_is_let_in_by_nobody(web: Web) -> None:
    ask(web)
    with web.hotline.storage.reading() as tx:
        waiting = MenuTrialStore(tx).of_draft(1)[0]
    assert replace(waiting, id=None).state is TrialState.WAITS
    assert begin_call(web.hotline.in_force, waiting.token) is None


def test_a_supervisor_asks_for_none(web: Web) -> None:
    with pytest.raises(Forbidden):
        ask(web, Actor("wang", (Role.SUPERVISOR,), "王"))
