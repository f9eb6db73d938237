"""Verdicts of what each person confirms monthly, and of whoever left (F12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from hotline.domain.hiring.leaving import Leaving
from hotline.domain.scheduled_reports.report import AnsweredDetails, MadeReport
from hotline.domain.verdicts.judged import Judged, at_most, kept, not_applicable
from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict, WhyJudged
from hotline.services.open_matter import Holder, open_matters
from hotline.services.verdicts.days import Months, month_at
from hotline.services.verdicts.maker import Ground
from hotline.storage.accounts.users import UserStore
from hotline.storage.hiring.store import LeavingStore
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

_NOBODYS = "-"


class MonthsOfPeople(Months):
    """Call details have to be confirmed, or objected to, within the month in which they are given out. Whoever left has
    no account and nothing open."""

    name, subject, rules = "months_of_people", Subject.MONTH, ("F12",)

    def of_month(
        self, tx: Transaction, month: str, start: datetime, end: datetime, ground: Ground
    ) -> Iterable[Verdict]:
        found = [*_details(tx, start, end), *_leavings(tx, start, end)]
        for person_id, part, judged in found:
            yield ground.verdict("F12", judged, Subject.MONTH, month, month_at(end), person_id=person_id, part=part)
        if not found:
            nothing = not_applicable(WhyJudged.NOTHING_TO_COUNT)
            yield ground.verdict("F12", nothing, Subject.MONTH, month, month_at(end))


def _details(tx: Transaction, start: datetime, end: datetime) -> Iterator[tuple[int | None, str, Judged]]:
    store = ScheduledReportStore(tx)
    made = store.details_of(start, end)
    answers = store.answers([each.id or 0 for each in made])
    active = {each.id for each in StaffStore(tx).all()}
    for report in made:
        answer = answers.get(report.id or 0)
        if answer is not None or report.person_id in active:
            yield report.person_id, f"details-{report.id}", _confirmed(report, answer, end)


def _confirmed(report: MadeReport, answer: AnsweredDetails | None, end: datetime) -> Judged:
    if answer is not None and answer.answered_at < end:
        return kept()
    why = WhyJudged.STILL_OPEN.value if answer is None else ""
    return Judged(Judgement.BROKEN, why=why, evidence={"report": report.id})


def _leavings(tx: Transaction, start: datetime, end: datetime) -> Iterator[tuple[int | None, str, Judged]]:
    """Who lets somebody go owes that: it is nobody's own."""
    for each in LeavingStore(tx).between(start, end):
        yield None, f"leaving-{each.id}", _left(tx, each)


def _left(tx: Transaction, leaving: Leaving) -> Judged:
    user = UserStore(tx).by_username(leaving.username) if leaving.username else None
    if leaving.done_at is None or (user is not None and user.active and user.extension == leaving.extension):
        return Judged(Judgement.BROKEN, why=WhyJudged.STILL_OPEN.value, evidence={"leaving": leaving.id})
    name = user.display_name if user else ""
    left = open_matters(tx, Holder(leaving.username, _still_theirs(tx, leaving.extension), name, leaving.done_at))
    return at_most(len(left), 0, "matters", {"leaving": leaving.id})


def _still_theirs(tx: Transaction, extension: str) -> str:
    """What is open at an extension that somebody else has by now is theirs: then one that nobody can have."""
    taken = any(each.until is None for each in TenureStore(tx).search(extension=extension))
    return _NOBODYS if taken else extension


VERDICTS = (MonthsOfPeople(),)
