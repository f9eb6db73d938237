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
from tests.support.browser import choose_by_keyboard, tab_to, watched_page
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


def test_f6_what_another_plans_is_seen_at_the_next_look_and_takes_away_nothing_begun(
    site: WebSite, browser: Browser, monday: date
) -> None:
    """Others' changes are looked for every 20 seconds; whoever is in the middle of something keeps what they have."""
    put(site, "王五", monday)
    with watched_page(browser, site.url, viewport=SIZES["desk"]) as visitor:
        page = visitor.page
        page.clock.install()
        site.sign_in(page, "boss")
        page.goto(f"/shifts?view=week&at={monday}")
        here = page.locator(cell(page, "王五", 0))
        here.focus()
        put(site, "李四", monday + timedelta(days=1))
        page.clock.run_for(20_000)
        expect(page.locator(f"{cell(page, '李四', 1)} i")).to_have_count(1)
        assert page.locator(cell(page, "王五", 0)).evaluate("each => each === document.activeElement")
        page.keyboard.press("x")
        expect(page.locator("#plan i.sp-picked")).to_have_count(1)
        put(site, "赵敏", monday + timedelta(days=2))
        page.clock.run_for(60_000)
        expect(page.locator("#plan i.sp-picked")).to_have_count(1)
        expect(page.locator(f"{cell(page, '赵敏', 2)} i")).to_have_count(0)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("v")
        expect(page.locator(f"{cell(page, '王五', 1)} i")).to_have_count(1)
        expect(page.locator(f"{cell(page, '赵敏', 2)} i")).to_have_count(1)
        page.keyboard.press("Enter")
        note = page.locator('#shift-dialog input[name="note"]')
        expect(note).to_be_visible()
        note.fill("顶班")
        put(site, "赵敏", monday + timedelta(days=3))
        page.clock.run_for(60_000)
        expect(note).to_have_value("顶班")
        expect(page.locator(f"{cell(page, '赵敏', 3)} i")).to_have_count(0)
        page.locator('#shift-dialog button[type="submit"]').click()
        expect(page.locator(f"{cell(page, '赵敏', 3)} i")).to_have_count(1)
        visitor.shot("plan-after-others")


def test_f6_a_shift_that_another_took_away_cannot_be_moved_and_that_is_said(
    site: WebSite, browser: Browser, monday: date
) -> None:
    shift = put(site, "王五", monday)
    with watched_page(browser, site.url, viewport=SIZES["desk"]) as visitor:
        page = visitor.page
        site.sign_in(page, "boss")
        page.goto(f"/shifts?view=week&at={monday}")
        page.locator(cell(page, "王五", 0)).focus()
        page.keyboard.press("x")
        expect(page.locator("#plan i.sp-picked")).to_have_count(1)
        with site.storage.writing() as tx:
            assert ShiftStore(tx).remove(shift.id or 0, 1)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("v")
        expect(page.locator("#plan i[data-i]")).to_have_count(0)
        expect(page.locator("#plan-said")).not_to_be_empty()
        visitor.shot("plan-taken-away")


def test_f6_a_swap_is_asked_for_accepted_and_approved_by_keyboard_on_a_telephone(
    site: WebSite, browser: Browser, monday: date
) -> None:
    put(site, "王五", monday + timedelta(days=2), published=True)

    def on_phone(username: str, address: str) -> Iterator[Page]:
        with watched_page(browser, site.url, viewport=SIZES["phone"]) as visitor:
            site.sign_in(visitor.page, username)
            visitor.page.goto(address)
            yield visitor.page
            visitor.shot(f"swap-by-keyboard-{username}")
            assert fits(visitor.page)

    for page in on_phone("wang", "/shifts/mine"):
        choose_by_keyboard(page, page.locator('select[name="taker"]'), "李四")
        words = page.locator('form[action="/shifts/mine/swaps"] input[name="words"]')
        tab_to(page, words)
        page.keyboard.type("家里有事")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#swaps-title ~ ul")).to_contain_text("李四")
    for page in on_phone("li", "/shifts/mine"):
        expect(page.locator("#answer-title ~ ul")).to_contain_text("家里有事")
        tab_to(page, page.get_by_role("button", name="接受", exact=True))
        page.keyboard.press("Enter")
        expect(page.locator("#answer-title")).to_have_count(0)
    for page in on_phone("boss", "/shifts/requests"):
        tab_to(page, page.get_by_role("button", name="批准", exact=True))
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="批准", exact=True)).to_have_count(0)
    assert planned(site, monday) == [("李四", 2, "day")]


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
