"""Questionnaires: several items, in versions that are never changed (001-3 10.1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from hotline.domain.cases.kind import Words
from hotline.domain.cases.kind_part import Part
from hotline.domain.numbers import Number
from hotline.domain.satisfaction.rating import BEST, WORST
from hotline.domain.text import clean

#: Of definitions.
QUESTIONNAIRE = "questionnaire"

#: Characters of an answer in words.
MOST_WORDS = 1000
_YES, _NO = "yes", "no"


class QuestionKind(StrEnum):
    SCALE = "scale"  # 1 to 5
    CHOICE = "choice"
    YES_NO = "yes_no"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `choices`: of a choice, by id."""

    id: str
    words: Words
    kind: QuestionKind
    required: bool = False
    choices: tuple[tuple[str, Words], ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """What may be answered; () for words."""
        match self.kind:
            case QuestionKind.SCALE:
                return tuple(str(each) for each in range(WORST, BEST + 1))
            case QuestionKind.YES_NO:
                return (_YES, _NO)
            case QuestionKind.CHOICE:
                return tuple(id for id, _words in self.choices)
            case QuestionKind.TEXT:
                return ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    code: str
    words: Words
    items: tuple[Item, ...]
    withdrawn: bool = False
    version: int = 0


class ReplyWay(StrEnum):
    PHONE = "phone"  # typed in while talking
    PAPER = "paper"  # typed in from paper
    LINK = "link"  # by the customer, on their phone's screen


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered to a questionnaire in that version. `object`: what it was asked for ("visit:12"), "" for
    nothing. `by`: who typed it in, or the link. `score`: the mean of the scales, None without any."""

    code: str
    version: int
    way: ReplyWay
    object: str
    node: str
    linkedid: str
    number: Number
    by: str
    at: datetime
    answers: Mapping[str, str]
    score: float | None = None
    id: int | None = None


def read_questionnaire(content: Mapping[str, Any], source: str, version: int = 0) -> Questionnaire:
    """`source`: how errors name it. Raises WrongKind, by file, key and what was expected."""
    whole = Part(content, source)
    found = Questionnaire(
        code=whole.name("code"),
        words=whole.words("words"),
        items=tuple(map(_item, whole.parts("item"))),
        withdrawn=whole.truth("withdrawn"),
        version=version,
    )
    whole.require_known()
    if not found.items:
        raise whole.wrong("item", "at least one item")
    ids = [each.id for each in found.items]
    for place, id in enumerate(ids):
        if id in ids[:place]:
            raise whole.wrong(f"item[{place + 1}].id", "an id that no other item has")
    return found


def _item(part: Part) -> Item:
    kind = QuestionKind(part.one_of("kind", [each.value for each in QuestionKind]))
    item = Item(
        id=part.name("id"),
        words=part.words("words"),
        kind=kind,
        required=part.truth("required"),
        choices=tuple((each.name("id"), each.words()) for each in part.parts("choice")),
    )
    part.require_known()
    if (kind is QuestionKind.CHOICE) != bool(item.choices):
        raise part.wrong("choice", "choices where the kind is choice, and nowhere else")
    if len({id for id, _words in item.choices}) != len(item.choices):
        raise part.wrong("choice", "each choice with an id of its own")
    return item


def answers_of(questionnaire: Questionnaire, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What was answered, without blanks, and by item what is wrong: required, unknown, too_long. Answers to what is no
    item are wrong too."""
    found: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for item in questionnaire.items:
        answer = clean(given.get(item.id, ""), several_lines=True).strip()
        if not answer:
            if item.required:
                wrong[item.id] = "required"
        elif item.answers and answer not in item.answers:
            wrong[item.id] = "unknown"
        elif len(answer) > MOST_WORDS:
            wrong[item.id] = "too_long"
        else:
            found[item.id] = answer
    known = {each.id for each in questionnaire.items}
    return found, wrong | {each: "unknown" for each in given if each not in known}


def score_of(questionnaire: Questionnaire, answers: Mapping[str, str]) -> float | None:
    """The mean of the scales that were answered."""
    given = [
        int(answers[item.id]) for item in questionnaire.items if item.kind is QuestionKind.SCALE and item.id in answers
    ]
    return round(sum(given) / len(given), 2) if given else None
