"""Each kind counts from where its regulation says, for as long as that says, and by whose rule."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from hotline.domain.cases.case import Channel, Complexity, Priority
from hotline.domain.deadlines.deadline import Standing
from hotline.domain.numbers import NO_NUMBER
from hotline.services.cases.month import see_month
from tests.support.cases import BOSS, Desk, shanghai

NOW = shanghai(2026, 11, 16, 10)
HOUR = timedelta(hours=1)


def due(desk: Desk, clock: str, kind: str, at: datetime = NOW, **more: Any) -> datetime | None:
    return desk.clocks(desk.open(NOW, kind, **more), at)[clock].due_at


@pytest.mark.parametrize(
    ("sort", "hours"),
    [
        ("technical", 48),
        ("quality", 48),
        ("transport", 48),
        ("contract", 48),
        ("support", 48),
        ("suggestion", 72),
        ("competitor", 72),
    ],
)
def test_d8_suggestions_and_competitor_news_have_72_hours_and_the_rest_48(desk: Desk, sort: str, hours: int) -> None:
    assert due(desk, "tracking", "internal", values={"sort": sort}) == NOW + hours * HOUR


def test_d11_an_order_is_shipped_48_hours_from_when_it_was_confirmed(desk: Desk) -> None:
    case = desk.open(NOW, "order", values={"items": "滤芯"})
    assert "shipped" not in desk.clocks(case, NOW), "nothing is to be shipped before it is confirmed"
    confirmed = NOW + 20 * HOUR
    case = desk.act(case, "confirm", confirmed, price="99")
    assert desk.clocks(case, confirmed)["shipped"].due_at == confirmed + 48 * HOUR
    assert desk.standing(case, NOW + 60 * HOUR)["shipped"] is not Standing.BREACHED


def test_d11_what_is_changed_is_shipped_48_hours_from_when_that_was_confirmed(desk: Desk) -> None:
    case = desk.act(desk.open(NOW, "order", values={"items": "滤芯"}), "confirm", NOW, price="99")
    case = desk.act(case, "change", NOW + 40 * HOUR, change="两个")
    assert desk.standing(case, NOW + 60 * HOUR)["shipped"] is Standing.KEPT
    again = NOW + 50 * HOUR
    case = desk.act(case, "confirm", again, price="198")
    assert desk.clocks(case, again)["shipped"].due_at == again + 48 * HOUR
    assert desk.standing(case, again + 48 * HOUR)["shipped"] is Standing.BREACHED


@pytest.mark.parametrize("response", ["contact", "confirm"])
def test_d4_what_is_repaired_is_counted_from_the_response_whichever_it_was(desk: Desk, response: str) -> None:
    case = desk.open(NOW, "repair", values={"product": "净水器", "fault": "漏水"})
    answered, later = NOW + HOUR / 2, NOW + 20 * HOUR
    if response == "contact":
        case = desk.act(case, "contact", answered)
    case = desk.act(case, "confirm", later if response == "contact" else answered, fault="漏水")
    assert desk.clocks(case, later)["repaired"].due_at == answered + 24 * HOUR


@pytest.mark.parametrize(
    ("kind", "channel", "clock", "term", "rule"),
    [
        ("enquiry", Channel.MAIL, "first_answer", 24 * HOUR, "D5"),
        ("enquiry", Channel.WEB, "response", HOUR / 2, "D5"),
        ("enquiry", Channel.CHAT, "response", HOUR / 2, "D5"),
        ("enquiry", Channel.HOTLINE, "reply", 5 * HOUR, "D3"),  # lunch and the evening do not count
        ("request", Channel.MAIL, "first_answer", 24 * HOUR, "D5"),
        ("request", Channel.WEB, "response", HOUR / 2, "D5"),
        ("complaint", Channel.MAIL, "first_answer", 24 * HOUR, "D2"),
    ],
)
def test_d2_d3_d5_each_way_in_has_its_time_and_its_rule(
    desk: Desk, kind: str, channel: Channel, clock: str, term: timedelta, rule: str
) -> None:
    start = NOW if clock != "reply" else shanghai(2026, 11, 16, 11)
    shown = desk.clocks(desk.open(start, kind, channel=channel), start)
    due_at = start + term if clock != "reply" else shanghai(2026, 11, 16, 14)
    assert (shown[clock].due_at, shown[clock].rule) == (due_at, rule)
    assert len({"first_answer", "response", "reply"} & set(shown)) == 1


def test_d3_a_complex_enquirys_solution_is_of_d3_and_a_complaints_of_d2(desk: Desk) -> None:
    enquiry = desk.open(NOW, "enquiry", complexity=Complexity.COMPLEX)
    assert desk.clocks(enquiry, NOW)["solution"].rule == "D3"
    assert desk.clocks(desk.open(NOW), NOW)["solution"].rule == "D2"


def test_d4_a_repair_of_nobody_has_its_first_word_when_it_is_said_that_nobody_is_told(desk: Desk) -> None:
    case = desk.open(NOW, "repair", values={"product": "净水器"}, number=NO_NUMBER, priority=Priority.URGENT)
    for act, given in (
        ("confirm", {"fault": "漏水"}),
        ("plan", {"time_told": "今天", "cost_told": "0"}),
        ("arrive", {}),
        ("finish", {"done_work": "换密封圈"}),
    ):
        case = desk.act(case, act, NOW, **given)
    assert desk.act(case, "not_told", NOW + HOUR, reason="匿名来信").stage == "told"


def test_d1_the_months_rate_of_first_answers_holds_those_of_every_kind(desk: Desk) -> None:
    for channel in (Channel.HOTLINE, Channel.MAIL, Channel.WEB):
        desk.act(desk.open(NOW, "enquiry", channel=channel), "contact", NOW + HOUR / 4)
    late = NOW + 30 * HOUR
    desk.act(desk.open(NOW, "enquiry", channel=Channel.MAIL), "contact", late)
    seen = see_month(desk.storage, desk.settings, "enquiry", date(2026, 11, 1), BOSS, late)
    answered = seen.month.rates["answered"]
    assert (answered.part, answered.of) == (3, 4)
