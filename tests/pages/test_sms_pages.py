"""The administrators' page of text messages in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.people import Role
from tests.support.browser import watched_page
from tests.support.web_site import WebSite, web_site

SETTINGS = """
[sms]
gateway = "file"
[sms.templates.done]
gateway_template = "SMS_1"
text = "您的工单{number}已处理完毕，详询400。拒收请回复R"
parameters = ["number"]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("sms"), SETTINGS) as running:
        running.add_user("admin", Role.ADMINISTRATOR, name="管理员")
        yield running


def test_a_test_is_sent_and_a_number_is_sent_nothing_more(site: WebSite, browser: Browser) -> None:
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "admin")
        page.goto("/admin/people")
        page.get_by_role("link", name="短信").click()
        page.get_by_label("号码").first.fill("13912345678")
        page.get_by_label("number", exact=True).fill("20261116-001")
        page.get_by_role("button", name="发送测试").click()
        expect(page.locator("table")).to_contain_text("等待发送")
        expect(page.locator("table")).not_to_contain_text("13912345678")
        page.get_by_label("号码").last.fill("13912345679")
        page.get_by_role("button", name="添加").click()
        expect(page.locator("body")).to_contain_text("13912345679")
        watched.shot("sms")
        page.set_viewport_size({"width": 390, "height": 844})
        watched.shot("sms-phone")
