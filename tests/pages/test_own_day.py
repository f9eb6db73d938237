"""One's own day in a real browser: on its page, and on the console between two calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.people import Role
from hotline.domain.shifts.shift import PlannedShift
from hotline.storage.forms.store import FormStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from tests.support.browser import watched_page
from tests.support.sample_calls import answered_call
from tests.support.sample_forms import open_form
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
SITE = '[operators.1002]\nname = "钱伟"\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("day"), SITE) as running:
        running.add_user("qian", Role.OPERATOR, extension="1002", name="钱伟")
        running.add_user("boss", Role.SUPERVISOR, name="周主管")
        now = running.now()
        calls = [answered_call(f"c-{n}", now - timedelta(minutes=10 * n + 10)) for n in range(4)]
        running.keep(*calls)
        late = open_form(answered_call("late"), now - timedelta(hours=3), "1002")
        with running.storage.writing() as tx:
            FormStore(tx).add([replace(late, due_at=now - timedelta(hours=1), promise_due_at=now + timedelta(hours=2))])
            person = next(each for each in StaffStore(tx).all() if each.name == "钱伟")
            starts = now - timedelta(hours=2)
            shift = PlannedShift("钱伟", starts, starts + timedelta(hours=8), person.id, "day", published_at=now)
            tomorrow = timedelta(days=1)
            ShiftStore(tx).add(shift)
            ShiftStore(tx).add(replace(shift, starts_at=starts + tomorrow, ends_at=shift.ends_at + tomorrow))
        yield running


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("language", "scheme"), [("zh-CN", "light"), ("en-US", "dark")])
def test_the_day_fits_the_screen_and_each_tile_leads_on(
    browser: Browser, site: WebSite, size: str, language: str, scheme: str
) -> None:
    look = {"viewport": SIZES[size], "locale": language, "color_scheme": scheme}
    with watched_page(browser, site.url, **look) as watched:
        page = watched.page
        site.sign_in(page, "qian")
        page.goto("/my-day")
        expect(page.locator(".day-tile.day-late")).to_have_count(1)
        watched.shot(f"own-day-{size}-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
        page.locator(".day-tile.day-late").click()
        expect(page).to_have_url(f"{site.url}/forms?owner=me")
        page.goto("/console")
        expect(page.locator("#own-day .day-tile").first).to_be_visible()
        watched.shot(f"own-day-console-{size}-{scheme}")


def test_a_record_that_comes_is_there_without_a_reload(browser: Browser, site: WebSite) -> None:
    with watched_page(browser, site.url, viewport=SIZES["desk"]) as watched:
        page = watched.page
        site.sign_in(page, "qian")
        page.goto("/console")
        calls = page.locator("#own-day .day-tile").first.locator(".day-count")
        before = int(calls.inner_text())
        site.keep(answered_call(f"new-{before}", site.now() - timedelta(minutes=4)))
        expect(calls).to_have_text(str(before + 1), timeout=15_000)
        assert page.locator("#own-day a").first.get_attribute("target") == "_blank", "the console must not be left"
