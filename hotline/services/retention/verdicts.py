"""Verdicts of what is kept (E2), that its use is noted (F8), and of persons' requests (G3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from hotline.domain.retention.privacy import PRIVACY_CLOCK
from hotline.domain.verdicts.judged import at_most, not_applicable, so
from hotline.domain.verdicts.verdict import Subject, Verdict, WhyJudged
from hotline.services.verdicts.clocks import Deadlines, Whose
from hotline.services.verdicts.days import Months, month_at
from hotline.services.verdicts.maker import Ground
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.months import recordings_kept, uses_noted

_YEAR = timedelta(days=365)


class KeptMonths(Months):
    name, subject, rules = "kept_months", Subject.MONTH, ("E2", "F8")

    def of_month(
        self, tx: Transaction, month: str, start: datetime, end: datetime, ground: Ground
    ) -> Iterable[Verdict]:
        at = month_at(end)
        recordings, lost = recordings_kept(tx, start, end, ground.now - ground.at(at).retention.years * _YEAR)
        held = at_most(lost, 0, "recordings") if recordings else not_applicable(WhyJudged.NOTHING_TO_COUNT)
        yield ground.verdict("E2", held, Subject.MONTH, month, at)
        yield ground.verdict("F8", so(uses_noted(tx, start, end) > 0), Subject.MONTH, month, at)


def _nobodys(tx: Transaction, ids: Collection[int], ground: Ground) -> Mapping[int, Whose]:
    """Whoever supervises answers them."""
    return {each: Whose(None) for each in ids}


VERDICTS = (KeptMonths(), Deadlines("privacy_clocks", Subject.PRIVACY, {PRIVACY_CLOCK: "G3"}, _nobodys))
