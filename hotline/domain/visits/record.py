"""What is written of a visit that was made (E1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from hotline.domain.errors import Refused
from hotline.domain.text import one_line, several_lines
from hotline.domain.visits.questions import WITH_WHAT, Question, kept_answers, problems_of, satisfied_of
from hotline.domain.visits.visit import Ending, Visit, VisitState, VisitWay

#: The longest that a text of it may be.
MAX_WORDS = 10_000


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """`answers` by the question's id. `way`: None: as it was planned. `call`: node and linkedid, None: the last that
    was dialled for it, if any; `seconds`: how long the two talked."""

    answers: Mapping[str, str] = field(default_factory=dict, hash=False)
    content: str = ""
    problems: str = ""
    way: VisitWay | None = None
    call: tuple[str, str] | None = None
    seconds: float = 0.0


class WrongAnswers(Refused):
    """`problems` by question: required, not_a_choice, too_long."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("visits.wrong_answers", field=next(iter(problems)))
        self.problems = dict(problems)


def made(visit: Visit, questions: Sequence[Question], record: VisitRecord, by: str, now: datetime) -> Visit:
    """As it is once this was recorded. Without words for its content the answers are its content. Raises
    WrongAnswers."""
    wrong = problems_of(questions, record.answers)
    wrong |= {name: "too_long" for name, words in record.answers.items() if len(words) > MAX_WORDS}
    for name, words in (("content", record.content), ("problems", record.problems)):
        if len(words) > MAX_WORDS:
            wrong[name] = "too_long"
    if wrong:
        raise WrongAnswers(wrong)
    answers = {name: several_lines(words) for name, words in kept_answers(questions, record.answers).items()}
    node, linkedid = record.call or (visit.node, visit.linkedid)
    return replace(
        visit,
        state=VisitState.DONE,
        ending=Ending.ANSWERED,
        result=satisfied_of(answers),
        with_what=one_line(answers.get(WITH_WHAT, "")),
        content=several_lines(record.content) or said_in_words(questions, answers),
        problems=several_lines(record.problems),
        answers=answers,
        asked=len(answers),
        way=record.way or visit.way,
        node=node,
        linkedid=linkedid,
        seconds=record.seconds or visit.seconds,
        next_try_at=None,
        closed_at=now,
        closed_by=by,
    )


def said_in_words(questions: Sequence[Question], answers: Mapping[str, str]) -> str:
    """Each question with its answer, in Chinese, as the record is kept on paper."""
    lines = []
    for each in questions:
        said = answers.get(each.id)
        if said:
            words = dict(each.choices).get(said)
            lines.append(f"{each.text.zh}{words.zh if words else said}")
    return "\n".join(lines)


def ended(visit: Visit, ending: Ending, by: str, now: datetime, why: str = "") -> Visit:
    """In vain, or not owed any more."""
    state = VisitState.DROPPED if ending in (Ending.NOT_OWED, Ending.NOT_WANTED) else VisitState.DONE
    return replace(
        visit,
        state=state,
        ending=ending,
        content=several_lines(why) or visit.content,
        next_try_at=None,
        closed_at=now,
        closed_by=by,
    )
