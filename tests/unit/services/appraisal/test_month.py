"""The monthly score (F3): a month counted by hand, signed, closed, reopened, and what changes afterwards."""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.appraisal.consequences import Band, Follows
from hotline.domain.appraisal.month import TEAM, MonthState
from hotline.domain.errors import Conflict, Forbidden, HotlineError, NotFound, Refused
from hotline.domain.people import Actor, Role
from hotline.services.appraisal.cards import NO_TEAM, month_cards
from hotline.services.appraisal.months import close, reopen, sign
from hotline.services.appraisal.seeing import see_card, see_month, see_rows, see_sheet
from hotline.services.waiting import waiting_of
from hotline.storage.appraisal.store import AppraisalStore
from hotline.storage.audit import AuditLog
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.transaction import Storage
from tests.support.appraised import NOW, OCTOBER, ZHAO_ITEMS, ZHAO_SCORE, Month
from tests.support.instance import at
from tests.support.our_people import somebody

DAY = timedelta(days=1)


@pytest.fixture
def month(storage: Storage, tmp_path: Path) -> Month:
    return Month(storage, tmp_path)


def _sign(month: Month, actor: Actor | None = None, now: datetime = NOW, first: date = OCTOBER) -> str:
    return sign(month.storage, month.settings, first, month.team, actor or month.wu, now).sha256


def _close(month: Month, actor: Actor, now: datetime = NOW) -> None:
    close(month.storage, month.settings, OCTOBER, month.team, actor, now)


def _score(month: Month, person_id: int) -> float | None:
    with month.storage.reading() as tx:
        return month_cards(tx, month.settings, OCTOBER, NOW).cards[person_id].score


def _told(month: Month, person_id: int) -> list[str]:
    with month.storage.reading() as tx:
        return [each.kind for each in NotificationStore(tx).of_person(person_id)]


def test_the_month_that_was_counted_by_hand(month: Month) -> None:
    """F3, F4, F6, C8, E9: see tests/support/appraised.py for the count."""
    seen = see_card(month.storage, month.settings, OCTOBER, month.zhao_id, month.zhao, NOW)
    assert {each.item.id: (each.value, each.points) for each in seen.card.items} == ZHAO_ITEMS
    assert (seen.card.score, seen.card.weight, seen.band) == (ZHAO_SCORE, 80, Band.BAD)
    assert [each.item.id for each in seen.card.left_out] == ["callbacks", "promises"]
    assert seen.team == "一组" and seen.own and seen.may_object and seen.state is MonthState.OPEN


def test_a_team_is_scored_by_all_its_calls_together(month: Month) -> None:
    """F3: zhao 10 × 375 s and qian 2 × 300 s: 4350 ÷ 12 = 362.5 s; one complaint, twice, of two people: 1.0."""
    with month.storage.reading() as tx:
        found = month_cards(tx, month.settings, OCTOBER, NOW)
    assert found.teams == {month.team: [month.zhao_id, month.qian_id]}
    team = {each.item.id: each.value for each in found.team_cards[month.team].items}
    assert (team["talk"], team["complaints"], team["examination"]) == (362.5, 1.0, 85.0)
    assert found.cards[month.qian_id].score == 100.0 and found.cards[month.qian_id].weight == 10


@pytest.mark.parametrize("item", [each for each, (value, _points) in ZHAO_ITEMS.items() if value is not None])
def test_each_figure_opens_what_it_is_made_of(month: Month, item: str) -> None:
    """F3: the rows add up to the figure; of rules they are what broke them."""
    with month.storage.reading() as tx:
        cards = month_cards(tx, month.settings, OCTOBER, NOW)
    card = next(each for each in cards.cards[month.zhao_id].items if each.item.id == item)
    rows = see_rows(month.storage, month.settings, OCTOBER, month.zhao_id, item, month.zhou, NOW, 100).rows
    if card.item.rules:
        assert len(rows) == card.material.of - card.material.total == 1
        assert rows[0].rule in card.item.rules
    else:
        assert sum(each.material.total for each in rows) == pytest.approx(card.material.total)
    assert [each.at for each in rows] == sorted((each.at for each in rows), reverse=True)
    paged = see_rows(month.storage, month.settings, OCTOBER, month.zhao_id, item, month.zhou, NOW, 1)
    assert paged.rows == rows[:1] and paged.more == (len(rows) > 1)


