"""A customer answers a visit's questions behind a link on a telephone; campaigns and reports on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.numbers import normalise
from hotline.domain.people import Role
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.visit import Ending, Origin, Satisfaction, Visit, VisitWay
from hotline.services.visit_links.sending import make_answer_link
from hotline.services.visits.planning import plan
from hotline.storage.visits.store import VisitStore
from tests.support.browser import watched_page
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    settings = '[web]\npublic_url = "https://hotline.example.com"\n'
    with web_site(tmp_path_factory.mktemp("visit-links"), settings) as running:
        running.add_user("boss", Role.SUPERVISOR, name="班长")
        yield running


def a_link(site: WebSite, number: str) -> tuple[Visit, str]:
    new = NewVisit(Origin.BY_HAND, site.now(), number=normalise(number), way=VisitWay.LINK)
    with site.storage.writing() as tx:
        visit = plan(tx, site.settings, new, "boss", site.now())
        assert visit is not None
        return visit, make_answer_link(tx, site.settings, visit, "boss", site.now()).token


def again(site: WebSite, visit: Visit) -> Visit:
    with site.storage.reading() as tx:
        found = VisitStore(tx).by_id(visit.id or 0)
    assert found is not None
    return found


def test_a_customer_answers_once_on_their_telephone(site: WebSite, browser: Browser) -> None:
    visit, token = a_link(site, "13800138001")
    with watched_page(browser, site.url, **PHONE) as watched:
        page = watched.page
        page.goto(f"/l/{token}?lang=zh")
        page.get_by_role("button", name="开始答题").click()
        expect(page.get_by_role("heading", name="您对我们的服务满意吗？")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        with_what = page.get_by_label("能否告诉我您对哪方面不满意？")
        expect(with_what).to_be_hidden()
        page.get_by_label("不满意", exact=True).check()
        expect(with_what).to_be_visible()
        page.get_by_role("button", name="提交答案").click()
        expect(page.get_by_text("请回答这个问题。")).to_be_visible()
        expect(page.get_by_label("不满意", exact=True)).to_be_checked()
        with_what.fill("等候时间太长")
        page.get_by_role("button", name="提交答案").click()
        expect(page.get_by_role("heading", name="感谢您的答复")).to_be_visible()
        page.goto(f"/l/{token}")
        expect(page.get_by_role("heading", name="感谢您的答复")).to_be_visible()
    done = again(site, visit)
    assert (done.ending, done.result, done.with_what) == (Ending.ANSWERED, Satisfaction.NOT_SATISFIED, "等候时间太长")


def test_who_does_not_want_to_be_asked_presses_a_button(site: WebSite, browser: Browser) -> None:
    visit, token = a_link(site, "13800138002")
    with watched_page(browser, site.url, **PHONE) as watched:
        page = watched.page
        page.goto(f"/l/{token}?lang=zh")
        page.get_by_role("button", name="开始答题").click()
        page.get_by_role("button", name="我不想接受回访").click()
        expect(page.get_by_role("heading", name="感谢您的答复")).to_be_visible()
    assert again(site, visit).ending is Ending.REFUSED


def test_a_campaign_from_its_list_to_its_start(site: WebSite, browser: Browser, tmp_path: Path) -> None:
    table = tmp_path / "名单.csv"
    table.write_text("姓名,电话\n陈先生,13900139001\n吴女士,1390013\n陈先生,13900139001\n国外,+4930123456\n", "utf-8")
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "boss")
        page.goto("/campaigns?lang=zh")
        page.get_by_role("link", name="导入名单").click()
        page.get_by_label("向客户说明的目的").fill("新品说明")
        page.get_by_label("哪份合同，或在何处、何时同意").fill("展会登记表")
        page.get_by_role("button", name="保存").click()
        page.get_by_label("表格").set_input_files(table)
        page.get_by_role("button", name="导入").click()
        expect(page.get_by_text("已收入3行，1行无法读取。")).to_be_visible()
        page.get_by_role("button", name="抽取").click()
        expect(page.get_by_role("row", name="境外号码 1")).to_be_visible()
        page.get_by_role("link", name="该行无法读取").click()
        expect(page.get_by_text("1390013")).to_be_visible()
        page.go_back()
        page.get_by_role("button", name="开始", exact=True).click()
        expect(page.get_by_text("进行中")).to_be_visible()


def test_the_report_of_a_month_has_its_charts(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "boss")
        page.goto("/visits/months/report?lang=zh")
        expect(page.get_by_role("heading", name="回访总结报告")).to_be_visible()
        expect(page.get_by_role("img", name="每日完成数")).to_be_visible()
        expect(page.get_by_text("等候时间太长")).to_be_visible()
        expect(page.get_by_role("button", name="打印")).to_be_visible()
