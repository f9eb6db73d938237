"""Alerts are told to whom they concern, once, and so is that they are over."""

from __future__ import annotations

from datetime import timedelta

from hotline.domain.accounts.user import User
from hotline.domain.line.roster import Shift
from hotline.domain.notifications.notification import TAKEN
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.people import Role
from hotline.domain.reasons import because
from hotline.services.alerts import AlertKind, set_alert
from hotline.services.notifications.alerts_told import tell_alerts
from hotline.settings.notifications import AddressGroup
from hotline.storage.accounts.users import UserStore
from hotline.storage.line.roster import RosterStore
from tests.support.notified import Scripted, Told

FAULT, PBX = AlertKind("line_fault"), AlertKind("pbx")


def _person(told: Told, name: str, *roles: Role, mobile: Number = NO_NUMBER) -> int:
    with told.storage.writing() as tx:
        user = UserStore(tx).add(User(name, name, "x", roles, False, True, told.now))
    return told.person(name, user_id=user.id, mobile=mobile)


def _set(told: Told, kind: AlertKind, object: str, so: bool) -> None:
    with told.storage.writing() as tx:
        set_alert(tx, kind, object, because("machine.job_fails", why="13800138000") if so else None, told.now)


def _page(told: Told, person_id: int) -> list[tuple[str, object, object]]:
    return [(each.kind, each.values["alert"], each.values["about"]) for each in told.page_of(person_id)]


def test_managers_are_told_once_that_it_began_and_once_that_it_is_over(told: Told) -> None:
    boss, operator = _person(told, "boss", Role.SUPERVISOR), _person(told, "op", Role.OPERATOR)
    admin = _person(told, "admin", Role.ADMINISTRATOR)
    _set(told, FAULT, "main", so=True)
    assert tell_alerts(told.storage, told.settings, told.now) == 1
    _set(told, FAULT, "main", so=True)
    assert tell_alerts(told.storage, told.settings, told.now) == 0
    _set(told, FAULT, "main", so=False)
    assert tell_alerts(told.storage, told.settings, told.now) == 1
    assert tell_alerts(told.storage, told.settings, told.now) == 0
    for each in (boss, admin):
        assert _page(told, each) == [("alert", "line_fault", "main"), ("alert_over", "line_fault", "main")]
    assert _page(told, operator) == []


def test_one_that_was_over_before_anybody_was_told_is_left_to_the_log(told: Told) -> None:
    boss = _person(told, "boss", Role.SUPERVISOR)
    _set(told, FAULT, "main", so=True)
    _set(told, FAULT, "main", so=False)
    assert tell_alerts(told.storage, told.settings, told.now) == 0
    assert _page(told, boss) == []


def test_each_kind_goes_to_whom_the_settings_name(told: Told) -> None:
    boss, operator = _person(told, "boss", Role.SUPERVISOR), _person(told, "op", Role.OPERATOR)
    duty = told.person("duty", mobile=Number("+8613900139000"))
    told.person("other", mobile=Number("+8613900139001"))
    day = timedelta(days=1)
    with told.storage.writing() as tx:
        RosterStore(tx).add(Shift("duty", ("13900139000",), (), told.now - day, told.now + day))
    told.change(alerts={"line_fault": ("operator", "duty")})
    _set(told, FAULT, "main", so=True)
    _set(told, PBX, "node1", so=True)
    tell_alerts(told.storage, told.settings, told.now)
    assert _page(told, boss) == [("alert", "pbx", "node1")]
    assert _page(told, operator) == _page(told, duty) == [("alert", "line_fault", "main")]


def test_the_old_urls_are_a_group_that_is_told_of_all_and_others_of_theirs(told: Told) -> None:
    told.change(
        urls=("wecombot://ALL",), groups={"technicians": AddressGroup(urls=("feishu://TECH",), alerts=("pbx",))}
    )
    gateway = Scripted(lambda: TAKEN)
    _set(told, FAULT, "4001234567", so=True)
    _set(told, PBX, "node1", so=True)
    told.send(gateway)
    _set(told, FAULT, "4001234567", so=False)
    told.send(gateway)
    everybody = [text for address, text in gateway.sent if address == "wecombot://ALL"]
    technicians = [text.title for address, text in gateway.sent if address == "feishu://TECH"]
    assert len(everybody) == 2 and len(technicians) == 1 and "Asterisk" in technicians[0]
    assert everybody[1].title.startswith("已解除")
    assert all("4001234567" not in text.title + text.body for _address, text in gateway.sent)
