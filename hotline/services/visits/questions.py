"""What a visit asks: the regulation's own words, or those of a questionnaire, which a feature tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.discovery import gathered
from hotline.domain.visits.questions import SCRIPT, Question, Script
from hotline.domain.visits.visit import Visit
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class VisitQuestions:
    """What a feature with questionnaires tells in `services/<feature>/visit_questions.py` as `VISIT_QUESTIONS`. Of one
    that it does not have, each gives None.

    `find`: the script of one by its name. `pinned`: a name that means for ever what is asked now. `keep`: the answers
    of a visit that was made, so that they count in its results; their score, None without scales. It raises
    WrongAnswers."""

    find: Callable[[Transaction, str], Script | None]
    pinned: Callable[[Transaction, str], str | None]
    keep: Callable[[Transaction, Visit, str, datetime], float | None]


def script_of(tx: Transaction, visit: Visit) -> Script:
    """What is said and asked; the regulation's own words where the visit names no questionnaire, or an unknown one."""
    found = (told.find(tx, visit.questionnaire) for told in _told(visit.questionnaire))
    return next((each for each in found if each is not None), SCRIPT)


def questions_of(tx: Transaction, visit: Visit) -> tuple[Question, ...]:
    """In order; which of them are put depends on the answers (`asked_of`)."""
    return script_of(tx, visit).questions


def pinned(tx: Transaction, questionnaire: str) -> str:
    """As a visit that is planned now names it: when the questionnaire changes, the visit's questions do not."""
    found = (told.pinned(tx, questionnaire) for told in _told(questionnaire))
    return next((each for each in found if each is not None), questionnaire)


def keep_answers(tx: Transaction, visit: Visit, by: str, now: datetime) -> float | None:
    """The answers to its questionnaire count in that one's results; their score. Raises WrongAnswers."""
    scores = [told.keep(tx, visit, by, now) for told in _told(visit.questionnaire)]
    return next((each for each in scores if each is not None), None)


def _told(questionnaire: str) -> Sequence[VisitQuestions]:
    if not questionnaire:
        return ()
    return gathered("hotline.services", "visit_questions", "VISIT_QUESTIONS", VisitQuestions)
