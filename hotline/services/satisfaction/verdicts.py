"""Verdicts of months by what customers said of us: the month's satisfaction (E9), and opinions that were handled (D12,
F10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hotline.domain.satisfaction.figures import all_opinions
from hotline.domain.verdicts.judged import Judged, at_least, kept, not_applicable, not_judged, so
from hotline.domain.verdicts.verdict import Subject, Verdict, WhyJudged
from hotline.services.satisfaction.handled import opinions_handled
from hotline.services.verdicts.days import Months, month_at
from hotline.services.verdicts.maker import Ground
from hotline.storage.satisfaction.figures import RatingFigureStore, RatingFilter
from hotline.storage.satisfaction.replies import ReplyStore
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.months import anybody_talked, anybody_visited, rated_by_line

#: D12: the regulation's own figure; no setting changes it.
_HANDLED_PERCENT = 98.0


class OpinionMonths(Months):
    name, subject, rules = "opinion_months", Subject.MONTH, ("D12", "E9", "F10")

    def of_month(
        self, tx: Transaction, month: str, start: datetime, end: datetime, ground: Ground
    ) -> Iterable[Verdict]:
        at = month_at(end)
        chosen = ground.at(at).satisfaction
        whole = _satisfaction(tx, start, end, chosen.satisfied_from, chosen.target)
        yield ground.verdict("E9", whole, Subject.MONTH, month, at)
        for line, (answers, total) in sorted(rated_by_line(tx, start, end).items()):
            judged = at_least(round(total / answers, 2), chosen.target, "points", {"answers": answers})
            yield ground.verdict("E9", judged, Subject.MONTH, month, at, line, part=line)
        opinions = opinions_handled(tx, start, end)
        share = opinions.percent
        none = not_applicable(WhyJudged.NOTHING_TO_COUNT)
        handled = none if share is None else at_least(share, _HANDLED_PERCENT, "%", {"opened": opinions.opened})
        yield ground.verdict("D12", handled, Subject.MONTH, month, at)
        known = none if share is None else kept(share, None, "%")
        yield ground.verdict("F10", known, Subject.MONTH, month, at)


def _satisfaction(tx: Transaction, start: datetime, end: datetime, satisfied_from: int, target: float) -> Judged:
    """E9, of all customers: ratings of calls, the month's sample and whatever else asks a questionnaire, as the report
    on satisfaction adds them up. A month with talks in which nobody was asked breaks it."""
    ratings = RatingFigureStore(tx).total(RatingFilter(start, end, satisfied_from))
    said = all_opinions(ratings, ReplyStore(tx).counted(start, end, satisfied_from).values())
    if said.mean is not None:
        return at_least(said.mean, target, "points", {"answers": said.answered, "ratings": ratings.answered})
    if ratings.offered or anybody_visited(tx, start, end):
        return not_judged(WhyJudged.NOT_MEASURED)
    return (
        so(False, WhyJudged.NOT_ASKED) if anybody_talked(tx, start, end) else not_applicable(WhyJudged.NOTHING_TO_COUNT)
    )


VERDICTS = (OpinionMonths(),)
