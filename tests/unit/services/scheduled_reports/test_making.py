"""Reports are made when they are due, each once, and go to whom the settings name (B4, F1, F2, F10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.errors import Refused
from hotline.domain.scheduled_reports.report import RecipientState
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.staff.records import Absence, Membership, Team
from hotline.services.alerts import open_alerts
from hotline.services.scheduled_reports.making import make_by_hand, make_due
from hotline.storage.forms.store import FormStore
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.staff.spans import AbsenceStore, MemberStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.instance import at
from tests.support.notified import told_site
from tests.support.sample_calls import answered_call, bare_call
from tests.unit.services.scheduled_reports.reports_site import BEGAN, DUE, Site

MINUTE = timedelta(minutes=1)


@pytest.fixture
def site(storage: Storage, tmp_path: Path) -> Site:
    made = Site(told_site(tmp_path, storage))
    made.only(ReportKind.DAILY)
    assert made.run(BEGAN) == 0
    return made


def test_b4_the_ledger_is_made_at_half_past_five_once(site: Site) -> None:
    site.keep(answered_call(start=at("2026-11-16 10:00:00")), bare_call(start=at("2026-11-16 17:30:00")))
    assert site.run(DUE - MINUTE) == 0 and site.run(DUE) == 1 and site.run(DUE + MINUTE) == 0
    (report,) = site.made()
    assert (report.starts_at, report.ends_at) == (BEGAN, DUE)
    assert report.content["figures"]["incoming"] == [1, 1]
    (told,) = site.told.page_of(site.boss_id)
    assert told.kind == "report_ready" and told.object == f"report:{report.id}"
    assert told.values["calls"] == 1


def test_b4_an_empty_ledger_is_made_too_and_the_next_begins_where_it_ended(site: Site) -> None:
    assert site.run(DUE) == 1 and site.run(DUE + timedelta(days=1)) == 1
    first, second = site.made()
    assert first.content["figures"]["incoming"] == [0, 0] and second.starts_at == first.ends_at


def test_b4_the_weekend_is_covered_by_mondays(site: Site) -> None:
    friday = at("2026-11-20 17:30:00")
    assert site.run(friday) == 5 and site.run(friday + timedelta(days=2)) == 0
    assert site.run(friday + timedelta(days=3)) == 1
    assert site.made()[-1].starts_at == friday


def test_a_server_that_was_down_makes_up_what_it_missed_once(site: Site) -> None:
    late = at("2026-11-18 19:05:00")
    assert site.run(late) == 3 and site.run(late) == 0
    assert [each.ends_at for each in site.made()] == [DUE + timedelta(days=day) for day in range(3)]
    assert {each.made_at for each in site.made()} == {late}


def test_two_processes_make_it_once(site: Site) -> None:
    """Who has moved the schedule makes it: the other finds it moved."""
    with site.storage.writing() as tx:
        assert ScheduledReportStore(tx).move(ReportKind.DAILY, BEGAN, DUE)
        assert not ScheduledReportStore(tx).move(ReportKind.DAILY, BEGAN, DUE)
    assert make_due(site.storage, site.told.settings, DUE) == 0 and site.made() == []


def test_a_clock_that_was_set_back_makes_nothing_twice(site: Site) -> None:
    assert site.run(DUE) == 1 and site.run(DUE - timedelta(hours=3)) == 0 and site.run(DUE) == 0


def test_what_was_stopped_goes_on_where_its_ledger_ended(site: Site) -> None:
    site.run(DUE)
    site.choose(ReportKind.DAILY, enabled=False)
    site.run(DUE + timedelta(days=3))
    site.choose(ReportKind.DAILY, enabled=True)
    site.run(DUE + timedelta(days=4) - MINUTE)
    site.run(DUE + timedelta(days=4))
    found = site.made()
    assert len(found) > 1 and found[1].starts_at == DUE


def test_b4_what_is_open_stands_in_it(site: Site) -> None:
    site.keep(answered_call(start=at("2026-11-16 10:00:00")))
    with site.storage.reading() as tx:
        (form,) = FormStore(tx).of_calls("node1", ["node1-1.2"]).values()
    site.run(DUE)
    assert site.made()[0].content["open"]["records"] == [form.id]


def test_f1_each_person_has_a_page_on_monday_that_goes_to_them_and_who_leads_them(site: Site) -> None:
    site.only(ReportKind.PERSON_WEEK)
    site.choose(ReportKind.PERSON_WEEK, enabled=True)
    with site.storage.writing() as tx:
        team = StaffStore(tx).add_unit(Team("一组", site.qian_id))
        MemberStore(tx).add(Membership(team.id or 0, site.zhao_id))
    monday = at("2026-11-23 14:30:00")
    site.run(BEGAN)
    assert site.run(monday) == 2  # of the 16th too, which was due after it began
    last = [each for each in site.made(ReportKind.PERSON_WEEK) if each.ends_at == at("2026-11-23 00:00:00")]
    assert {each.person_id for each in last} == {site.zhao_id, site.qian_id}
    of_zhao = next(each for each in last if each.person_id == site.zhao_id)
    with site.storage.reading() as tx:
        told = ScheduledReportStore(tx).recipients([of_zhao.id or 0])[of_zhao.id or 0]
    assert {each.person_id for each in told} == {site.zhao_id, site.qian_id}


def test_who_is_away_is_stood_in_for_by_their_deputy(site: Site) -> None:
    with site.storage.writing() as tx:
        AbsenceStore(tx).add(Absence(site.boss_id, BEGAN, DUE + timedelta(days=1), site.qian_id))
    site.run(DUE)
    with site.storage.reading() as tx:
        (told,) = ScheduledReportStore(tx).recipients([site.made()[0].id or 0]).values()
    assert {(each.person_id, each.deputy_for) for each in told} == {(site.boss_id, None), (site.qian_id, site.boss_id)}
    assert [each.kind for each in site.told.page_of(site.qian_id)] == ["report_ready"]


def test_a_report_to_nobody_is_an_alert_until_somebody_gets_it(site: Site) -> None:
    site.choose(ReportKind.DAILY, to=())
    site.run(DUE)
    (alert,) = open_alerts(site.storage)
    assert (alert.kind, alert.object) == ("report_nobody", "daily")
    site.choose(ReportKind.DAILY, to=("supervisor",))
    site.run(DUE + timedelta(days=1))
    assert open_alerts(site.storage) == []


def test_e4_who_has_a_foreign_mail_gets_nothing_and_an_alert_says_so(site: Site) -> None:
    mail = site.told.settings.mail.model_copy(update={"host": "localhost", "sender": "hotline@example.com"})
    site.told.settings = site.told.settings.model_copy(update={"mail": mail})
    site.mail_of(site.boss_id, "boss@gmail.com")
    site.choose(ReportKind.DAILY, to=("supervisor", f"person:{site.qian_id}"))
    site.run(DUE)
    with site.storage.reading() as tx:
        (told,) = ScheduledReportStore(tx).recipients([site.made()[0].id or 0]).values()
    assert {(each.person_id, each.state) for each in told} == {
        (site.boss_id, RecipientState.FOREIGN),
        (site.qian_id, RecipientState.TOLD),
    }
    assert site.told.page_of(site.boss_id) == []
    assert [each.kind for each in open_alerts(site.storage)] == ["report_nobody"]


def test_a_report_made_by_hand_is_made_once_and_moves_no_schedule(site: Site) -> None:
    given = (site.storage, site.told.settings, ReportKind.DAILY, BEGAN, BEGAN + timedelta(hours=1), "li", DUE)
    assert len(make_by_hand(*given)) == 1 and make_by_hand(*given) == []
    assert site.run(DUE) == 1 and site.made()[-1].starts_at == BEGAN
    with pytest.raises(Refused):
        make_by_hand(site.storage, site.told.settings, ReportKind.DAILY, DUE, BEGAN, "li", DUE)


def test_f12_the_same_content_has_the_same_hash_and_a_late_fact_is_seen(site: Site) -> None:
    from hotline.services.scheduled_reports.seeing import has_changed

    call = answered_call(start=at("2026-11-16 10:00:00"))
    site.keep(call)
    site.run(DUE)
    report = site.made()[0]
    with site.storage.reading() as tx:
        assert not has_changed(tx, site.told.settings, report)
    site.keep(replace(call, talk_seconds=call.talk_seconds + 60))
    with site.storage.reading() as tx:
        assert has_changed(tx, site.told.settings, report)
