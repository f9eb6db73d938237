"""Other systems are told of cases: opened, and each thing that was done to one, once; numbers as they are trusted."""

from __future__ import annotations

from datetime import timedelta

from hotline.domain.cases.case import ServiceCase
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.services.cases.acting import do_act
from hotline.services.cases.opening import NewCase, open_case
from tests.unit.services.webhooks.conftest import Hooks

LI = Actor("li", (Role.OPERATOR,), "李", 1, "1001")


def opened(hooks: Hooks) -> ServiceCase:
    new = NewCase("complaint", "漏水", "用了两次就漏", number=Number("+8613800138000"))
    return open_case(hooks.storage, hooks.hotline.settings, new, LI, hooks.now + timedelta(seconds=1))


def done(hooks: Hooks, case: ServiceCase, act: str, **given: str) -> ServiceCase:
    return do_act(hooks.storage, hooks.hotline.settings, case.id or 0, act, given, LI, hooks.now)


def test_a_case_is_told_opened_and_changed_each_once(hooks: Hooks) -> None:
    hook = hooks.add("case.opened", "case.changed")
    case = opened(hooks)
    hooks.advance(minutes=1)
    done(hooks, case, "judge", demand="1", loss="1", spread="1")
    assert hooks.run() == 2 and hooks.run() == 0
    assert [each.said["type"] for each in hooks.got] == ["case.opened", "case.changed"]
    assert all(each.is_signed_with(hooks.secrets[hook.id]) for each in hooks.got)
    told = hooks.got[-1].said["data"]["case"]
    assert (told["id"], told["number"], told["kind"], told["stage"]) == (case.id, case.number, "complaint", "judged")
    assert (told["owner"], told["severity"], told["state"], told["closed_at"]) == ("li", "light", "open", None)
    assert told["due_at"].endswith("Z") and told["caller"].endswith("8000")
    for body in (each.body.decode() for each in hooks.got):
        assert "13800138000" not in body and "漏水" not in body and "用了两次" not in body


def test_only_who_is_trusted_is_told_the_callers_number_whole(hooks: Hooks) -> None:
    hooks.add("case.opened", whole_numbers=True)
    opened(hooks)
    hooks.run()
    assert [each.said["data"]["case"]["caller"] for each in hooks.got] == ["+8613800138000"]


def test_a_hook_for_cases_that_are_opened_hears_of_nothing_else(hooks: Hooks) -> None:
    hooks.add("case.opened")
    case = opened(hooks)
    hooks.advance(minutes=1)
    done(hooks, case, "remark", note="x")
    assert hooks.run() == 1
