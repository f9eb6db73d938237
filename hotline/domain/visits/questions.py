"""What a visit asks: the regulation's own words by answer (回访规范及用语), or a questionnaire's. Phone, page and paper
ask the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hotline.domain.rules.rule import Text
from hotline.domain.visits.visit import Satisfaction

#: The question whose answer is the visit's result; every visit has it.
SATISFIED = "satisfied"
#: Of scales from 1 to 5.
_MIDDLE = 3
#: What they are not satisfied with; what we should do better; what they recommend.
WITH_WHAT, IMPROVE, ADVICE = "with_what", "improve", "advice"


class AnswerKind(StrEnum):
    CHOICE = "choice"
    LINES = "lines"
    SCORE = "score"  # 1 to 5
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Question:
    """`choices`: code and words, of a choice. `when`: asked only after one of these answers to SATISFIED; none: always.
    `required`: the visit is not done without it."""

    id: str
    text: Text
    kind: AnswerKind
    choices: tuple[tuple[str, Text], ...] = ()
    when: frozenset[Satisfaction] = frozenset()
    required: bool = False

    def is_asked(self, satisfied: Satisfaction | None) -> bool:
        return not self.when or satisfied in self.when


@dataclass(frozen=True, slots=True)
class Script:
    """What is said before and after, with {company}, {name}, {customer} and {purpose} in it; `ends` by answer."""

    opening: Text
    questions: tuple[Question, ...]
    ends: Mapping[Satisfaction, Text]


#: As they are shown and asked.
WORDS_OF = {
    Satisfaction.SATISFIED: Text("满意", "Satisfied"),
    Satisfaction.SO_SO: Text("一般", "So-so"),
    Satisfaction.NOT_SATISFIED: Text("不满意", "Not satisfied"),
}
_UNHAPPY = frozenset({Satisfaction.SO_SO, Satisfaction.NOT_SATISFIED})

QUESTIONS = (
    Question(
        SATISFIED,
        Text("请问您对我们的服务满意吗？", "Are you satisfied with our service?"),
        AnswerKind.CHOICE,
        tuple((each.value, words) for each, words in WORDS_OF.items()),
        required=True,
    ),
    Question(
        ADVICE,
        Text("您对我们的服务有什么建议吗？", "What would you recommend to us?"),
        AnswerKind.LINES,
        when=frozenset({Satisfaction.SATISFIED}),
    ),
    Question(
        WITH_WHAT,
        Text("能否告诉我您对哪方面不满意？", "May I ask what you are not satisfied with?"),
        AnswerKind.LINES,
        when=_UNHAPPY,
        required=True,
    ),
    Question(IMPROVE, Text("我们应改善哪方面的工作？", "What should we do better?"), AnswerKind.LINES, when=_UNHAPPY),
)

_SORRY = Text(
    "十分感谢您的反映，这一点我们的确做得不够，我们很快就会有改善的，望您监督。祝您生活愉快，再见！",
    "Thank you very much for telling us. We did not do well enough in this, and will soon do better; please hold us to "
    "it. All the best, goodbye!",
)

SCRIPT = Script(
    Text(
        "您好，我是{company}的{name}，请问您是{customer}吗？打扰您了。感谢您使用我们的服务（{purpose}）。",
        "Good day, this is {name} of {company}. Do I speak with {customer}? I am sorry to disturb you. Thank you for "
        "using our service ({purpose}).",
    ),
    QUESTIONS,
    {
        Satisfaction.SATISFIED: Text(
            "感谢您的答复，您如果需要什么帮忙，可随时跟我们取得联系。祝您生活愉快，再见！",
            "Thank you for your answer. If you need any help, reach us at any time. All the best, goodbye!",
        ),
        Satisfaction.SO_SO: _SORRY,
        Satisfaction.NOT_SATISFIED: _SORRY,
    },
)


def satisfied_of(answers: Mapping[str, str]) -> Satisfaction | None:
    """None while it is not answered, or with a word that is none of the three."""
    said = answers.get(SATISFIED, "")
    return Satisfaction(said) if said in {each.value for each in Satisfaction} else None


def satisfied_by(score: float | None, satisfied_from: int) -> Satisfaction | None:
    """What a mean of scales comes to where nobody was asked for the result itself: satisfied from there on, as ratings
    are; not satisfied below the middle of the scale."""
    if score is None:
        return None
    if score >= satisfied_from:
        return Satisfaction.SATISFIED
    return Satisfaction.SO_SO if score >= _MIDDLE else Satisfaction.NOT_SATISFIED


def asked_of(questions: Sequence[Question], answers: Mapping[str, str]) -> list[Question]:
    """Those that are put to whoever answers so, in order."""
    satisfied = satisfied_of(answers)
    return [each for each in questions if each.is_asked(satisfied)]


def problems_of(questions: Sequence[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """By question, what is wrong with its answer: required, not_a_choice. What was not asked is not looked at."""
    wrong: dict[str, str] = {}
    for each in asked_of(questions, answers):
        said = answers.get(each.id, "").strip()
        if not said and each.required:
            wrong[each.id] = "required"
        elif said and said not in _possible(each, said):
            wrong[each.id] = "not_a_choice"
    return wrong


def kept_answers(questions: Sequence[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """Of the questions that were asked, those that were answered."""
    said = {each.id: answers.get(each.id, "").strip() for each in asked_of(questions, answers)}
    return {question: words for question, words in said.items() if words}


def _possible(question: Question, said: str) -> frozenset[str]:
    match question.kind:
        case AnswerKind.CHOICE:
            return frozenset(code for code, _words in question.choices)
        case AnswerKind.SCORE:
            return frozenset("12345")
        case AnswerKind.YES_NO:
            return frozenset({"yes", "no"})
        case AnswerKind.LINES:
            return frozenset({said})
