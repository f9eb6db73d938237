"""Verdicts of return visits: when they were made, by whom, what they left, and whether that is still there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from hotline.domain.verdicts.judged import Judged, at_most, in_time, kept, not_applicable, so
from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict, WhyJudged
from hotline.domain.visits.visit import VISIT_CLOCK, Ending, VisitOrigin, VisitWay
from hotline.services.verdicts.clocks import Deadlines, Whose
from hotline.services.verdicts.days import Months, month_at
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.sources import SOURCES
from hotline.storage.verdicts.visited import ClosedVisit, closed_visits, visit_recordings
from hotline.storage.visits.store import VisitStore

_EXCUSED = {
    Ending.NOT_OWED: WhyJudged.NOT_OWED,
    Ending.NOT_REACHED: WhyJudged.NOT_REACHED,
    Ending.REFUSED: WhyJudged.NOT_REACHED,
    Ending.WRONG_NUMBER: WhyJudged.WRONG_NUMBER,
    Ending.NOT_WANTED: WhyJudged.NOT_OWED,
}
#: What is due to the customers of these by its own rule.
_BY_ORIGIN = {VisitOrigin.PROJECT: "E8", VisitOrigin.CASE: "E9", VisitOrigin.NEW_CUSTOMER: "E11"}


class ClosedVisits(TableMaker):
    """E1, E3, E5; E8, E9 and E11 by what it was for."""

    name, subject, rules = "visits", Subject.VISIT, ("E1", "E3", "E5", "E8", "E9", "E11")
    source = SOURCES["visits"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        return {str(each.id): list(_of_visit(each, ground)) for each in closed_visits(tx, ids)}


def _of_visit(visit: ClosedVisit, ground: Ground) -> Iterator[Verdict]:
    person = ground.person_of_account(visit.visitor or visit.closed_by)
    ending = Ending(visit.ending) if visit.ending else None

    def of(rule: str, judged: Judged) -> Verdict:
        return ground.verdict(rule, judged, Subject.VISIT, str(visit.id), visit.begins_at, visit.line, person)

    if ending is Ending.ANSWERED:
        yield of("E1", _left(visit))
        by = visit.closed_by
        interested = {*visit.barred, visit.about, visit.case_opened_by or ""} - {""}
        yield of("E5", so(by not in interested))
    # The way that the customer wants is chosen when a visit is planned, and asked for again at each dial.
    yield of("E3", kept(why=WhyJudged.BY_CONFIGURATION.value))
    rule = _BY_ORIGIN.get(VisitOrigin(visit.origin))
    if rule is not None:
        yield of(rule, _asked_in_time(visit, ending))


def _left(visit: ClosedVisit) -> Judged:
    """E1: a record, and of a call its sound."""
    if not visit.written:
        return Judged(Judgement.BROKEN, why=WhyJudged.NO_RECORD.value)
    if visit.way == VisitWay.CALL and not visit.recorded:
        return Judged(Judgement.BROKEN, why=WhyJudged.NO_RECORDING.value)
    return kept()


def _asked_in_time(visit: ClosedVisit, ending: Ending | None) -> Judged:
    if ending in _EXCUSED:
        return not_applicable(_EXCUSED[ending])
    judged = in_time(visit.begins_at, visit.due_at, visit.closed_at, late=visit.closed_at >= visit.due_at)
    assert judged is not None  # it is closed
    return judged


class VisitMonths(Months):
    """E4. Who may see visits is one table of rights, and each look is noted (F8): that none of their files is lost is
    what can go wrong. What is deleted when its time is over is not lost."""

    name, subject, rules = "visit_months", Subject.MONTH, ("E4",)

    def of_month(
        self, tx: Transaction, month: str, start: datetime, end: datetime, ground: Ground
    ) -> Iterable[Verdict]:
        recordings, lost = visit_recordings(tx, start, end)
        judged = at_most(lost, 0, "recordings") if recordings else not_applicable(WhyJudged.NOTHING_TO_COUNT)
        yield ground.verdict("E4", judged, Subject.MONTH, month, month_at(end))


def _visitors(tx: Transaction, ids: Collection[int], ground: Ground) -> Mapping[int, Whose]:
    visits = VisitStore(tx).by_ids(set(ids))
    return {key: Whose(ground.person_of_account(each.visitor), each.line) for key, each in visits.items()}


VERDICTS = (ClosedVisits(), VisitMonths(), Deadlines("visit_clocks", Subject.VISIT, {VISIT_CLOCK: "E7"}, _visitors))