def test_a_month_is_signed_by_an_examiner_and_closed_by_who_leads_the_team(month: Month) -> None:
    """F3, F5."""
    signed = sign(month.storage, month.settings, OCTOBER, month.team, month.wu, NOW)
    assert signed.sha256 == hashlib.sha256(signed.content.encode()).hexdigest() and signed.version == 1
    assert "赵敏" not in signed.content and _told(month, month.sun_id) == ["appraisal_signed"]
    assert waiting_of(month.storage, month.sun, ["appraisal"], NOW) == {"appraisal": 1}
    assert waiting_of(month.storage, month.ma, ["appraisal"], NOW) == {"appraisal": 1}
    assert waiting_of(month.storage, month.zhao, ["appraisal"], NOW) == {}
    _close(month, month.sun)
    assert _told(month, month.zhao_id) == ["appraisal_closed"] == _told(month, month.qian_id)
    seen = see_card(month.storage, month.settings, OCTOBER, month.zhao_id, month.zhao, NOW)
    assert seen.state is MonthState.CLOSED and seen.signed is not None and seen.signed[""] == ZHAO_SCORE
    assert waiting_of(month.storage, month.sun, ["appraisal"], NOW) == {}
    with month.storage.reading() as tx:
        (kept,) = AppraisalStore(tx).versions("2026-10", month.team)
    assert (kept.content, kept.sha256, kept.is_whole) == (signed.content, signed.sha256, True)
    assert not replace(kept, content=kept.content.replace("67.9", "97.9")).is_whole


def test_nobody_signs_who_served_and_no_month_that_goes_on(month: Month) -> None:
    """F5: neither their own nor one in which they served; nobody but an examiner; once."""
    for actor in (month.zhao, month.sun, month.ma, month.zhou):
        with pytest.raises(Forbidden):
            _sign(month, actor)
    served, _id = somebody(month.storage, "feng", "冯质检", at("2026-09-01 09:00:00"), Role.EXAMINER, extension="1009")
    month.call("f-1", at("2026-10-20 10:00:00"), 60, "1009")
    with pytest.raises(Forbidden) as refused:
        _sign(month, served)
    assert refused.value.code == "appraisal.served"
    with pytest.raises(Forbidden):
        _sign(month, Actor("token:reports", (Role.EXAMINER,), "reports"))
    with pytest.raises(Refused) as early:
        _sign(month, now=at("2026-10-31 23:59:59"))
    assert early.value.code == "appraisal.not_over"
    with pytest.raises(NotFound):
        sign(month.storage, month.settings, OCTOBER, 4711, month.wu, NOW)
    _sign(month)
    with pytest.raises(Conflict):
        _sign(month)


def test_only_who_leads_the_team_or_an_administrator_closes_what_was_signed(month: Month) -> None:
    """F3."""
    with pytest.raises(NotFound):
        _close(month, month.ma)
    _sign(month)
    other, other_id = somebody(month.storage, "he", "何组长", at("2026-01-01 09:00:00"), Role.LEADER)
    month.a_team("二组", other_id)
    for actor in (month.zhao, month.wu, month.zhou, month.led(other)):
        with pytest.raises(Forbidden):
            _close(month, actor)
    both = replace(month.ma, name=month.wu.name)
    with pytest.raises(Forbidden) as refused:
        _close(month, both)
    assert refused.value.code == "appraisal.signer_closes"
    _close(month, month.ma)
    with pytest.raises(Conflict):
        _close(month, month.ma)


