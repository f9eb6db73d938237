"""A table is brought in by the page, in a real browser: Chinese and English, on the smallest screen of a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.people import Role
from hotline.storage.customers.store import CustomerStore
from tests.support import tables
from tests.support.browser import watched_page
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

ROWS: list[list[object]] = [
    ["2026 年客户名单"],
    ["客户名称", "公司名称", "手机号码", "联系电话", "会员等级", "备注"],
    ["张伟", "深圳昌鑫电子有限公司", 13800138000, "0755-83765566转801", "金", "常客"],
    ["李四", "", "13900139000", "", "银", "下午联系"],
    ["王五", "某某集团", "8001", "", "", ""],
    ["赵六", "", 13700137000, "", "", ""],
    ["孙七", "", "1.38001E+10", "", "", ""],
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("tables")) as running:
        running.add_user("chen", Role.SUPERVISOR, name="陈主管")
        yield running


def names(site: WebSite) -> list[str]:
    with site.storage.reading() as tx:
        return sorted(customer.name for customer in CustomerStore(tx).all())


def whole(page: Page) -> None:
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{page.url} is {wider} pixels too wide"


@pytest.mark.parametrize(("language", "theme"), [("zh", "light"), ("en", "dark")])
def test_a_workbook_is_looked_at_settled_and_taken(
    site: WebSite, browser: Browser, tmp_path: Path, language: str, theme: str
) -> None:
    wrong, right = tmp_path / "客户名单.xlsx", tmp_path / "客户.xlsx"
    wrong.write_bytes(tables.workbook(ROWS))
    right.write_bytes(tables.workbook([*ROWS[:4], ["周八" + language, "", 13600136000, "", "", ""]]))
    with watched_page(browser, site.url) as watched:
        page = watched.page
        page.context.add_cookies(
            [
                {"name": "language", "value": language, "url": site.url},
                {"name": "theme", "value": theme, "url": site.url},
            ]
        )
        site.sign_in(page, "chen")
        page.goto("/customers")
        page.click("a[href='/customers/import']")
        page.wait_for_url("**/customers/import")
        watched.shot(f"tables-choose-{language}")
        whole(page)
        page.set_input_files("#file", wrong)
        page.click("main form[enctype] button[type=submit]")
        expect(page.locator("[role=alert]")).to_contain_text("会员等级")
        expect(page.locator("button[value=take]")).to_be_disabled()
        watched.shot(f"tables-columns-{language}")
        whole(page)
        page.select_option("select[name=column-4]", "-")
        page.click("button[value=check]")
        expect(page.locator("[role=alert]")).to_contain_text("8001")
        watched.shot(f"tables-faults-{language}")
        whole(page)
        page.click("a.back")
        page.set_input_files("#file", right)
        page.click("main form[enctype] button[type=submit]")
        page.select_option("select[name=column-4]", "-")
        page.click("button[value=check]")
        expect(page.locator("button[value=take]")).to_be_enabled()
        watched.shot(f"tables-ready-{language}")
        page.click("button[value=take]")
        page.wait_for_url("**/customers")
        expect(page.locator("[role=status]").first).to_be_visible()
        assert "周八" + language in names(site)
        for kind in ("directory", "roster"):
            page.goto(f"/{kind}")
            page.locator(f"a[href='/{kind}/import']").click()
            page.wait_for_url(f"**/{kind}/import")
            whole(page)
            watched.shot(f"tables-choose-{kind}-{language}")
