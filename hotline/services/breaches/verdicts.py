"""Verdicts of what follows from complaints (F4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hotline.domain.appraisal.scheme import Measure
from hotline.domain.breaches.breach import RULES as RULE_OF_KIND
from hotline.domain.breaches.breach import Breach, weighed
from hotline.domain.verdicts.judged import Judged, not_applicable, not_judged, so
from hotline.domain.verdicts.verdict import Subject, Verdict, WhyJudged
from hotline.services.breaches.terms import terms_of
from hotline.services.verdicts.days import Months, month_at
from hotline.services.verdicts.maker import Ground
from hotline.storage.appraisal.material import MaterialStore
from hotline.storage.breaches.store import BreachStore
from hotline.storage.transaction import Transaction

#: More complaints about one person in a month are not looked through.
_MOST = 1000


class MonthsOfComplaints(Months):
    """F4, by person: each complaint about them stands in the register, and what follows is by the figures of its time,
    doubled where it came again. No regulation says by when a complaint has to be decided, so an undecided one is to be
    looked at, and breaks nothing."""

    name, subject, rules = "months_of_complaints", Subject.MONTH, ("F4",)

    def of_month(
        self, tx: Transaction, month: str, start: datetime, end: datetime, ground: Ground
    ) -> Iterable[Verdict]:
        registered = [each for each in BreachStore(tx).of(None) if RULE_OF_KIND[each.kind] == "F4"]
        sources = {each.source for each in registered}
        complaints = {
            person_id: {
                f"{each.kind}:{each.id}"
                for each in MaterialStore(tx).rows(Measure.COMPLAINTS, person_id, start, end, _MOST)
            }
            for person_id in MaterialStore(tx).sums(Measure.COMPLAINTS, start, end)
        }
        people = {*complaints, *(each.person_id for each in registered if start <= each.at < end)}
        for person_id in sorted(people):
            undecided = complaints.get(person_id, set()) - sources
            theirs = [each for each in registered if each.person_id == person_id]
            judged = not_judged(WhyJudged.STILL_OPEN) if undecided else _as_said(theirs, start, end, ground)
            # Who decides owes it, not whom they decide on: it is nobody's own.
            yield ground.verdict("F4", judged, Subject.MONTH, month, month_at(end), part=f"person-{person_id}")
        if not people:
            nothing = not_applicable(WhyJudged.NOTHING_TO_COUNT)
            yield ground.verdict("F4", nothing, Subject.MONTH, month, month_at(end))


def _as_said(theirs: list[Breach], start: datetime, end: datetime, ground: Ground) -> Judged:
    weights = weighed(theirs)
    standing = [each for each in theirs if start <= each.at < end and each.withdrawn_at is None]
    if not standing:
        return not_applicable(WhyJudged.WITHDRAWN)
    other = [each.id for each in standing if not _is_as_said(each, weights[each.id or 0].nth, ground)]
    return so(not other, evidence={"breaches": other})


def _is_as_said(breach: Breach, nth: int, ground: Ground) -> bool:
    """By the figures of when it was declared. One that came again must be one that costs more: with no days within
    which it does, nothing is doubled."""
    terms = terms_of(breach.kind, ground.at(breach.declared_at))
    return breach.terms == terms and (nth == 1 or breach.terms.again_days > 0 or breach.terms.dismissal_at > 0)


VERDICTS = (MonthsOfComplaints(),)
