"""The question for a case's number: what is asked, what is said, and what the ledger is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from hotline.domain.cases.by_phone import Answer, CaseAnswer, CaseAsked, Heard
from hotline.domain.errors import StorageError
from hotline.domain.line.routing import Arrival
from hotline.domain.numbers import Number
from ivr.case_question import AskCase, case_question
from ivr.errors import CallerGone
from ivr.number_words import number_prompts
from ivr.talk import Question, Talk
from tests.unit.ivr.test_ivr_flow import Caller, Prompts

NUMBER = "20261122001"
CALLER = Number("+8613800138000")
TOLD = CaseAnswer(Answer.TOLD, Heard.LOOKED_INTO)
WANTED, WRONG = CaseAnswer(Answer.LAST_FOUR_WANTED), CaseAnswer(Answer.WRONG)
ENTER, FOUR, NOT_FOUND = "hotline/case-enter-number", "hotline/case-enter-last-four", "hotline/case-not-found"


class Desk:
    """Gives `answers` one after the other."""

    def __init__(self, *answers: CaseAnswer) -> None:
        self.answers = list(answers)
        self.asked: list[CaseAsked] = []

    def __call__(self, asked: CaseAsked) -> CaseAnswer:
        self.asked.append(asked)
        return self.answers.pop(0)


def ask(desk: AskCase, keys: Sequence[str | None], withheld: bool = False, language: str = "zh") -> tuple[bool, Caller]:
    caller = Caller(keys)
    arrival = Arrival("main", CALLER, withheld)
    question = Question(Talk(Prompts(), caller, "main"), arrival, "node1-1.1", 5, 3)
    return case_question(desk, lambda: language)(question), caller


def test_from_a_number_of_the_case_its_state_is_said_at_once() -> None:
    desk = Desk(TOLD)
    answered, caller = ask(desk, [*NUMBER, "#"])
    assert answered
    assert caller.heard == [ENTER, "hotline/case-looked-into"]
    assert desk.asked == [CaseAsked(NUMBER, CALLER, "node1-1.1")]
    assert caller.steps() == [("case", "#", "case:told")]


def test_from_another_number_the_last_four_digits_are_asked_for_and_a_withheld_one_counts_for_nothing() -> None:
    desk = Desk(WANTED, TOLD)
    answered, caller = ask(desk, [*NUMBER, "#", *"8000"], withheld=True)
    assert answered
    assert caller.heard == [ENTER, FOUR, "hotline/case-looked-into"]
    assert desk.asked == [CaseAsked(NUMBER, Number(), "node1-1.1"), CaseAsked(NUMBER, Number(), "node1-1.1", "8000")]


def test_the_third_wrong_try_is_the_last() -> None:
    desk = Desk(WRONG, WANTED, WRONG, WANTED)
    answered, caller = ask(desk, ["1", "#", *NUMBER, "#", *"1111", *NUMBER, "#", "8", "#"])
    assert not answered
    assert caller.heard == [ENTER, NOT_FOUND, ENTER, FOUR, NOT_FOUND, ENTER, FOUR]
    assert caller.steps() == [("case", "#", "case:wrong")] * 3
    assert len(desk.asked) == 4  # fewer than four digits are asked of nobody


def test_a_star_begins_anew_and_silence_ends_the_number() -> None:
    desk = Desk(TOLD)
    ask(desk, ["9", "9", "*", *NUMBER, ""])
    assert desk.asked[0].digits == NUMBER


def test_keys_pressed_without_end_come_to_an_end() -> None:
    answered, caller = ask(Desk(WRONG, WRONG, WRONG), ["*"] * 1000)
    assert not answered and caller.asked < 200


def test_nothing_that_was_pressed_stands_in_the_ledger() -> None:
    _, caller = ask(Desk(WANTED, TOLD), [*NUMBER, "#", *"8000"])
    assert "8000" not in repr(caller.events) and NUMBER not in repr(caller.events)


@pytest.mark.parametrize(("language", "month", "day"), [("zh", ["10", "2"], ["20", "5"]), ("en", ["12"], ["20", "5"])])
def test_the_day_until_which_we_promised_word_is_said_in_numbers(
    language: str, month: list[str], day: list[str]
) -> None:
    _, caller = ask(Desk(CaseAnswer(Answer.TOLD, Heard.RECEIVED, date(2026, 12, 25))), [*NUMBER, "#"], False, language)
    digits = lambda words: [f"hotline/asterisk/digits/{word}" for word in words]  # noqa: E731
    said = ["hotline/case-received", "hotline/case-next-word", *digits(month), "hotline/case-month", *digits(day)]
    assert caller.heard[1:] == [*said, "hotline/case-day"]


@pytest.mark.parametrize("number", range(1, 32))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_day_and_month_has_its_words(number: int, language: str) -> None:
    """Each is one of Asterisk's own words, and together they are the number."""
    words = [int(each.rpartition("/")[2]) for each in number_prompts(number, language)]
    assert sum(words) == number


def test_while_the_database_is_away_nobody_is_told_and_the_third_try_leads_to_an_operator() -> None:
    def away(asked: CaseAsked) -> CaseAnswer:
        raise StorageError("the database is locked")

    answered, caller = ask(away, [*NUMBER, "#"] * 3)
    assert not answered
    assert "hotline/case-looked-into" not in caller.heard


def test_whoever_hangs_up_while_entering_is_gone() -> None:
    with pytest.raises(CallerGone):
        ask(Desk(), ["2", "0", None])
