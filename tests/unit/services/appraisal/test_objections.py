"""Objections to figures, and data that is declared falsified (F3, F5)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.appraisal.month import TEAM
from hotline.domain.appraisal.objection import Objection, ObjectionDecision
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.people import Actor, Role
from hotline.services.appraisal import falsified
from hotline.services.appraisal.cards import month_cards
from hotline.services.appraisal.falsified import declare_falsified
from hotline.services.appraisal.months import close, sign
from hotline.services.appraisal.objections import decide, object_to
from hotline.services.appraisal.seeing import see_card, see_month, see_sheet
from hotline.services.waiting import waiting_of
from hotline.storage.appraisal.store import AppraisalStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.transaction import Storage
from tests.support.appraised import NOW, OCTOBER, ZHAO_SCORE, Month
from tests.support.instance import at
from tests.support.our_people import somebody

DAY = timedelta(days=1)
GRANTED, REJECTED = ObjectionDecision.GRANTED, ObjectionDecision.REJECTED


@pytest.fixture
def month(storage: Storage, tmp_path: Path) -> Month:
    return Month(storage, tmp_path)


def _object(month: Month, item: str = "complaints", actor: Actor | None = None) -> Objection:
    reason = "客户投诉的是另一位同事"
    return object_to(month.storage, month.settings, OCTOBER, item, reason, actor or month.zhao, NOW)


def _decide(month: Month, objection: Objection, how: ObjectionDecision, actor: Actor | None = None) -> Objection:
    return decide(month.storage, month.settings, objection.id or 0, how, "已听录音", actor or month.wu, NOW)


def _score(month: Month, person_id: int) -> float | None:
    with month.storage.reading() as tx:
        return month_cards(tx, month.settings, OCTOBER, NOW).cards[person_id].score


def _told(month: Month, person_id: int) -> list[str]:
    with month.storage.reading() as tx:
        return [each.kind for each in NotificationStore(tx).of_person(person_id)]


def _declare(month: Month, person_id: int, actor: Actor | None = None, evidence: str = "call:1 record:2") -> int:
    made = declare_falsified(
        month.storage,
        month.settings,
        OCTOBER,
        month.team,
        person_id,
        evidence,
        "补录的记录单与录音不符",
        actor or month.wu,
        NOW,
    )
    return made.id or 0


def test_an_objection_that_is_granted_leaves_the_item_out(month: Month) -> None:
    """F3: without the complaint (5429.15 − 166.65) ÷ 75 = 70.2; the decision stands beside the figure."""
    made = _object(month)
    assert made.due_at == NOW + 5 * DAY and _told(month, month.wu_id) == ["appraisal_objection"]
    assert waiting_of(month.storage, month.wu, ["appraisal"], NOW) == {"appraisal": 1}
    decided = _decide(month, made, GRANTED)
    assert _score(month, month.zhao_id) == 70.2
    seen = see_card(month.storage, month.settings, OCTOBER, month.zhao_id, month.zhao, NOW)
    assert seen.objections == [decided] and decided.note == "已听录音"
    (struck,) = [each for each in seen.card.items if each.struck]
    assert (struck.item.id, struck.value, struck.points) == ("complaints", 2.0, None)
    assert _told(month, month.zhao_id) == ["appraisal_objection_decided"]
    assert waiting_of(month.storage, month.wu, ["appraisal"], NOW) == {}


def test_an_objection_that_is_rejected_changes_nothing(month: Month) -> None:
    """F3."""
    _decide(month, _object(month), REJECTED)
    assert _score(month, month.zhao_id) == ZHAO_SCORE


def test_what_cannot_be_objected_to(month: Month) -> None:
    """F3: others' figures there is no way to name; without words, what was not measured, twice."""
    for item in ("promises", "nothing", "", "falsified"):
        with pytest.raises(Refused):
            _object(month, item)
    for reason in ("", " \n ", "x" * 4001):
        with pytest.raises(Refused):
            object_to(month.storage, month.settings, OCTOBER, "talk", reason, month.zhao, NOW)
    for actor in (month.zhou, month.ma):
        with pytest.raises(Forbidden):
            _object(month, actor=actor)
    with pytest.raises(Forbidden):
        _object(month, actor=month.wu)
    _object(month)
    with pytest.raises(Conflict):
        _object(month)


