"""The plan and one's own shifts in a real browser, by mouse and by keyboard, at a desk and on a telephone (F6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.calendar import local_day
from hotline.domain.people import Role
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.time import midnight
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from tests.support.browser import watched_page
from tests.support.rig import wait_until
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
NINE = timedelta(hours=9)
NAMES = {"wang": "王五", "li": "李四", "zhao": "赵敏"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("shifts"), '[web]\npublic_url = "https://hotline.example.com"') as running:
        running.add_user("boss", Role.SUPERVISOR, name="周主管")
        for username, name in NAMES.items():
            running.add_user(username, Role.OPERATOR, name=name)
        yield running


@pytest.fixture
def monday(site: WebSite) -> date:
    """Of next week, whose shifts are gone."""
    today = local_day(site.now())
    first = today + timedelta(days=7 - today.weekday())
    with site.storage.writing() as tx:
        for each in ShiftStore(tx).between(midnight(first), midnight(first + timedelta(days=70)), drafts=True):
            ShiftStore(tx).remove(each.id or 0, each.version)
    return first


def put(site: WebSite, name: str, day: date, published: bool = False) -> PlannedShift:
    with site.storage.writing() as tx:
        person = next(each for each in StaffStore(tx).all() if each.name == name)
        starts_at = midnight(day) + NINE
        moment = site.now() if published else None
        ends_at = starts_at + timedelta(hours=8, minutes=30)
        shift = PlannedShift(name, starts_at, ends_at, person.id, "day", published_at=moment)
        return ShiftStore(tx).add(shift)


def planned(site: WebSite, since: date) -> list[tuple[str, int, str]]:
    """(whose, how many days after, kind)."""
    with site.storage.reading() as tx:
        found = ShiftStore(tx).between(midnight(since), midnight(since + timedelta(days=7)), drafts=True)
    return sorted((each.person, (local_day(each.starts_at) - since).days, each.kind) for each in found)


def cell(page: Page, name: str, day: int) -> str:
    row = page.locator("#plan tbody tr", has=page.get_by_role("rowheader", name=name, exact=True))
    person = row.get_attribute("data-p")
    return f'#plan tr[data-p="{person}"] td:nth-of-type({day + 1})'


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("size", SIZES)
def test_the_pages_fit_and_show_who_works(site: WebSite, browser: Browser, monday: date, size: str) -> None:
    put(site, "王五", monday), put(site, "李四", monday + timedelta(days=1), published=True)
    with watched_page(browser, site.url, viewport=SIZES[size]) as visitor:
        page = visitor.page
        site.sign_in(page, "boss")
        for address, name in (
            (f"/shifts?view=week&at={monday}", "plan-week"),
            (f"/shifts?view=month&at={monday}", "plan-month"),
            ("/shifts/requests", "plan-requests"),
            ("/shifts/skills", "plan-skills"),
            ("/shifts/mine", "plan-own"),
        ):
            page.goto(address)
            expect(page.locator("main h1")).to_be_visible()
            visitor.shot(f"{name}-{size}")
            assert fits(page), address
        page.goto(f"/shifts?view=week&at={monday}")
        expect(page.locator(f"{cell(page, '王五', 0)} i.sp-draft")).to_contain_text("09:00–17:30")
        expect(page.locator(f"{cell(page, '李四', 1)} i:not(.sp-draft)")).to_be_visible()


def test_f6_a_week_is_planned_by_keyboard_alone(site: WebSite, browser: Browser, monday: date) -> None:
    with watched_page(browser, site.url, viewport=SIZES["desk"]) as visitor:
        page = visitor.page
        site.sign_in(page, "boss")
        page.goto(f"/shifts?view=week&at={monday}")
        page.locator(cell(page, "王五", 0)).focus()
        page.keyboard.press("1")
        wait_until(lambda: planned(site, monday) == [("王五", 0, "day")], "the plan is as it was made")
        expect(page.locator(f"{cell(page, '王五', 0)} i")).to_have_count(1)
        page.keyboard.press("x")
        expect(page.locator("#plan-said")).not_to_be_empty()
        for key in ("ArrowRight", "ArrowRight", "v"):
            page.keyboard.press(key)
        wait_until(lambda: planned(site, monday) == [("王五", 2, "day")], "the plan is as it was made")
        expect(page.locator(f"{cell(page, '王五', 2)} i")).to_have_count(1)
        page.keyboard.press("Enter")
        dialog = page.locator("#shift-dialog")
        expect(dialog).to_be_visible()
        dialog.locator('select[name="kind"]').select_option("evening")
        dialog.locator('input[name="note"]').fill("顶班")
        dialog.locator('button[type="submit"]').click()
        wait_until(lambda: planned(site, monday) == [("王五", 2, "evening")], "the plan is as it was made")
        expect(dialog).not_to_be_visible()
        page.locator(cell(page, "王五", 2)).focus()
        page.keyboard.press("Delete")
        wait_until(lambda: planned(site, monday) == [], "the plan is as it was made")


def test_f6_a_shift_is_dragged_to_somebody_else(site: WebSite, browser: Browser, monday: date) -> None:
    put(site, "王五", monday)
    with watched_page(browser, site.url, viewport=SIZES["desk"]) as visitor:
        page = visitor.page
        site.sign_in(page, "boss")
        page.goto(f"/shifts?view=week&at={monday}")
        page.drag_and_drop(f"{cell(page, '王五', 0)} i", cell(page, "李四", 3))
        wait_until(lambda: planned(site, monday) == [("李四", 3, "day")], "the plan is as it was made")
        expect(page.locator(f"{cell(page, '李四', 3)} i")).to_have_count(1)


def test_f6_what_another_has_changed_meanwhile_is_not_lost(site: WebSite, browser: Browser, monday: date) -> None:
    shift = put(site, "王五", monday)
    with watched_page(browser, site.url, viewport=SIZES["desk"]) as visitor:
        page = visitor.page
        site.sign_in(page, "boss")
        page.goto(f"/shifts?view=week&at={monday}")
        with site.storage.writing() as tx:
            assert ShiftStore(tx).remove(shift.id or 0, 1)
        page.locator(cell(page, "李四", 1)).focus()
        page.keyboard.press("1")
        wait_until(lambda: planned(site, monday) == [("李四", 1, "day")], "the plan is as it was made")
        expect(page.locator(f"{cell(page, '王五', 0)} i")).to_have_count(0)  # the other's change came with it


def test_f6_leave_and_a_swap_are_asked_for_on_a_telephone(site: WebSite, browser: Browser, monday: date) -> None:
    put(site, "王五", monday, published=True)
    with watched_page(browser, site.url, viewport=SIZES["phone"]) as visitor:
        page = visitor.page
        site.sign_in(page, "wang")
        page.goto("/shifts/mine")
        expect(page.locator("main")).to_contain_text(f"{monday} 09:00")
        page.locator('select[name="taker"]').select_option(label="李四")
        page.locator('form[action="/shifts/mine/swaps"] button[type="submit"]').click()
        expect(page.locator(".alert")).to_be_visible()
        later = monday + timedelta(days=30)
        page.locator('input[name="since"]').fill(f"{later}T09:00")
        page.locator('input[name="until"]').fill(f"{later}T18:00")
        page.locator('input[name="reason"]').fill("体检")
        page.locator('form[action="/shifts/mine/leave"] button[type="submit"]').click()
        expect(page.locator("main")).to_contain_text("体检")
        page.locator('form[action="/shifts/mine/feed"] button[type="submit"]').click()
        expect(page.locator("#feed-address")).to_have_value(
            re.compile(r"^https://hotline\.example\.com/l/shifts/.{40,}\.ics$")
        )
        visitor.shot("own-asked-phone")
        assert fits(page)
