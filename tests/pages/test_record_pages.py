"""The record of a call in a browser: saved as typed, two people at once, reload; the duty link (B1, B2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.forms.form import CallForm, FormState
from hotline.domain.people import Role
from hotline.services.forms import duty_links
from hotline.services.forms.forms import form_of
from hotline.storage.line.blocklist import BlocklistStore
from tests.support import sample_calls as sample
from tests.support.attached_files import HTML, png
from tests.support.browser import follow, watched_page
from tests.support.rig import wait_until
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SETTINGS = """
[web]
public_url = "https://hotline.example.com"
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
"""

PHONE = {"width": 390, "height": 844}
HOSTILE = "<script>document.title='taken'</script>\u202e右到左 👩‍👩‍👧‍👦 '\"&"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("records"), SETTINGS) as running:
        running.add_user("zhao", Role.OPERATOR, extension="1001", name="赵敏")
        running.add_user("boss", Role.SUPERVISOR, name="孙主管")
        yield running


def a_form(site: WebSite, linkedid: str, number: str = "+8613912345678") -> CallForm:
    site.keep(sample.talking_call(linkedid, site.now() - timedelta(minutes=2), number))
    return form(site, linkedid)


def form(site: WebSite, linkedid: str) -> CallForm:
    with site.storage.reading() as tx:
        found = form_of(tx, "node1", linkedid)
    assert found is not None
    return found


def field(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator(f'[data-field="{name}"]')


def choose(page: Page, text: str) -> None:
    page.locator(".form-selectgroup-label", has_text=text).first.click()


def state(page: Page, name: str) -> None:
    expect(page.locator(".record")).to_have_attribute("data-state", name)


def test_b1_a_record_is_saved_as_it_is_typed_survives_a_reload_and_is_done(site: WebSite, browser: Browser) -> None:
    opened = a_form(site, "r-1")
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "zhao")
        page.goto("/forms")
        watched.shot("forms-operator")
        page.goto(f"/forms/{opened.id}")
        watched.shot("form-new")
        expect(field(page, "callback_number")).to_have_value("139****5678")
        field(page, "caller_name").fill("王建国")
        field(page, "content").fill(f"打印机卡纸 {HOSTILE}")
        state(page, "saved")
        wait_until(lambda: form(site, "r-1").content.startswith("打印机卡纸"), "the draft is saved without a key")
        choose(page, "业务咨询")
        choose(page, "技术问题")
        field(page, "fields.product").fill("A3-100")
        page.keyboard.press("Control+s")
        state(page, "saved")
        assert form(site, "r-1").fields == {"product": "A3-100"}
        page.reload()
        expect(field(page, "content")).to_have_value(f"打印机卡纸 {HOSTILE}")
        expect(field(page, "fields.product")).to_have_value("A3-100")
        assert page.title() != "taken"
        page.keyboard.press("Control+Enter")
        expect(page.locator(".has-problem")).to_have_count(2)
        watched.shot("form-missing")
        field(page, "handling").fill("已指导更换纸盒")
        page.locator('[data-box="solved"] .form-selectgroup-label').first.click()
        page.keyboard.press("Control+Enter")
        expect(page.locator(".record-head .badge")).to_have_text("完成")
        watched.shot("form-done")
        done = form(site, "r-1")
        assert (done.state, done.done_by, done.number) == (FormState.DONE, "zhao", "+8613912345678")
        stored = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert "王建国" not in stored and "打印机" not in stored


def test_two_people_at_one_record_see_both_values_and_choose(site: WebSite, browser: Browser) -> None:
    opened = a_form(site, "r-2")
    with watched_page(browser, site.url) as one, watched_page(browser, site.url) as two:
        for watched, who in ((one, "zhao"), (two, "boss")):
            site.sign_in(watched.page, who)
            watched.page.goto(f"/forms/{opened.id}")
        field(two.page, "content").fill("主管写的内容")
        field(two.page, "address").fill("朝阳路 1 号")
        state(two.page, "saved")
        field(one.page, "content").fill("客服写的内容")
        field(one.page, "handling").fill("已记录")
        state(one.page, "conflict")
        conflict = one.page.locator(".record-conflict")
        expect(conflict).to_have_count(1)
        expect(conflict).to_contain_text("主管写的内容")
        expect(conflict).to_contain_text("客服写的内容")
        expect(conflict).to_contain_text("孙主管")
        expect(field(one.page, "address")).to_have_value("朝阳路 1 号")
        one.shot("form-conflict")
        wait_until(lambda: form(site, "r-2").handling == "已记录", "what nobody else has written is saved")
        assert form(site, "r-2").content == "主管写的内容", "nothing is overwritten before somebody has chosen"
        conflict.get_by_role("button", name="保留我的").click()
        state(one.page, "saved")
        assert form(site, "r-2").content == "客服写的内容"


def test_a_lost_connection_loses_nothing(site: WebSite, browser: Browser) -> None:
    opened = a_form(site, "r-3")
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "zhao")
        page.goto(f"/forms/{opened.id}")
        page.context.set_offline(True)
        field(page, "content").fill("断网时写的")
        state(page, "away")
        watched.shot("form-offline")
        page.context.set_offline(False)
        wait_until(lambda: form(site, "r-3").content == "断网时写的", "it is saved when the network is back")
        state(page, "saved")


def test_what_is_opened_from_a_record(site: WebSite, browser: Browser) -> None:
    opened = a_form(site, "r-4")
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "zhao")
        page.goto(f"/forms/{opened.id}")
        field(page, "content").fill("产品漏电，要求退货")
        choose(page, "产品损害")
        page.get_by_role("button", name="登记回电").first.click()
        watched.shot("form-callback", full=False)
        page.locator("#call-form-callback button[type=submit]").click()
        expect(page.locator(".record-said")).to_contain_text("已登记回电 139****5678")
        page.locator('.record-actions [data-action="case"]').click()
        expect(page.locator("#call-form-case [name=title]")).to_have_value("产品漏电，要求退货")
        page.locator("#call-form-case button[type=submit]").click()
        expect(page.locator(".record-said")).to_contain_text("-001")
        page.locator('.record-actions [data-action="block"]').click()
        page.locator("#call-form-block-request [name=reason]").fill("反复骚扰")
        page.locator("#call-form-block-request button[type=submit]").click()
        expect(page.locator(".record-said")).to_contain_text("主管")
        watched.shot("form-harm")
    with watched_page(browser, site.url, color_scheme="dark") as watched:
        page = watched.page
        site.sign_in(page, "boss")
        for path, name in (
            ("/forms", "forms-supervisor"),
            ("/cases", "cases"),
            ("/block-requests", "block-requests"),
            ("/callbacks", "callbacks-by-hand"),
            (f"/forms/{opened.id}", "form-supervisor-dark"),
        ):
            page.goto(path)
            watched.shot(name)
        page.goto("/cases")
        page.locator("table a").first.click()
        page.locator("#act-close > summary").click()
        page.fill("#close-result", "已换货")
        watched.shot("case")
        page.locator("#act-close button[type=submit]").click()
        expect(page.locator(".record-head")).to_contain_text("已办结")
        page.goto("/block-requests")
        follow(page.get_by_role("button", name="同意拉黑"))
        with site.storage.reading() as tx:
            assert BlocklistStore(tx).active("+8613912345678", site.now()) is not None


def test_b2_the_duty_person_writes_the_record_on_a_telephone(site: WebSite, browser: Browser) -> None:
    site.keep(replace(sample.duty_call("r-5", site.now() - timedelta(hours=3))))
    opened = form(site, "r-5")
    made = duty_links.make_link(site.storage, site.settings, opened.id or 0, "boss", site.now())
    path = f"/l/{made.token}"
    with phone_page(browser, site.url) as phone, phone_page(browser, site.url) as other:
        page = phone.page
        page.goto(path)
        phone.shot("duty-new")
        page.get_by_role("button", name="打开记录").click()
        expect(field(page, "callback_number")).to_have_value("075512345678")
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), "no sideways scrolling"
        assert page.locator("nav, .navbar, a[href]").count() == 0, "no way to anything else"
        loaded = page.evaluate("() => performance.getEntriesByType('resource').map((each) => each.name)")
        assert loaded and all(name.startswith(f"{site.url}/l/") for name in loaded), "a proxy opens /l/ alone"
        phone.shot("duty-form")
        other.page.goto(path)
        expect(other.page.locator("h1")).to_have_text("链接已在别处打开")
        other.shot("duty-elsewhere")
        choose(page, "建议")
        field(page, "content").fill("建议增加配件")
        state(page, "saved")
        page.reload()
        expect(field(page, "content")).to_have_value("建议增加配件")
        page.locator('[data-action="done"]').click()
        expect(page.locator("#duty-done")).to_be_visible()
        phone.shot("duty-done")
        page.reload()
        expect(page.locator("h1")).to_have_text("记录已完成")
        done = form(site, "r-5")
        assert (done.state, done.done_by, done.content) == (FormState.DONE, "duty:李四", "建议增加配件")
        page.goto("/l/wrong")
        expect(page.locator("h1")).to_have_text("链接不存在")
        phone.shot("duty-wrong")


def test_what_a_caller_sent_is_attached_to_the_log_form(site: WebSite, browser: Browser, tmp_path: Path) -> None:
    opened = a_form(site, "r-6")
    picture, page_file = tmp_path / f"发票{HOSTILE[:12].replace('/', '')}.png", tmp_path / "page.png"
    picture.write_bytes(png())
    page_file.write_bytes(HTML)
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "boss")
        page.goto(f"/forms/{opened.id}")
        page.set_input_files("#files", [picture, page_file])
        page.get_by_role("button", name="添加附件").click()
        expect(page.locator(".attachment-list li")).to_have_count(1)
        expect(page.locator("body")).to_contain_text("page.png 未能添加")
        watched.shot("attachments")
        with page.expect_download() as downloading:
            page.locator(".attachment-list a").click()
        assert downloading.value.path().read_bytes() == png()
        assert downloading.value.suggested_filename.endswith(".png")
        page.get_by_role("button", name="移除").click()
        expect(page.locator(".attachment-list li")).to_have_count(0)


def test_administrators_see_the_links_that_live(site: WebSite, browser: Browser) -> None:
    site.add_user("admin", Role.ADMINISTRATOR, name="管理员")
    site.keep(replace(sample.duty_call("r-7", site.now() - timedelta(hours=3))))
    duty_links.make_link(site.storage, site.settings, form(site, "r-7").id or 0, "boss", site.now())
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "admin")
        page.goto("/admin/links")
        watched.shot("links-living")
        page.get_by_role("button", name="此链接").first.click()
        expect(page.locator("body")).to_contain_text("1 个链接已失效")


def phone_page(browser: Browser, url: str):  # type: ignore[no-untyped-def]
    return watched_page(browser, url, viewport=PHONE, has_touch=True, is_mobile=True)