def test_an_examiner_decides_who_has_nothing_to_do_with_the_month(month: Month) -> None:
    """F5."""
    made = _object(month)
    for actor in (month.zhao, month.sun, month.zhou, month.ma):
        with pytest.raises(Forbidden):
            _decide(month, made, GRANTED, actor)
    served, _id = somebody(month.storage, "feng", "冯质检", at("2026-09-01 09:00:00"), Role.EXAMINER, extension="1009")
    with pytest.raises(Forbidden):
        _decide(month, made, GRANTED, served)
    with pytest.raises(Refused):
        decide(month.storage, month.settings, made.id or 0, GRANTED, " ", month.wu, NOW)
    with pytest.raises(NotFound):
        decide(month.storage, month.settings, 2**31, GRANTED, "为何", month.wu, NOW)
    _decide(month, made, REJECTED)
    with pytest.raises(Conflict):
        _decide(month, made, GRANTED)


def test_a_month_is_not_closed_while_an_objection_waits(month: Month) -> None:
    """F3: and after it was closed there are seven days; what is granted then is a difference."""
    sign(month.storage, month.settings, OCTOBER, month.team, month.wu, NOW)
    made = _object(month)
    with pytest.raises(Refused) as refused:
        close(month.storage, month.settings, OCTOBER, month.team, month.ma, NOW)
    assert refused.value.code == "appraisal.objections_open"
    _decide(month, made, REJECTED)
    close(month.storage, month.settings, OCTOBER, month.team, month.ma, NOW)
    late = NOW + 7 * DAY + timedelta(seconds=1)
    with pytest.raises(Refused) as refused:
        object_to(month.storage, month.settings, OCTOBER, "talk", "太晚了", month.zhao, late)
    assert refused.value.code == "appraisal.objection_late"
    assert not see_card(month.storage, month.settings, OCTOBER, month.zhao_id, month.zhao, late).may_object
    second = object_to(month.storage, month.settings, OCTOBER, "talk", "设备故障", month.zhao, NOW + 7 * DAY)
    _decide(month, second, GRANTED)
    sheet = see_sheet(month.storage, month.settings, OCTOBER, month.team, month.wu, NOW)
    assert (month.zhao_id, "") in {(each.person_id, each.item) for each in sheet.differences}
    (zhao,) = [each for each in sheet.team.people if each.person_id == month.zhao_id]
    assert zhao.score == ZHAO_SCORE


def test_falsified_data_scores_nothing_until_an_objection_is_granted(month: Month) -> None:
    """F3, 《DCC KPI考核方案》6."""
    _declare(month, month.zhao_id)
    assert _score(month, month.zhao_id) == 0.0 and _told(month, month.zhao_id) == ["appraisal_falsified"]
    with pytest.raises(Conflict):
        _declare(month, month.zhao_id)
    made = _object(month, "falsified")
    _decide(month, made, GRANTED)
    assert _score(month, month.zhao_id) == ZHAO_SCORE
    with month.storage.reading() as tx:
        assert AppraisalStore(tx).falsified("2026-10") == []


def test_a_teams_falsified_data_scores_the_team_nothing(month: Month) -> None:
    """F3: and 1000 yuan, as at 60 and below."""
    made = _declare(month, TEAM)
    team = see_month(month.storage, month.settings, OCTOBER, month.zhou, NOW).teams[0]
    assert team.score == 0.0 and [each.follows.value for each in team.consequences] == ["falsified", "fine_worst"]
    assert _score(month, month.zhao_id) == ZHAO_SCORE
    falsified.withdraw(month.storage, month.settings, made, month.wu, NOW)
    assert see_month(month.storage, month.settings, OCTOBER, month.zhou, NOW).teams[0].score == 70.2
    with pytest.raises(Conflict):
        falsified.withdraw(month.storage, month.settings, made, month.wu, NOW)


def test_who_declares_it_and_with_what(month: Month) -> None:
    """F3, F5: an examiner, with evidence, of somebody in the team."""
    for actor in (month.zhao, month.sun, month.zhou, month.ma):
        with pytest.raises(Forbidden):
            _declare(month, month.zhao_id, actor)
    for evidence in ("", "none", "call:0", " ".join(f"call:{each}" for each in range(1, 60))):
        with pytest.raises(Refused):
            _declare(month, month.zhao_id, evidence=evidence)
    with pytest.raises(NotFound):
        _declare(month, month.wu_id)
    with pytest.raises(NotFound):
        falsified.withdraw(month.storage, month.settings, 2**40, month.wu, NOW)
