"""Verdicts of the monthly appraisal: whether the month was signed and closed (F3, F7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hotline.domain.calendar import local_day
from hotline.domain.verdicts.judged import kept, not_applicable, not_judged
from hotline.domain.verdicts.verdict import Subject, Verdict, WhyJudged
from hotline.services.appraisal.cards import month_cards
from hotline.services.verdicts.days import Months, month_at
from hotline.services.verdicts.maker import Ground
from hotline.storage.appraisal.store import AppraisalStore
from hotline.storage.transaction import Transaction


class AppraisedMonths(Months):
    """Kept once each team with somebody to appraise is closed. No regulation says by when, so an open one is to be
    looked at, and breaks nothing."""

    name, subject, rules = "appraised_months", Subject.MONTH, ("F3", "F7")

    def of_month(
        self, tx: Transaction, month: str, start: datetime, end: datetime, ground: Ground
    ) -> Iterable[Verdict]:
        teams = set(month_cards(tx, ground.at(month_at(end)), local_day(start), ground.now).teams)
        newest = AppraisalStore(tx).newest([month])
        closed = {team for (_month, team), each in newest.items() if each.closed_at and not each.reopened_at}
        for rule in self.rules:
            if not teams:
                judged = not_applicable(WhyJudged.NOTHING_TO_COUNT)
            elif teams <= closed:
                judged = kept(len(closed & teams), len(teams))
            else:
                judged = not_judged(WhyJudged.STILL_OPEN)
            yield ground.verdict(rule, judged, Subject.MONTH, month, month_at(end))


VERDICTS = (AppraisedMonths(),)
