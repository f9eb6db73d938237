"""What the answers to a questionnaire come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hotline.domain.satisfaction.questionnaire import Item, QuestionKind, Questionnaire, Reply


@dataclass(frozen=True, slots=True)
class ItemResult:
    """`counts`: how often each answer was given; of words how often any. `mean`: of a scale."""

    item: Item
    counts: Mapping[str, int]
    mean: float | None = None

    @property
    def answered(self) -> int:
        return sum(self.counts.values())


def results_of(questionnaire: Questionnaire, replies: Sequence[Reply]) -> list[ItemResult]:
    """By the items of this version; what earlier versions asked and this one does not is left out."""
    return [_of(item, replies) for item in questionnaire.items]


def mean_score(replies: Sequence[Reply]) -> float | None:
    scores = [each.score for each in replies if each.score is not None]
    return round(sum(scores) / len(scores), 2) if scores else None


def _of(item: Item, replies: Sequence[Reply]) -> ItemResult:
    given = [each.answers[item.id] for each in replies if item.id in each.answers]
    if item.kind is QuestionKind.TEXT:
        return ItemResult(item, {"": len(given)} if given else {})
    found = Counter(each for each in given if each in item.answers)
    counts = {answer: found[answer] for answer in item.answers}
    if item.kind is not QuestionKind.SCALE or not found:
        return ItemResult(item, counts)
    return ItemResult(item, counts, round(sum(int(each) * n for each, n in found.items()) / found.total(), 2))
