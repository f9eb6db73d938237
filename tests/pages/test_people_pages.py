"""Administration in a browser: people as a table, the tree of categories, ways that are tried, disks and models."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.people import Role
from tests.support.browser import watched_page
from tests.support.tables import separated
from tests.support.web_site import WebSite, web_site

SETTINGS = """
[operators.1001]
name = "赵敏"
[queues.service]
name = "客户服务"
[categories.consult]
name = "咨询"
[categories.product]
name = "产品"
parent = "consult"
[categories.harm]
name = "损害"
"""
PAGES = {
    "people": "/admin/people",
    "open": "/admin/people/boss/open",
    "import": "/people/import",
    "tree": "/admin/settings/categories/tree",
    "try": "/admin/notifications/try",
    "machine": "/admin/machine",
    "calendar": "/calendar?year=2027",
}
TABLE = separated(
    [
        ("用户名", "姓名", "角色", "分机", "队列"),
        ("sunli", "孙丽", "客服", "1003", "客户服务"),
        ("shen", "沈静", "质检", "", ""),
    ],
    ",",
).encode("gb18030")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("people"), SETTINGS) as running:
        running.add_user("boss", Role.ADMINISTRATOR, name="周管理")
        yield running


@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [("zh", "light", 1366), ("en", "dark", 1366), ("zh", "light", 390), ("en", "dark", 390)],
)
def test_every_page_is_whole(site: WebSite, browser: Browser, language: str, theme: str, width: int) -> None:
    with watched_page(browser, site.url) as watched:
        watched.dress(language, theme, width)
        site.sign_in(watched.page, "boss")
        for name, path in PAGES.items():
            watched.page.goto(path)
            expect(watched.page.locator("h1")).to_be_visible()
            wider = watched.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, f"{path} is {wider} pixels too wide"
            watched.shot(f"people-{name}-{language}-{theme}-{width}")


def test_a_table_is_rehearsed_taken_and_its_passwords_fetched(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "boss")
        page.goto("/people/import")
        page.set_input_files("#file", {"name": "人员.csv", "mimeType": "text/csv", "buffer": TABLE})
        page.get_by_role("button", name="查看").first.click()
        expect(page.locator("#changes-title")).to_be_visible()
        watched.shot("people-rehearsal")
        page.locator("button[value=take]").click()
        expect(page.locator("code.secret")).to_have_count(3)
        watched.shot("people-imported")
        with page.expect_download() as fetched:
            page.get_by_role("button", name="下载密码表").click()
        assert fetched.value.suggested_filename == "first-passwords.xlsx"


def test_a_category_is_moved_by_dragging_and_by_keyboard(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "boss")
        page.goto(PAGES["tree"])
        page.locator("[data-category=product]").drag_to(page.locator("[data-category=harm]"))
        chosen = page.locator("[data-category=product] select[name=parent]")
        expect(chosen).to_have_value("harm")
        chosen.focus()
        page.keyboard.press("Home")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("[data-category=product] select[name=parent]")).to_have_value("")
