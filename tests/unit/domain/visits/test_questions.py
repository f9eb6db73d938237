"""What is asked depends on what was answered (001-1 回访规范及用语)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hotline.domain.customers.customer import PreferredWay
from hotline.domain.dialling.permitted import Will
from hotline.domain.visits.planned import way_of
from hotline.domain.visits.questions import QUESTIONS, SCRIPT, asked_of, kept_answers, problems_of
from hotline.domain.visits.record import VisitRecord, WrongAnswers, made
from hotline.domain.visits.visit import Origin, Satisfaction, Visit, VisitWay

NOW = datetime(2026, 3, 16, 2, tzinfo=UTC)
VISIT = Visit(Origin.BY_HAND, NOW, NOW, NOW)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, ["satisfied"]),
        ({"satisfied": "satisfied"}, ["satisfied", "advice"]),
        ({"satisfied": "so_so"}, ["satisfied", "with_what", "improve"]),
        ({"satisfied": "not_satisfied"}, ["satisfied", "with_what", "improve"]),
        ({"satisfied": "splendid"}, ["satisfied"]),
    ],
)
def test_the_next_question_follows_from_the_answer(answers: dict[str, str], asked: list[str]) -> None:
    assert [each.id for each in asked_of(QUESTIONS, answers)] == asked


def test_never_more_than_five_are_asked_and_each_answer_has_its_goodbye() -> None:
    assert all(len(asked_of(QUESTIONS, {"satisfied": each.value})) <= 5 for each in Satisfaction)
    assert set(SCRIPT.ends) == set(Satisfaction)


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({}, {"satisfied": "required"}),
        ({"satisfied": "splendid"}, {"satisfied": "not_a_choice"}),
        ({"satisfied": "so_so", "with_what": "  "}, {"with_what": "required"}),
        ({"satisfied": "satisfied", "with_what": ""}, {}),
    ],
)
def test_what_is_missing_is_named_by_its_question(answers: dict[str, str], wrong: dict[str, str]) -> None:
    assert problems_of(QUESTIONS, answers) == wrong


def test_answers_to_what_was_not_asked_are_not_kept() -> None:
    said = {"satisfied": "satisfied", "with_what": "先前打错的", "advice": " 快一点 "}
    assert kept_answers(QUESTIONS, said) == {"satisfied": "satisfied", "advice": "快一点"}


def test_without_words_for_the_content_the_answers_stand_there() -> None:
    done = made(VISIT, QUESTIONS, VisitRecord({"satisfied": "so_so", "with_what": "太慢"}), "zhou", NOW)
    assert (done.result, done.with_what, done.asked) == (Satisfaction.SO_SO, "太慢", 2)
    assert "一般" in done.content and "太慢" in done.content
    with pytest.raises(WrongAnswers):
        made(VISIT, QUESTIONS, VisitRecord({"satisfied": "satisfied"}, problems="x" * 10_001), "zhou", NOW)


@pytest.mark.parametrize(
    ("will", "by_sms", "by_mail", "way"),
    [
        (Will(), False, False, VisitWay.CALL),
        (Will(way=PreferredWay.SMS), False, False, VisitWay.SMS),
        (Will(way=PreferredWay.MAIL), True, True, VisitWay.MAIL),
        (Will(way=PreferredWay.NONE), True, True, None),
        (Will(do_not_call=True), True, True, VisitWay.SMS),
        (Will(do_not_call=True), False, True, VisitWay.MAIL),
        (Will(do_not_call=True), False, False, None),
        (Will(do_not_call=True, way=PreferredWay.NONE), True, True, None),
    ],
)
def test_e3_e10_the_customers_will_comes_first(will: Will, by_sms: bool, by_mail: bool, way: VisitWay | None) -> None:
    assert way_of(VisitWay.CALL, will, by_sms, by_mail) is way


def test_e10_who_wants_no_calls_may_be_seen_on_the_spot() -> None:
    assert way_of(VisitWay.ON_SITE, Will(do_not_call=True), False, False) is VisitWay.ON_SITE
