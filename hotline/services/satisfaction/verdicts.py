"""Verdicts of months by what customers said of us: their ratings (E9), and opinions that were handled (D12, F10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hotline.domain.verdicts.judged import at_least, kept, not_applicable
from hotline.domain.verdicts.verdict import Subject, Verdict, WhyJudged
from hotline.services.satisfaction.handled import opinions_handled
from hotline.services.verdicts.days import Months, month_at
from hotline.services.verdicts.maker import Ground
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.months import rated_by_line

#: D12: the regulation's own figure; no setting changes it.
_HANDLED_PERCENT = 98.0


class OpinionMonths(Months):
    name, subject, rules = "opinion_months", Subject.MONTH, ("D12", "E9", "F10")

    def of_month(
        self, tx: Transaction, month: str, start: datetime, end: datetime, ground: Ground
    ) -> Iterable[Verdict]:
        at = month_at(end)
        target = ground.at(at).satisfaction.target
        for line, (answers, total) in sorted(rated_by_line(tx, start, end).items()):
            judged = at_least(round(total / answers, 2), target, "points", {"answers": answers})
            yield ground.verdict("E9", judged, Subject.MONTH, month, at, line, part=line)
        opinions = opinions_handled(tx, start, end)
        share = opinions.percent
        none = not_applicable(WhyJudged.NOTHING_TO_COUNT)
        handled = none if share is None else at_least(share, _HANDLED_PERCENT, "%", {"opened": opinions.opened})
        yield ground.verdict("D12", handled, Subject.MONTH, month, at)
        known = none if share is None else kept(share, None, "%")
        yield ground.verdict("F10", known, Subject.MONTH, month, at)


VERDICTS = (OpinionMonths(),)
