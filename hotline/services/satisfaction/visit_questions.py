"""A return visit may ask a questionnaire: by its code, or by code and version ("training:2")."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.cases.kind import Words
from hotline.domain.errors import NotFound, WrongFields
from hotline.domain.rules.rule import Text
from hotline.domain.satisfaction.questionnaire import QUESTIONNAIRE, Item, QuestionKind, Questionnaire, ReplyWay
from hotline.domain.visits.questions import SCRIPT, AnswerKind, Question, Script
from hotline.domain.visits.record import WrongAnswers
from hotline.domain.visits.visit import VISIT, Visit, VisitWay
from hotline.services.satisfaction.questionnaires import ask, latest, store_reply
from hotline.services.visits.questions import VisitQuestions
from hotline.storage.definitions.store import DefinitionStore
from hotline.storage.transaction import Transaction

_KINDS = {
    QuestionKind.SCALE: AnswerKind.SCORE,
    QuestionKind.CHOICE: AnswerKind.CHOICE,
    QuestionKind.YES_NO: AnswerKind.YES_NO,
    QuestionKind.TEXT: AnswerKind.LINES,
}

#: How the answers came, by the visit's way; every other way is a link.
_WAYS = {VisitWay.CALL: ReplyWay.PHONE, VisitWay.ON_SITE: ReplyWay.PAPER}


def _find(tx: Transaction, name: str) -> Script | None:
    """With the visit's own words before and after. None for what is no questionnaire."""
    found = _questionnaire(tx, name)
    return _script(found) if found is not None else None


def _questionnaire(tx: Transaction, name: str) -> Questionnaire | None:
    code, _, version = name.partition(":")
    try:
        return ask(tx, code, None, int(version)) if version.isdecimal() else latest(tx, code)
    except NotFound:
        return None


def _script(found: Questionnaire) -> Script:
    return Script(SCRIPT.opening, tuple(map(_question, found.items)), SCRIPT.ends)


def _question(item: Item) -> Question:
    choices = tuple((id, _text(words)) for id, words in item.choices)
    return Question(item.id, _text(item.words), _KINDS[item.kind], choices, required=item.required)


def _text(words: Words) -> Text:
    return Text(words.zh, words.en)


def _pinned(tx: Transaction, name: str) -> str | None:
    """With the version of now; one that names a version already, or that there is not, stays as it is."""
    kept = DefinitionStore(tx).versions(QUESTIONNAIRE, name)
    return f"{name}:{kept[-1].version}" if kept else None


def _keep(tx: Transaction, visit: Visit, by: str, now: datetime) -> float | None:
    """Whose they are, the visit says: no number stands with them."""
    found = _questionnaire(tx, visit.questionnaire)
    if found is None:
        return None
    way, call = _WAYS.get(visit.way, ReplyWay.LINK), (visit.node, visit.linkedid)
    try:
        reply = store_reply(tx, found, visit.answers, way, by, now, object=f"{VISIT}:{visit.id}", call=call)
    except WrongFields as error:
        raise WrongAnswers(error.problems) from error
    return reply.score


VISIT_QUESTIONS = VisitQuestions(_find, _pinned, _keep)