def test_of_two_who_close_a_month_at_once_one_has_closed_it(month: Month) -> None:
    """F3: really at once, as far as the database lets them; everybody in it is told once."""
    _sign(month)
    start, told = threading.Barrier(2, timeout=30), list[str]()

    def closing(name: str) -> None:
        start.wait()
        try:
            _close(month, replace(month.ma, name=name))
        except Conflict as conflict:
            told.append(conflict.code)
        else:
            told.append(name)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(closing, ("ma", "guo")))
    closer, refused = sorted(told, key=lambda each: each == "appraisal.closed")
    assert refused == "appraisal.closed" and closer in ("ma", "guo")
    with month.storage.reading() as tx:
        (kept,) = AppraisalStore(tx).versions("2026-10", month.team)
        noted = AuditLog(tx).search(AuditFilter(action="appraisal.close"), 10)
    assert kept.closed_by == closer and [each.who for each in noted] == [closer]
    assert _told(month, month.zhao_id).count("appraisal_closed") == 1


def test_what_changes_after_the_signature_has_to_be_signed_again(month: Month) -> None:
    """F3, F5."""
    first = _sign(month)
    month.rated("z-9", 5, at("2026-10-30 10:00:00"))
    with pytest.raises(Refused) as refused:
        _close(month, month.ma)
    assert refused.value.code == "appraisal.changed_since"
    assert _sign(month) != first
    _close(month, month.ma)
    with month.storage.reading() as tx:
        assert [each.version for each in AppraisalStore(tx).versions("2026-10", month.team)] == [2, 1]


def test_what_comes_late_is_a_difference_beside_the_closed_figure(month: Month) -> None:
    """F3: a fifth rating: (15 + 5) ÷ 5 = 4.0 in place of 3.75: 66.67 points in place of 50, a score of
    (5429.15 + 250) ÷ 80 = 71.0; what was closed stays."""
    _sign(month)
    _close(month, month.ma)
    month.rated("z-9", 5, at("2026-10-30 10:00:00"))
    sheet = see_sheet(month.storage, month.settings, OCTOBER, month.team, month.zhou, NOW)
    (zhao,) = [each for each in sheet.team.people if each.person_id == month.zhao_id]
    assert zhao.score == ZHAO_SCORE and sheet.cards[month.zhao_id].score == 71.0
    found = {(each.person_id, each.item): (each.signed, each.now) for each in sheet.differences}
    assert found[month.zhao_id, "satisfaction"] == (3.75, 4.0) and found[month.zhao_id, ""] == (ZHAO_SCORE, 71.0)
    assert found[TEAM, "satisfaction"] == (3.75, 4.0) and month.qian_id not in {person for person, _item in found}
    assert sheet.team.differs == len(found) == 4
    with month.storage.reading() as tx:
        (kept,) = AppraisalStore(tx).versions("2026-10", month.team)
    assert kept.score(month.zhao_id) == ZHAO_SCORE and kept.is_whole


def test_a_month_is_reopened_by_an_administrator_with_a_reason_and_gets_a_version(month: Month) -> None:
    """F3."""
    _sign(month)
    with pytest.raises(Conflict):
        reopen(month.storage, OCTOBER, month.team, "漏了评价", month.ma, NOW)
    _close(month, month.sun)
    for actor in (month.sun, month.wu, month.zhou):
        with pytest.raises(Forbidden):
            reopen(month.storage, OCTOBER, month.team, "漏了评价", actor, NOW)
    with pytest.raises(Refused):
        reopen(month.storage, OCTOBER, month.team, " \n ", month.ma, NOW)
    reopen(month.storage, OCTOBER, month.team, "漏了评价", month.ma, NOW)
    assert _told(month, month.zhao_id) == ["appraisal_reopened", "appraisal_closed"]
    with pytest.raises(Conflict):
        reopen(month.storage, OCTOBER, month.team, "再来", month.ma, NOW)
    month.rated("z-9", 5, at("2026-10-30 10:00:00"))
    _sign(month)
    _close(month, month.sun)
    with month.storage.reading() as tx:
        newest, before = AppraisalStore(tx).versions("2026-10", month.team)
    assert (newest.version, newest.score(month.zhao_id), newest.state) == (2, 71.0, MonthState.CLOSED)
    assert (before.reopen_reason, before.score(month.zhao_id)) == ("漏了评价", ZHAO_SCORE)


