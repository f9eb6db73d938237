"""F5: the report on service and supervision, and who signs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.compliance.counts import Count
from hotline.domain.compliance.signature import Difference
from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.people import Actor, Role
from hotline.services.compliance.overview import AskedRules
from hotline.services.compliance.supervision import BREACHES, WORST, SupervisionReport, sign, supervision_report
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.kept_rules import judge
from tests.support.our_people import somebody

NOW = at("2026-12-01 10:00")
NOVEMBER = AskedRules(date(2026, 11, 1), date(2026, 11, 30), date(2026, 10, 1), date(2026, 10, 31))
EXAMINER = Actor("wu", (Role.EXAMINER,), "质检")
BOSS = Actor("boss", (Role.SUPERVISOR, Role.ADMINISTRATOR), "主管")
DAY = date(2026, 11, 16)


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, NOW, "", storage)


def report(hotline: Hotline, actor: Actor = EXAMINER, asked: AskedRules = NOVEMBER) -> SupervisionReport:
    return supervision_report(hotline.in_force, asked, actor, NOW)


def signed_by(hotline: Hotline, actor: Actor = EXAMINER, asked: AskedRules = NOVEMBER) -> None:
    sign(hotline.in_force, asked, report(hotline, actor, asked).digest, actor, NOW)


def test_the_report_has_all_chapters_and_the_worst_rules_with_their_breaches(hotline: Hotline) -> None:
    rules = [f"C{n}" for n in range(1, 13)]
    for place, rule in enumerate(rules):
        judge(hotline.storage, rule, DAY, kept=20 - place, broken=place + 1)
    judge(hotline.storage, "A8", DAY, kept=50)
    found = report(hotline)
    assert list(found.chapters) == list("ABCDEFGQ")
    assert [each.kept.rule.id for each in found.worst] == rules[:1:-1]
    assert len(found.worst) == WORST
    assert [len(each.breaches) for each in found.worst][:3] == [BREACHES] * 3


def test_an_examiner_signs_the_figures_that_they_have_read(hotline: Hotline) -> None:
    judge(hotline.storage, "A8", DAY, kept=9, broken=1)
    assert report(hotline).may_sign and not report(hotline).signed
    signed_by(hotline)
    [signed] = report(hotline).signed
    assert (signed.whole, signed.differences, signed.signature.signed_by) == (True, [], "wu")
    assert signed.signature.digest == report(hotline).digest and len(signed.signature.digest) == 64
    with hotline.storage.reading() as tx:
        [noted] = [each for each in AuditLog(tx).chain() if each.action == "supervision.sign"]
    assert (noted.who, signed.signature.digest in noted.detail) == ("wu", True)


def test_what_changes_after_signing_is_shown_beside_it(hotline: Hotline) -> None:
    judge(hotline.storage, "A8", DAY, kept=9, broken=1)
    signed_by(hotline)
    judge(hotline.storage, "A8", DAY, broken=2)
    judge(hotline.storage, "C1", DAY, kept=1)
    [signed] = report(hotline).signed
    assert signed.whole
    assert signed.differences == [Difference("A8", Count(9, 1), Count(9, 3)), Difference("C1", Count(), Count(1))]
    signed_by(hotline)
    assert [len(each.differences) for each in report(hotline).signed] == [0, 2]


def test_figures_that_changed_while_they_were_read_are_not_signed(hotline: Hotline) -> None:
    read = report(hotline).digest
    judge(hotline.storage, "A8", DAY, kept=1)
    with pytest.raises(Conflict) as refused:
        sign(hotline.in_force, NOVEMBER, read, EXAMINER, NOW)
    assert refused.value.code == "compliance.figures_changed"
    assert not report(hotline).signed


def test_nobody_signs_the_same_twice(hotline: Hotline) -> None:
    signed_by(hotline)
    with pytest.raises(Conflict) as refused:
        signed_by(hotline)
    assert refused.value.code == "compliance.signed_already"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_runs_the_service_reads_it_and_does_not_sign(hotline: Hotline, role: Role) -> None:
    actor = Actor("x", (role,), "x")
    found = report(hotline, actor)
    assert not found.may_sign
    with pytest.raises(Forbidden):
        sign(hotline.in_force, NOVEMBER, found.digest, actor, NOW)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.LEADER, Role.DEPARTMENT])
def test_who_handles_callers_does_not_even_read_it(hotline: Hotline, role: Role) -> None:
    with pytest.raises(Forbidden):
        report(hotline, Actor("x", (role,), "x"))


def test_an_examiner_whose_own_work_is_in_it_does_not_sign(hotline: Hotline) -> None:
    examiner, person = somebody(hotline.storage, "feng", "冯", NOW, Role.EXAMINER)
    assert report(hotline, examiner).may_sign
    judge(hotline.storage, "C1", DAY, kept=1, person_id=person)
    found = report(hotline, examiner)
    assert not found.may_sign
    with pytest.raises(Forbidden) as refused:
        sign(hotline.in_force, NOVEMBER, found.digest, examiner, NOW)
    assert refused.value.code == "compliance.own_calls"
    december = AskedRules(date(2026, 10, 1), date(2026, 10, 31), date(2026, 9, 1), date(2026, 9, 30))
    assert report(hotline, examiner, december).may_sign


def test_a_period_that_is_not_over_is_not_signed(hotline: Hotline) -> None:
    lasting = replace(NOVEMBER, last=date(2026, 12, 1))
    assert not report(hotline, asked=lasting).may_sign
    with pytest.raises(Refused) as refused:
        signed_by(hotline, asked=lasting)
    assert refused.value.code == "compliance.not_over"


def test_it_is_of_everybody_whoever_is_asked_for(hotline: Hotline) -> None:
    judge(hotline.storage, "A8", DAY, kept=3, line="spare", person_id=7)
    assert report(hotline, asked=replace(NOVEMBER, line="main", person_id=1)).digest == report(hotline).digest


def test_a_rule_that_comes_to_nothing_changes_no_digest(hotline: Hotline) -> None:
    """A rule that a later version adds, too: what was signed before stays as it was."""
    before = report(hotline).digest
    judge(hotline.storage, "A8", DAY + timedelta(days=60), kept=1)
    assert report(hotline).digest == before
