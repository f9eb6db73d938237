"""Backups and jobs in a browser: an administrator backs up, brings back while the web server runs, and runs a job
(E4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.job_runs.outcome import JobOutcome
from hotline.domain.people import Role
from hotline.domain.reasons import because, several
from hotline.services.backups.place import Place
from hotline.services.backups.working import work
from hotline.services.job_runs.book import JobBook
from hotline.settings.secrets import load_or_create_secrets
from tests.support.browser import watched_page
from tests.support.web_site import WebSite, web_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("keeping")) as running:
        running.add_user("admin", Role.ADMINISTRATOR, name="管理员")
        yield running


def _work(site: WebSite) -> None:
    """What the job does."""
    work(Place(site.home, site.storage, lambda: site.settings, load_or_create_secrets(site.home)), site.clock)


def test_a_backup_is_made_and_brought_back_while_people_work(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "admin")
        page.goto("/admin/backups")
        watched.shot("backups-none")
        page.get_by_role("button", name="立即备份").click()
        expect(page.locator("#backups")).to_contain_text("等待处理")
        _work(site)
        expect(page.locator("#backups")).to_contain_text("演练确认完好")
        expect(page.locator("#backups tbody tr").first).to_contain_text("恢复", timeout=20_000)
        site.add_user("later", Role.OPERATOR, name="后来")
        page.get_by_role("link", name="恢复 hotline-").first.click()
        expect(page.locator("main")).to_contain_text("须重新办理")
        page.get_by_label("请输入公司名称").fill("别的公司")
        page.get_by_role("button", name="将数据库恢复到").click()
        expect(page.locator("#site-problem")).to_be_visible()
        watched.shot("backups-restore")
        page.get_by_label("请输入公司名称").fill(site.settings.site.company)
        page.get_by_role("button", name="将数据库恢复到").click()
        expect(page.locator("#backups")).to_contain_text("等待处理")
        _work(site)
        page.goto("/admin/backups")
        expect(page.locator("#backups")).to_contain_text("恢复前自动备份")
        watched.shot("backups")
        page.set_viewport_size({"width": 390, "height": 844})
        watched.shot("backups-phone")
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto("/admin/people")
        expect(page.locator("body")).not_to_contain_text("后来")


def test_jobs_in_trouble_stand_first_and_one_is_run(site: WebSite, browser: Browser) -> None:
    now = site.now()
    book = JobBook(site.storage, patience=0)
    book.begin({"sms": 15, "trunks": 30, "backups": 15, "reports": 60}, now)
    book.keep(JobOutcome("trunks", now, now, problem=because("machine.broken", why="TimeoutError"), slowest_ms=12_000))
    book.keep(JobOutcome("reports", now, now, said=because("scheduled_reports.made", n=3), slowest_ms=2300))
    book.keep(JobOutcome("sms", now, now, slowest_ms=4))
    book.still_running("backups", now - timedelta(hours=2))
    with watched_page(browser, site.url, color_scheme="dark") as watched:
        page = watched.page
        page.context.add_cookies([{"name": "language", "value": "en", "url": site.url}])
        site.sign_in(page, "admin")
        page.goto("/admin/jobs")
        rows = page.locator("#jobs tbody tr")
        expect(rows.nth(0)).to_contain_text("Stuck")
        expect(rows.nth(1)).to_contain_text("Failed")
        expect(page.locator("#jobs")).to_contain_text("Reports made: 3")
        watched.shot("jobs-dark-en")
        page.get_by_role("button", name="Run now: Sends text messages").click()
        expect(page.locator("#jobs")).to_contain_text("wished for")
        page.set_viewport_size({"width": 390, "height": 844})
        watched.shot("jobs-phone-dark-en")
        page.get_by_role("link", name="Watches the carriers").click()
        expect(page.locator("main")).to_contain_text("TimeoutError")
        watched.shot("jobs-one-phone-dark-en")
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto("/admin/backups")
        watched.shot("backups-dark-en")


def test_what_jobs_did_is_read_in_chinese(site: WebSite, browser: Browser) -> None:
    now, book = site.now(), JobBook(site.storage, patience=0)
    book.begin({"cases": 60, "leaving": 5, "reports": 60}, now)
    gone = because("hiring.have_left", operators=["1002 qian"])
    out = because("hiring.signed_out", places=["service 1002", "gift 1002"])
    book.keep(JobOutcome("cases", now, now, said=because("cases.went_up", n=3), slowest_ms=120))
    book.keep(JobOutcome("leaving", now, now, said=several(gone, out), slowest_ms=80))
    book.keep(JobOutcome("reports", now, now, said=because("storage.legacy", text="3 reports made"), slowest_ms=2300))
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "admin")
        page.goto("/admin/jobs")
        expect(page.locator("#jobs")).to_contain_text("已升级工单 3 件")
        watched.shot("jobs-did")
        page.get_by_role("link", name="收回离职人员的权限").click()
        expect(page.locator("main")).to_contain_text("已离职：1002 qian")
        watched.shot("jobs-did-one")
        page.set_viewport_size({"width": 390, "height": 844})
        watched.shot("jobs-did-one-phone")
