"""A return visit may ask a questionnaire: by its code, or by code and version ("training:2")."""

from __future__ import annotations

from hotline.domain.cases.kind import Words
from hotline.domain.errors import NotFound
from hotline.domain.rules.rule import Text
from hotline.domain.satisfaction.questionnaire import Item, QuestionKind
from hotline.domain.visits.questions import SCRIPT, AnswerKind, Question, Script
from hotline.services.satisfaction.questionnaires import ask, latest
from hotline.services.visits.asking import VisitQuestions
from hotline.storage.transaction import Transaction

_KINDS = {
    QuestionKind.SCALE: AnswerKind.SCORE,
    QuestionKind.CHOICE: AnswerKind.CHOICE,
    QuestionKind.YES_NO: AnswerKind.YES_NO,
    QuestionKind.TEXT: AnswerKind.LINES,
}


def _find(tx: Transaction, name: str) -> Script | None:
    """With the visit's own words before and after. None for what is no questionnaire."""
    code, _, version = name.partition(":")
    try:
        found = ask(tx, code, None, int(version)) if version.isdecimal() else latest(tx, code)
    except NotFound:
        return None
    return Script(SCRIPT.opening, tuple(map(_question, found.items)), SCRIPT.ends)


def _question(item: Item) -> Question:
    choices = tuple((id, _text(words)) for id, words in item.choices)
    return Question(item.id, _text(item.words), _KINDS[item.kind], choices, required=item.required)


def _text(words: Words) -> Text:
    return Text(words.zh, words.en)


VISIT_QUESTIONS = VisitQuestions(_find)
