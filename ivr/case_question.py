"""The question for a case's number, and what is said of its state."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

from hotline.domain.cases.by_phone import LAST_FOUR, MOST_DIGITS, Answer, CaseAnswer, CaseAsked
from hotline.domain.errors import HotlineError
from hotline.domain.numbers import NO_NUMBER
from ivr.number_words import number_prompts
from ivr.talk import Asks, Question

log = logging.getLogger(__name__)

KIND = "case"
AskCase = Callable[[CaseAsked], CaseAnswer]


def case_question(ask: AskCase, language: Callable[[], str]) -> Asks:
    """`language`: of the prompts, in which numbers are said."""

    def asked(question: Question) -> bool:
        lead: list[str] = []
        for _ in range(question.tries):
            answer = _tried(question, ask, lead)
            question.talk.step(KIND, "#", f"{KIND}:{answer.answer.value}")
            if answer.answer is Answer.TOLD:
                question.talk.play(_said(answer, language()), "#")
                return True
            lead = ["case-not-found"]
        return False

    return asked


def _tried(question: Question, ask: AskCase, lead: list[str]) -> CaseAnswer:
    digits = question.talk.digits([*lead, "case-enter-number"], MOST_DIGITS, question.key_seconds)
    caller = NO_NUMBER if question.arrival.withheld else question.arrival.caller_number
    answer = _answered(question, ask, CaseAsked(digits, caller, question.uniqueid))
    if answer.answer is not Answer.LAST_FOUR_WANTED:
        return answer
    last_four = question.talk.digits(["case-enter-last-four"], LAST_FOUR, question.key_seconds)
    if len(last_four) < LAST_FOUR:
        return CaseAnswer(Answer.WRONG)
    return _answered(question, ask, CaseAsked(digits, caller, question.uniqueid, last_four))


def _answered(question: Question, ask: AskCase, asked: CaseAsked) -> CaseAnswer:
    """While the database is away nothing is right: operators are."""
    question.talk.short()
    try:
        return ask(asked)
    except HotlineError as error:
        log.error("call %s: no state of a case: %s", question.uniqueid, error)
        return CaseAnswer(Answer.WRONG)


def _said(answer: CaseAnswer, language: str) -> list[str]:
    assert answer.heard is not None
    return [answer.heard.prompt, *(_until(answer.next_word, language) if answer.next_word else [])]


def _until(day: date, language: str) -> list[str]:
    month, of_month = number_prompts(day.month, language), number_prompts(day.day, language)
    return ["case-next-word", *month, "case-month", *of_month, "case-day"]
