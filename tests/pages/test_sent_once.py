"""Whoever clicks twice means it once."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.people import Role
from hotline.storage.menus.store import MenuDraftStore
from tests.support.browser import watched_page
from tests.support.web_site import web_site

pytestmark = pytest.mark.e2e


def test_a_form_that_is_clicked_twice_is_sent_once(tmp_path: Path, browser: Browser) -> None:
    """And again after a while, or on the page that follows: what is refused is corrected and sent anew."""
    with web_site(tmp_path) as site:
        site.add_user("boss", Role.ADMINISTRATOR)
        with watched_page(browser, site.url) as watched:
            page = watched.page
            site.sign_in(page, "boss")
            page.goto("/admin/menus")
            page.fill("#name", "春节")
            page.get_by_role("button", name="新建草稿").dblclick()
            expect(page.locator("h1")).to_contain_text("春节")
            with site.storage.reading() as tx:
                assert [each.name for each in MenuDraftStore(tx).all(10)] == ["春节"]
            page.go_back()
            page.evaluate("document.querySelector('#name').maxLength = 1000")
            page.fill("#name", "国庆" * 50)
            page.get_by_role("button", name="新建草稿").click()
            expect(page.locator("#name.is-invalid")).to_be_visible()
            page.fill("#name", "国庆")
            page.get_by_role("button", name="新建草稿").click()
            expect(page.locator("h1")).to_contain_text("国庆")
