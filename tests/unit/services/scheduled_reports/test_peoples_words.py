"""Call details that people confirm or object to (F12), and what they write of their work (F1)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.scheduled_reports.report import DetailsAnswer
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.scheduled_reports.summary import SummarySpan
from hotline.domain.staff.records import Membership, Team
from hotline.services.led import led_by
from hotline.services.scheduled_reports.confirming import answer_details, decide_details, own_details
from hotline.services.scheduled_reports.summaries import reply_to_summary, see_summaries, write_summary
from hotline.services.waiting import waiting_of
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.scheduled_reports.summaries import SummaryStore
from hotline.storage.staff.spans import MemberStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.instance import at
from tests.support.notified import told_site
from tests.support.sample_calls import answered_call
from tests.unit.services.scheduled_reports.reports_site import BEGAN, Site

FIRST = at("2026-12-01 09:00:00")
WORDS = ("接听42通", "系统慢", "多看知识库")


@pytest.fixture
def site(storage: Storage, tmp_path: Path) -> Site:
    made = Site(told_site(tmp_path, storage))
    made.only(ReportKind.CALL_DETAILS)
    made.run(BEGAN)
    made.keep(answered_call(start=BEGAN + timedelta(hours=1)))
    return made


def details(site: Site, person_id: int) -> int:
    return next(each.id or 0 for each in site.made() if each.person_id == person_id)


def test_f2_each_person_gets_the_details_of_their_own_calls_of_the_month(site: Site) -> None:
    assert site.run(FIRST) == 1
    who = {"1001": site.zhao, "1002": site.qian}["1002"]
    found = own_details(site.storage, site.told.settings, who, None, "zh", FIRST)
    assert found.shown is not None and found.shown.starts_at == at("2026-11-01 00:00:00")
    calls = found.tables[-1]
    assert calls.name == "通话" and len(calls.rows) == 1 and calls.rows[0][2] == "138****8000"
    nobody = own_details(site.storage, site.told.settings, site.zhao, None, "zh", FIRST)
    assert len(nobody.tables[-1].rows) == 0
    with pytest.raises(NotFound):
        own_details(site.storage, site.told.settings, site.zhao, found.shown.id, "zh", FIRST)


def test_f12_confirmed_by_the_person_alone(site: Site) -> None:
    site.run(FIRST)
    report_id = details(site, site.qian_id)
    assert waiting_of(site.storage, site.qian, ["call_details"], FIRST) == {"call_details": 1}
    with pytest.raises(Forbidden):
        answer_details(site.storage, site.told.settings, report_id, False, "", site.zhao, FIRST)
    answer_details(site.storage, site.told.settings, report_id, False, "", site.qian, FIRST)
    assert waiting_of(site.storage, site.qian, ["call_details"], FIRST) == {}


def test_f12_an_objection_needs_words_and_is_answered_by_a_supervisor_once(site: Site) -> None:
    site.run(FIRST)
    report_id = details(site, site.qian_id)
    with pytest.raises(Refused):
        answer_details(site.storage, site.told.settings, report_id, True, "  ", site.qian, FIRST)
    answer_details(site.storage, site.told.settings, report_id, True, "少了一通", site.qian, FIRST)
    assert "details_objected" in [each.kind for each in site.told.page_of(site.boss_id)]
    with pytest.raises(Forbidden):
        decide_details(site.storage, report_id, "已补", site.qian, FIRST)
    decide_details(site.storage, report_id, "已补", site.boss, FIRST)
    with pytest.raises(Conflict):
        decide_details(site.storage, report_id, "再补", site.boss, FIRST)
    with pytest.raises(Conflict):
        answer_details(site.storage, site.told.settings, report_id, False, "", site.qian, FIRST)
    with site.storage.reading() as tx:
        answer = ScheduledReportStore(tx).answers([report_id])[report_id]
    assert (answer.answer, answer.words, answer.decision) == (DetailsAnswer.OBJECTED, "少了一通", "已补")
    assert "details_decided" in [each.kind for each in site.told.page_of(site.qian_id)]


def test_f1_a_summary_is_read_by_who_leads_them_and_nobody_else(site: Site) -> None:
    with site.storage.writing() as tx:
        team = StaffStore(tx).add_unit(Team("一组", site.qian_id))
        MemberStore(tx).add(Membership(team.id or 0, site.zhao_id))
    day = date(2026, 11, 16)
    write_summary(site.storage, site.told.settings, site.zhao, SummarySpan.WEEK, day, WORDS, BEGAN)
    assert "summary_written" in [each.kind for each in site.told.page_of(site.qian_id)]
    seen = see_summaries(site.storage, site.boss, SummarySpan.WEEK, date(2026, 11, 20), BEGAN)
    assert [each.name for each in seen.others] == ["赵敏"] and "钱伟" in seen.missing
    summary_id = seen.others[0].summary.id or 0
    with pytest.raises(Forbidden):
        reply_to_summary(site.storage, summary_id, "好", site.zhao, BEGAN)
    reply_to_summary(site.storage, summary_id, "好", site.boss, BEGAN)
    own = see_summaries(site.storage, site.zhao, SummarySpan.WEEK, day, BEGAN).own
    assert own is not None and (own.reply, own.read_by) == ("好", "boss")
    assert see_summaries(site.storage, site.qian, SummarySpan.WEEK, day, BEGAN).others == []
    with site.storage.reading() as tx:
        assert SummaryStore(tx).of(site.zhao_id, SummarySpan.DAY, day) is None
    assert led_by(site.storage, site.qian.user_id or 0, BEGAN).usernames == {"zhao"}


@pytest.mark.parametrize(
    ("words", "day", "field"),
    [
        (("", "a", ""), "2026-11-16", "work"),
        (("x" * 4001, "", ""), "2026-11-16", "work"),
        (("x", "", "y" * 4001), "2026-11-16", "better"),
        (WORDS, "2026-11-17", "day"),
        (WORDS, "2026-10-01", "day"),
    ],
)
def test_f1_what_does_not_fit_is_refused(site: Site, words: tuple[str, str, str], day: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        write_summary(
            site.storage, site.told.settings, site.zhao, SummarySpan.DAY, date.fromisoformat(day), words, BEGAN
        )
    assert refused.value.field == field


def test_f1_a_summary_is_written_anew_until_the_time_is_over(site: Site) -> None:
    for words in (WORDS, ("改过", "", "")):
        write_summary(site.storage, site.told.settings, site.zhao, SummarySpan.DAY, date(2026, 11, 16), words, BEGAN)
    seen = see_summaries(site.storage, site.zhao, SummarySpan.DAY, date(2026, 11, 16), BEGAN)
    assert seen.own is not None and seen.own.work == "改过" and seen.open
    assert [each.kind for each in site.told.page_of(site.boss_id)].count("summary_written") == 1
