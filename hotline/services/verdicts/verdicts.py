"""Rules of which nothing that is kept tells, subject by subject, whether they held. That is said of each month, so that
none of them looks as if it were kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hotline.domain.verdicts.judged import not_judged
from hotline.domain.verdicts.verdict import Subject, Verdict, WhyJudged
from hotline.services.verdicts.days import Months, month_at
from hotline.services.verdicts.maker import Ground
from hotline.storage.transaction import Transaction

#: The program makes these so everywhere; that it did, no row tells.
_NOT_SEEN = ("A14", "E4", "F4", "F12", "G2")


class UnseenMonths(Months):
    name, subject, rules = "unseen_months", Subject.MONTH, _NOT_SEEN

    def of_month(
        self, tx: Transaction, month: str, start: datetime, end: datetime, ground: Ground
    ) -> Iterable[Verdict]:
        for rule in self.rules:
            yield ground.verdict(rule, not_judged(WhyJudged.NOT_SEEN), Subject.MONTH, month, month_at(end))


VERDICTS = (UnseenMonths(),)
