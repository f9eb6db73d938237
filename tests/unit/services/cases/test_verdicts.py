"""What is judged of cases, and by whose rule: that of the kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.cases.case import CaseState, Channel, Complexity, ServiceCase
from hotline.domain.verdicts.verdict import Judgement, WhyJudged
from hotline.domain.workflow import Step
from hotline.services.cases.facts import CASE
from hotline.services.deadlines.sweep import sweep
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage
from hotline.storage.workflow import StepStore
from tests.support.cases import Desk, a_desk, shanghai
from tests.support.instance import an_instance, clock_of
from tests.support.judged import judged, judgements, verdicts

NOW = shanghai(2026, 11, 16, 10)
HOUR = timedelta(hours=1)


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, NOW, "", storage)


@pytest.fixture
def desk(hotline: Hotline) -> Desk:
    return a_desk(hotline.storage, hotline.settings, NOW)


def judge(hotline: Hotline, at: datetime) -> None:
    clock_of(hotline).now = at
    sweep(hotline.storage, hotline.settings, at)
    judged(hotline)


def of_clocks(hotline: Hotline, *rules: str) -> dict[str, dict[str, Judgement]]:
    return {rule: {each.part: each.judgement for each in verdicts(hotline.storage, rule)} for rule in rules}


def test_d5_who_asks_online_is_answered_in_30_minutes_and_by_mail_in_24_hours(hotline: Hotline, desk: Desk) -> None:
    online, late, mail = (desk.open(NOW, "enquiry", channel=way) for way in (Channel.WEB, Channel.CHAT, Channel.MAIL))
    desk.act(online, "contact", NOW + HOUR / 2 - timedelta(seconds=1))
    desk.act(late, "contact", NOW + HOUR / 2)
    desk.act(mail, "contact", NOW + 23 * HOUR)
    judge(hotline, NOW + 25 * HOUR)
    found = {each.subject_id: each.judgement for each in verdicts(hotline.storage, "D5")}
    assert found == {
        str(online.id): Judgement.KEPT,
        str(late.id): Judgement.BROKEN,  # due at 10:30 is over at 10:30
        str(mail.id): Judgement.KEPT,
    }
    assert verdicts(hotline.storage, "D2") == verdicts(hotline.storage, "D4") == [], "each is judged by one rule alone"


def test_d2_d3_a_solution_is_judged_by_the_rule_of_its_kind(hotline: Hotline, desk: Desk) -> None:
    enquiry = desk.open(NOW, "enquiry", complexity=Complexity.COMPLEX)
    desk.act(desk.act(enquiry, "contact", NOW + HOUR), "answer", NOW + 2 * HOUR, answer_text="可以")
    desk.acts(desk.open(NOW), NOW + HOUR, "contact", "judge", "assign", "check", "propose")
    judge(hotline, NOW + 3 * HOUR)
    assert of_clocks(hotline, "D2", "D3") == {
        "D2": {"case_first_answer": Judgement.KEPT, "case_solution": Judgement.KEPT},
        "D3": {"case_reply": Judgement.KEPT, "case_solution": Judgement.KEPT},
    }


def test_what_was_judged_by_another_rule_is_taken_back_when_it_is_judged_again(hotline: Hotline, desk: Desk) -> None:
    """As after an upgrade: nothing counts twice."""
    case = desk.act(desk.open(NOW, "enquiry", channel=Channel.WEB), "contact", NOW + HOUR / 4)
    judge(hotline, NOW + HOUR)
    assert judgements(hotline.storage, "D5") == [Judgement.KEPT]
    desk.act(case, "answer", NOW + 2 * HOUR, answer_text="可以")
    judge(hotline, NOW + 3 * HOUR)
    assert judgements(hotline.storage, "D5") == [Judgement.KEPT]


def archived(desk: Desk, case: ServiceCase) -> ServiceCase:
    return desk.acts(case, NOW, "visit", "sum_up", "archive")


def test_d6_a_complaint_that_was_not_justified_has_no_severity_to_judge(hotline: Hotline, desk: Desk) -> None:
    case = desk.act(desk.open(NOW), "dismiss", NOW, reason="误会", polite_answer="已解释")
    case = archived(desk, desk.act(case, "tell", NOW, call=desk.call))
    assert (case.state, case.severity) == (CaseState.CLOSED, "")
    weighed = desk.acts(desk.open(NOW), NOW, "judge", "assign", "check", "propose", "approve", "accept", "carry_out")
    archived(desk, desk.act(weighed, "tell", NOW, call=desk.call))
    judge(hotline, NOW + HOUR)
    found = {each.subject_id: (each.judgement, each.why) for each in verdicts(hotline.storage, "D6")}
    assert found == {
        str(case.id): (Judgement.NOT_APPLICABLE, WhyJudged.NOTHING_TO_COUNT),
        str(weighed.id): (Judgement.KEPT, ""),
    }


@pytest.mark.parametrize(("kind", "rule"), [("complaint", "D1"), ("repair", "D10")])
def test_d1_d10_a_stage_that_was_skipped_breaks_the_rule(hotline: Hotline, desk: Desk, kind: str, rule: str) -> None:
    """No act skips one; what was written past them would."""
    for skipped in (False, True):
        case = desk.open(NOW, kind, values={"product": "净水器"} if kind == "repair" else {})
        with desk.storage.writing() as tx:
            before = "visited" if skipped else case.stage
            StepStore(tx).add(CASE, case.id or 0, Step("remark", before, case.stage, "li", NOW))
            closed = replace(case, state=CaseState.CLOSED, closed_at=NOW, closed_by="li")
            assert CaseStore(tx).save(closed, case.revision)
    judge(hotline, NOW + HOUR)
    assert sorted(each.judgement for each in verdicts(hotline.storage, rule)) == [Judgement.BROKEN, Judgement.KEPT]
    assert judgements(hotline.storage, "B7") == [Judgement.KEPT] * 2


def test_b7_a_case_that_was_nobodys_breaks_the_rule(hotline: Hotline, desk: Desk) -> None:
    case = desk.open(NOW, "request")
    with desk.storage.writing() as tx:
        closed = replace(case, owner="", state=CaseState.CLOSED, closed_at=NOW, closed_by="li")
        assert CaseStore(tx).save(closed, case.revision)
    judge(hotline, NOW + HOUR)
    assert judgements(hotline.storage, "B7") == [Judgement.BROKEN]