def test_who_sees_whose(month: Month) -> None:
    """F3: everybody their own, leaders their people, who oversees all; and nobody else's."""
    see = lambda actor: see_month(month.storage, month.settings, OCTOBER, actor, NOW)  # noqa: E731
    own = see(month.zhao)
    assert [[each.name for each in team.people] for team in own.teams] == [["赵敏"]]
    assert not own.teams[0].whole and own.teams[0].score is None and own.teams[0].consequences == []
    assert [each.name for each in see(month.sun).teams[0].people] == ["钱伟", "赵敏"]
    assert see(month.sun).teams[0].whole
    auditor, _id = somebody(month.storage, "an", "安审计", NOW, Role.EXAMINER)
    looks_on = replace(auditor, roles=(Role.AUDITOR,))
    for actor in (month.wu, month.ma, month.zhou, looks_on):
        assert see(actor).teams[0].whole and len(see(actor).teams[0].people) == 2
    for person_id, actor in ((month.qian_id, month.zhao), (month.zhao_id, month.qian)):
        with pytest.raises(Forbidden):
            see_card(month.storage, month.settings, OCTOBER, person_id, actor, NOW)
        with pytest.raises(Forbidden):
            see_rows(month.storage, month.settings, OCTOBER, person_id, "talk", actor, NOW, 10)
    with pytest.raises(Forbidden):
        see_sheet(month.storage, month.settings, OCTOBER, month.team, month.zhao, NOW)
    for missing in (month.wu_id, 4711):
        with pytest.raises(NotFound):
            see_card(month.storage, month.settings, OCTOBER, missing, month.zhou, NOW)


def test_who_belonged_to_the_team_last_in_the_month_is_in_it(month: Month) -> None:
    """F3: who belongs to none stands for themselves; an empty month has no score."""
    _li, li_id = somebody(month.storage, "li", "李雷", at("2026-09-01 09:00:00"), Role.OPERATOR, extension="1003")
    month.call("l-1", at("2026-10-21 10:00:00"), 120, "1003")
    with month.storage.reading() as tx:
        found = month_cards(tx, month.settings, OCTOBER, NOW)
        empty = month_cards(tx, month.settings, date(2026, 2, 1), NOW)
    assert found.teams[NO_TEAM] == [li_id]
    assert {card.score for card in empty.cards.values()} == {None}


def test_what_follows_from_the_teams_score(month: Month) -> None:
    """F3: (85 × 25 + 75 × 15 + 37.5 × 5 + 79.17 × 5 + 50 × 15 + 70 × 10 + 66.67 × 5) ÷ 80 = 70.2: no fine; at or below
    70 it is 800 yuan."""
    team = see_month(month.storage, month.settings, OCTOBER, month.zhou, NOW).teams[0]
    assert team.score == 70.2 and team.consequences == []
    month.judged("C4", month.zhao_id, at("2026-10-13 10:00:00"), broken=40)
    month.examined("z-5", 20, at("2026-10-13 10:00:00"))
    team = see_month(month.storage, month.settings, OCTOBER, month.zhou, NOW).teams[0]
    assert team.score is not None and 60 < team.score <= 70
    assert [(each.follows, each.yuan) for each in team.consequences] == [(Follows.FINE_BAD, 800)]


def test_each_look_is_noted(month: Month) -> None:
    """F8: what is refused is not."""
    see_card(month.storage, month.settings, OCTOBER, month.zhao_id, month.zhou, NOW)
    with pytest.raises(HotlineError):
        see_card(month.storage, month.settings, OCTOBER, month.zhao_id, month.qian, NOW)
    with month.storage.reading() as tx:
        found = AuditLog(tx).search(AuditFilter(action="appraisal"), 10)
    assert [(each.who, each.object) for each in found] == [("zhou", f"appraisal_card:2026-10.{month.zhao_id}")]
