"""F12: details are confirmed in the month in which they are given out; who left has no account and nothing open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hotline.domain.cases.case import ServiceCase
from hotline.domain.hiring.leaving import Leaving
from hotline.domain.scheduled_reports.report import AnsweredDetails, DetailsAnswer, MadeReport
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.verdicts.verdict import Verdict, WhyJudged
from hotline.services.hiring.verdicts import MonthsOfPeople
from hotline.services.verdicts.maker import ground
from hotline.settings import Settings
from hotline.settings.load import default_settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.hiring.store import LeavingStore
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.transaction import Storage
from tests.support.our_people import somebody

#: 2026-10-01 00:00 in Shanghai, and a month later.
OCTOBER = datetime(2026, 9, 30, 16, tzinfo=UTC)
END = datetime(2026, 10, 31, 16, tzinfo=UTC)
DAY = timedelta(days=1)


class _Figures:
    def at(self, _moment: datetime) -> Settings:
        return default_settings()


def judged(storage: Storage) -> list[Verdict]:
    with storage.reading() as tx:
        return list(MonthsOfPeople().judge(tx, ["2026-10"], ground(tx, _Figures(), END + 3 * DAY))["2026-10"])


def given_out(storage: Storage, person: int, ends_at: datetime = OCTOBER, answered: datetime | None = None) -> None:
    """Call details of the month before."""
    with storage.writing() as tx:
        store = ScheduledReportStore(tx)
        new = MadeReport(ReportKind.CALL_DETAILS, person, ends_at - 30 * DAY, ends_at, ends_at, {})
        made = store.add(new)
        assert made is not None and made.id is not None
        if answered is not None:
            store.answer(AnsweredDetails(made.id, DetailsAnswer.OBJECTED, "不是我的", answered))


def test_f12_who_confirms_or_objects_in_time_keeps_it_and_silence_or_lateness_breaks_it(storage: Storage) -> None:
    people = [somebody(storage, name, name, OCTOBER)[1] for name in ("zhao", "qian", "sun")]
    for person, answered in zip(people, (OCTOBER + 3 * DAY, END + DAY, None), strict=True):
        given_out(storage, person, answered=answered)
    given_out(storage, people[0], ends_at=END)  # November's
    found = {each.person_id: (each.judgement, each.why) for each in judged(storage)}
    assert found == {people[0]: ("kept", ""), people[1]: ("broken", ""), people[2]: ("broken", WhyJudged.STILL_OPEN)}


def left(storage: Storage, done: bool = True, active: bool = False) -> None:
    somebody(storage, "zhao", "赵敏", OCTOBER, extension=None)
    with storage.writing() as tx:
        at = OCTOBER + 9 * DAY
        LeavingStore(tx).add(Leaving("zhao", "1001", at, "qian", "admin", at, at if done else None))
        user = UserStore(tx).by_username("zhao")
        assert user is not None
        UserStore(tx).update(replace(user, active=active, extension="1001" if active else None))


def test_f12_who_left_with_nothing_open_keeps_it(storage: Storage) -> None:
    left(storage)
    (found,) = judged(storage)
    assert (found.person_id, found.judgement, found.value, found.unit) == (None, "kept", 0, "matters")


def test_f12_a_case_that_nobody_took_over_breaks_it(storage: Storage) -> None:
    left(storage)
    with storage.writing() as tx:
        CaseStore(tx).add(ServiceCase("", "complaint", "态度不好", "-", "zhao", "zhou", OCTOBER), OCTOBER.date())
    (found,) = judged(storage)
    assert (found.judgement, found.value) == ("broken", 1)


def test_f12_an_account_that_goes_on_breaks_it(storage: Storage) -> None:
    left(storage, active=True)
    (found,) = judged(storage)
    assert (found.judgement, found.why) == ("broken", WhyJudged.STILL_OPEN)


def test_f12_whose_time_came_and_who_still_has_not_left_breaks_it(storage: Storage) -> None:
    left(storage, done=False)
    assert [each.judgement for each in judged(storage)] == ["broken"]


def test_f12_nobody_left_and_nothing_was_given_out(storage: Storage) -> None:
    (found,) = judged(storage)
    assert (found.judgement, found.why) == ("not_applicable", WhyJudged.NOTHING_TO_COUNT)
