"""Reports by mail: with the workbook, no personal data in the text, a link for who has no account (B4, E4)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from hotline.domain.errors import Forbidden
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.services.alerts import open_alerts
from hotline.services.links import links
from hotline.services.scheduled_reports.by_link import book_by_link
from hotline.services.scheduled_reports.seeing import book_of_report, see_report, send_again
from hotline.services.scheduled_reports.undelivered import watch
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.transaction import Storage
from tests.support.gateways import MailServer, mail_server
from tests.support.notified import told_site
from tests.support.sample_calls import answered_call
from tests.unit.services.scheduled_reports.reports_site import BEGAN, DUE, Site

NUMBER = "+8613800138000"


@pytest.fixture
def site(storage: Storage, tmp_path: Path) -> Site:
    made = Site(told_site(tmp_path, storage, '[web]\npublic_url = "https://hotline.example.com"\n'))
    made.only(ReportKind.DAILY)
    made.run(BEGAN)
    made.keep(answered_call(start=BEGAN + timedelta(hours=1), number=NUMBER))
    return made


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as made:
        yield made


def sent(site: Site, server: MailServer) -> EmailMessage:
    site.told.mail_at(server)
    site.mail_of(site.boss_id, "boss@example.com")
    site.run(DUE)
    site.told.send()
    ((_to, mail),) = server.got
    return mail


def sheets(book: bytes) -> dict[str, list[tuple[object, ...]]]:
    found = openpyxl.load_workbook(io.BytesIO(book))
    return {each.title: list(each.iter_rows(values_only=True)) for each in found.worksheets}


def test_b4_the_mail_has_counts_and_the_workbook_and_nothing_of_a_caller(site: Site, server: MailServer) -> None:
    mail = sent(site, server)
    body = mail.get_body()
    assert body is not None
    text = f"{mail['Subject']} {body.get_content()}"
    assert "每日台账" in text and "来电 1 通" in text and "13800138000" not in text and "138" not in text
    assert "https://hotline.example.com/notifications/" in text
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "report-daily-20261116.xlsx"
    calls = sheets(attached.get_content())["通话"]
    assert len(calls) == 2 and calls[1][2] == "138****8000"


def test_e4_the_workbook_stays_at_home_where_the_settings_say_so(site: Site, server: MailServer) -> None:
    reports = site.told.settings.reports.model_copy(update={"attach": False})
    site.told.settings = site.told.settings.model_copy(update={"reports": reports})
    assert list(sent(site, server).iter_attachments()) == []


def test_e4_an_address_that_became_foreign_meanwhile_gets_no_workbook(site: Site, server: MailServer) -> None:
    site.told.mail_at(server)
    site.mail_of(site.boss_id, "boss@example.com")
    site.run(DUE)
    site.mail_of(site.boss_id, "boss@gmail.com")
    site.told.send()
    ((_to, message),) = server.got
    assert list(message.iter_attachments()) == []


def test_a_mail_that_fails_is_tried_again_and_then_an_alert_until_it_is_sent_again(
    site: Site, server: MailServer
) -> None:
    site.told.mail_at(server)
    site.told.change(attempts=2, pause_after=100)
    site.mail_of(site.boss_id, "boss@example.com")
    server.at_rcpt = "451 later"
    site.run(DUE)
    for minutes in (0, 60):
        site.told.clock.now = DUE + timedelta(minutes=minutes)
        site.told.send()
    watch(site.storage, site.told.now)
    assert [each.kind for each in open_alerts(site.storage)] == ["report_not_sent"]
    report, server.at_rcpt = site.made()[0], ""
    assert send_again(site.storage, site.told.settings, report.id or 0, site.boss, site.told.now) == 1
    site.told.send()
    watch(site.storage, site.told.now)
    assert open_alerts(site.storage) == []
    assert sum("每日台账" in str(mail["Subject"]) for _to, mail in server.got) == 1


def test_the_same_report_is_the_same_workbook_byte_by_byte(site: Site) -> None:
    site.run(DUE)
    given = (site.storage, site.told.settings, site.made()[0].id or 0, site.boss, "zh", DUE)
    one, again = book_of_report(*given)[1], book_of_report(*given)[1]
    assert one == again
    english = sheets(book_of_report(*given[:4], "en", DUE)[1])
    assert set(english) == {"Figures", "Open matters", "Calls"}


def test_f8_who_opened_it_is_known_once(site: Site) -> None:
    site.run(DUE)
    report_id = site.made()[0].id or 0
    later = DUE + timedelta(hours=1)
    for now in (later, later + timedelta(hours=1)):
        see_report(site.storage, site.told.settings, report_id, site.boss, "zh", now)
    with site.storage.reading() as tx:
        (told,) = ScheduledReportStore(tx).recipients([report_id])[report_id]
    assert told.opened_at == later
    with pytest.raises(Forbidden):
        see_report(site.storage, site.told.settings, report_id, site.zhao, "zh", later)


def test_who_has_no_account_opens_it_by_a_link_of_their_own(site: Site, server: MailServer) -> None:
    site.told.mail_at(server)
    chief = site.told.person("总经理", email="chief@example.com")
    site.choose(ReportKind.DAILY, to=(f"person:{chief}",))
    site.run(DUE)
    site.told.send()
    ((_to, message),) = server.got
    body = message.get_body()
    assert body is not None
    token = body.get_content().split("/l/")[1].split()[0]
    opened = links.open_link(site.storage, token, DUE)
    assert opened is not None
    browser, link = opened
    assert link.object == f"report:{site.made()[0].id}"
    given = (site.storage, site.told.settings, token)
    assert "通话" in sheets(book_by_link(*given, browser, "zh", DUE)[1])
    for wrong, now in (("other", DUE), (browser, DUE + timedelta(hours=169))):
        with pytest.raises(Forbidden):
            book_by_link(*given, wrong, "zh", now)


def test_a_formula_that_a_caller_dictates_is_a_text(site: Site) -> None:
    from hotline.storage.forms.store import FormStore

    with site.storage.writing() as tx:
        (form,) = FormStore(tx).of_calls("node1", ["node1-1.2"]).values()
        FormStore(tx).update(replace(form, content='=HYPERLINK("http://evil")', version=2), form.version)
    site.run(DUE)
    book = book_of_report(site.storage, site.told.settings, site.made()[0].id or 0, site.boss, "zh", DUE)[1]
    cell = openpyxl.load_workbook(io.BytesIO(book))["通话"]["I2"]
    assert cell.value == '=HYPERLINK("http://evil")' and cell.data_type == "s"
