"""F5, F7: how far rules are kept in a period, and whose verdicts somebody sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.compliance.counts import Count
from hotline.domain.errors import Forbidden, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.rules.limits import Mark
from hotline.domain.rules.registry import RULES
from hotline.services.compliance.detail import RuleDetail, rule_detail
from hotline.services.compliance.overview import AskedRules, RuleKept, RulesKept, rules_kept
from hotline.services.led import led_by
from hotline.services.settings.settings import change_settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.kept_rules import judge
from tests.support.leaders import person_of, team
from tests.support.our_people import somebody

NOW = at("2026-11-30 10:00")
BOSS = Actor("boss", (Role.SUPERVISOR,), "主管")
ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
NOVEMBER = AskedRules(date(2026, 11, 1), date(2026, 11, 30), date(2026, 10, 1), date(2026, 10, 31))
MONDAY = date(2026, 11, 16)


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, NOW, "", storage)


def kept(hotline: Hotline, rule: str, asked: AskedRules = NOVEMBER, actor: Actor = BOSS) -> RuleKept:
    return next(each for each in found(hotline, asked, actor).rules if each.rule.id == rule)


def found(hotline: Hotline, asked: AskedRules = NOVEMBER, actor: Actor = BOSS) -> RulesKept:
    return rules_kept(hotline.in_force, asked, actor, NOW)


def detail(hotline: Hotline, rule: str, asked: AskedRules = NOVEMBER, actor: Actor = BOSS, **more: int) -> RuleDetail:
    return rule_detail(hotline.in_force, rule, asked, actor, NOW, **{"limit": 50, **more})


def test_every_rule_is_there_with_or_without_verdicts(hotline: Hotline) -> None:
    assert [each.rule.id for each in found(hotline).rules] == list(RULES)
    assert {each.mark for each in found(hotline).rules} == {Mark.NONE}


def test_a_rule_has_its_rate_its_trend_and_its_weeks(hotline: Hotline) -> None:
    judge(hotline.storage, "A8", date(2026, 10, 31), kept=10)
    judge(hotline.storage, "A8", MONDAY, kept=9, broken=1, not_applicable=2)
    judge(hotline.storage, "A8", MONDAY + timedelta(days=7), kept=8, broken=2, not_judged=3, why="not_measured")
    one = kept(hotline, "A8")
    assert (one.count, one.before, one.change) == (Count(17, 3, 2, 3), Count(10), -15)
    assert one.mark is Mark.RED
    assert one.not_judged == {"not_measured": 3}
    assert one.worse_since == MONDAY
    assert len(one.weeks) == 12 and one.weeks[-1].monday == date(2026, 11, 30)


def test_what_lies_outside_of_the_period_is_not_in_it(hotline: Hotline) -> None:
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)):
        judge(hotline.storage, "A8", day, kept=1)
    assert kept(hotline, "A8").count == Count(2)


def test_a_rule_that_is_switched_off_counts_from_its_day_on_neither_as_kept_nor_as_broken(hotline: Hotline) -> None:
    judge(hotline.storage, "A8", date(2026, 11, 10), kept=4)
    judge(hotline.storage, "A8", date(2026, 11, 20), kept=7, broken=7)
    off = {"rule_limits.A8.off": "试点", "rule_limits.A8.off_since": "2026-11-20"}
    change_settings(hotline.in_force, ADMIN, off, NOW, reason="试点")
    assert (kept(hotline, "A8").count, kept(hotline, "A8").mark) == (Count(4), Mark.GREEN)
    later = AskedRules(date(2026, 11, 20), date(2026, 11, 30), date(2026, 11, 9), date(2026, 11, 19))
    assert (kept(hotline, "A8", later).count, kept(hotline, "A8", later).mark) == (Count(), Mark.OFF)
    assert detail(hotline, "A8", later).all_breaches == 0
    assert detail(hotline, "A8", later).by_line == {}


def test_limits_of_its_own_make_another_mark(hotline: Hotline) -> None:
    judge(hotline.storage, "A8", MONDAY, kept=9, broken=1)
    assert kept(hotline, "A8").mark is Mark.YELLOW
    change_settings(hotline.in_force, ADMIN, {"rule_limits.A8.red": 92}, NOW)
    assert kept(hotline, "A8").mark is Mark.RED


def test_of_one_line_or_person(hotline: Hotline) -> None:
    judge(hotline.storage, "A8", MONDAY, kept=3, line="main", person_id=1)
    judge(hotline.storage, "A8", MONDAY, broken=2, line="spare", person_id=2)
    assert kept(hotline, "A8", replace(NOVEMBER, line="main")).count == Count(3)
    assert kept(hotline, "A8", replace(NOVEMBER, person_id=2)).count == Count(0, 2)
    assert detail(hotline, "A8").by_line == {"spare": Count(0, 2), "main": Count(3)}
    assert list(detail(hotline, "A8").by_person) == ["2", "1"]


def test_operators_see_their_own_verdicts_alone(hotline: Hotline) -> None:
    zhao, own = somebody(hotline.storage, "zhao", "赵敏", NOW, extension="1001")
    _other, theirs = somebody(hotline.storage, "qian", "钱伟", NOW, extension="1002")
    judge(hotline.storage, "C1", MONDAY, kept=3, broken=1, person_id=own)
    judge(hotline.storage, "C1", MONDAY, broken=5, person_id=theirs)
    judge(hotline.storage, "C1", MONDAY, broken=7)
    assert kept(hotline, "C1", actor=zhao).count == Count(3, 1)
    seen = detail(hotline, "C1", actor=zhao)
    assert [each.verdict.person_id for each in seen.breaches] == [own]
    assert (seen.all_breaches, list(seen.by_person), seen.people, seen.own) == (1, [str(own)], {own: "赵敏"}, own)
    asked = replace(NOVEMBER, person_id=theirs)
    assert kept(hotline, "C1", asked, zhao).count == Count()
    assert detail(hotline, "C1", asked, zhao).breaches == []


def test_leaders_see_their_people_for_as_long_as_they_led_them(hotline: Hotline) -> None:
    somebody(hotline.storage, "lead", "组长", NOW, Role.LEADER)
    somebody(hotline.storage, "zhao", "赵敏", NOW, extension="1001")
    since = at("2026-11-10 00:00")
    team(hotline.storage, "甲组", "lead", "zhao", since=since)
    person = person_of(hotline.storage, "zhao")
    judge(hotline.storage, "C1", date(2026, 11, 9), broken=4, person_id=person)
    judge(hotline.storage, "C1", date(2026, 11, 10), broken=2, kept=1, person_id=person)
    judge(hotline.storage, "C1", date(2026, 11, 10), broken=9)
    with hotline.storage.reading() as tx:
        user = UserStore(tx).by_username("lead")
    assert user is not None and user.id is not None
    lead = Actor("lead", user.roles, "组长", user.id, led=led_by(hotline.storage, user.id, NOW))
    assert kept(hotline, "C1", actor=lead).count == Count(1, 2)
    assert set(found(hotline, actor=lead).people.values()) == {"组长", "赵敏"}


def test_departments_may_not_and_auditors_may(hotline: Hotline) -> None:
    with pytest.raises(Forbidden):
        found(hotline, actor=Actor("dep", (Role.DEPARTMENT,), "部门"))
    assert found(hotline, actor=Actor("audit", (Role.AUDITOR,), "审计")).everybody


@pytest.mark.parametrize("days", [-1, 367, 3653])
def test_a_period_of_no_days_or_of_ten_years_is_refused(hotline: Hotline, days: int) -> None:
    asked = AskedRules(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=days), date(2025, 1, 1), date(2025, 12, 31))
    with pytest.raises(Refused) as refused:
        found(hotline, asked)
    assert refused.value.code == "compliance.period"


def test_the_29th_of_february_and_the_years_edge_are_counted(hotline: Hotline) -> None:
    for day in (date(2027, 12, 31), date(2028, 1, 1), date(2028, 2, 29)):
        judge(hotline.storage, "A8", day, kept=1)
    leap = AskedRules(date(2028, 2, 1), date(2028, 2, 29), date(2028, 1, 1), date(2028, 1, 31))
    assert (kept(hotline, "A8", leap).count, kept(hotline, "A8", leap).before) == (Count(1), Count(1))
    year = AskedRules(date(2027, 12, 31), date(2028, 2, 29), date(2027, 11, 1), date(2027, 12, 30))
    assert sum(week.count.kept for week in kept(hotline, "A8", year).weeks) == 3


def test_breaches_come_in_pages_newest_first(hotline: Hotline) -> None:
    judge(hotline.storage, "A8", MONDAY, broken=3)
    judge(hotline.storage, "A8", MONDAY + timedelta(days=1), broken=2)
    first, second = detail(hotline, "A8", limit=3), detail(hotline, "A8", limit=3, offset=3)
    moments = [each.verdict.at for each in (*first.breaches, *second.breaches)]
    assert (first.all_breaches, len(moments)) == (5, 5)
    assert moments == sorted(moments, reverse=True)


def test_who_looked_stands_in_the_audit_log(hotline: Hotline) -> None:
    found(hotline)
    detail(hotline, "A8")
    with hotline.storage.reading() as tx:
        entries = list(AuditLog(tx).chain())
    assert [(each.action, each.object) for each in entries] == [("rules.look", "rules"), ("rules.look", "rule:A8")]
