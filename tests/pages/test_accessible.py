"""Nothing stands in the way of whoever cannot see, point or tell colours apart: axe-core finds nothing serious on any
page, in the light and in the dark, nor in what opens on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from hotline.settings.home import TREE
from tests.support.full_site import FullSite, full_site
from tests.support.page_walk import PARTS, visitors, walk

#: Many pages in one test: longer than others have on a busy machine.
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

AXE = TREE / "node_modules/axe-core/axe.min.js"
#: What of axe-core's is asked for: the guidelines up to 2.2 AA, its good practice, and that whoever speaks to their
#: machine says what they see.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"label-content-name-mismatch": {"enabled": True}},
    "resultTypes": ["violations"],
}

#: Details and drawers, as they are when somebody has opened them; gives how many were closed.
OPEN_ALL = """() => {
  const drawers = [...document.querySelectorAll(".collapse")].filter((each) => !each.checkVisibility());
  const closed = [...document.querySelectorAll("details:not([open])"), ...drawers];
  for (const each of closed) each.matches("details") ? (each.open = true) : each.classList.add("show");
  return closed.length;
}"""
#: Menus lie over what is beside them, here even over each other: each is looked at for itself.
OPEN_MENUS = """() => {
  const menus = document.querySelectorAll(".dropdown-menu");
  for (const each of menus) each.classList.add("show");
  return menus.length;
}"""
IN_MENUS = {**OPTIONS, "rules": {**OPTIONS["rules"], "target-size": {"enabled": False}}}
#: The rules that look at colours: they alone can find something in a theme in which the same is seen at the same place.
COLOURS: dict[str, Any] = {
    **OPTIONS,
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "rules": {},
}
#: The document, and of each element whether it is seen, and where.
SEEN = """() => document.body.outerHTML + [...document.body.querySelectorAll("*")].map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [each.checkVisibility({ visibilityProperty: true, opacityProperty: true }), x, y, width, height].join();
}).join("\\n")"""
DIALOGS = "() => document.querySelectorAll('dialog').length"
#: A dialog shown alone, as it is for whoever uses it: everything else is out of reach then.
SHOW_DIALOG = "at => { const each = document.querySelectorAll('dialog')[at]; if (!each.open) each.showModal(); }"
CLOSE_DIALOG = "at => document.querySelectorAll('dialog')[at].close()"
CHECK_DIALOG = (
    """([options, at]) => axe.run(document.querySelectorAll("dialog")[at], options).then(found => found.violations)"""
)
SET_THEME = "theme => { document.documentElement.dataset.bsTheme = theme }"
THEMES = ("light", "dark")
CHECK_MENUS = """options => axe.run({ include: [[".dropdown-menu"]] }, options).then(found => found.violations)"""

#: With which of axe-core's options a check is made.
Options = dict[str, Any]
Check = Callable[[Page, Options], list[str]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullSite]:
    with full_site(tmp_path_factory.mktemp("accessible")) as running:
        yield running


@pytest.fixture(scope="module")
def people(site: FullSite, browser: Browser) -> dict[str, Page]:
    return visitors(site, browser)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_has_a_serious_fault_in_the_light_or_in_the_dark(
    site: FullSite, people: dict[str, Page], part: int
) -> None:
    """Each page as it comes, then with all that opens on it, and each of its dialogs."""
    axe = AXE.read_text("utf-8")
    wrong: dict[str, list[str]] = {}
    for _endpoint, address, page in walk(site, people, part):
        answer = page.goto(address)
        if answer is None or not answer.ok:
            wrong[address] = [f"answers {answer and answer.status}"]
            continue
        page.evaluate(axe)
        found = {**_themed(page, THEMES, "as it comes", page_faults), **opened_faults(page, THEMES)}
        if faults := [f"{where}: {each}" for where, those in found.items() for each in those]:
            wrong[address] = faults
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)


def page_faults(page: Page, options: Options = OPTIONS) -> list[str]:
    run = "options => axe.run(document, options).then(found => found.violations)"
    return serious(page.evaluate(run, options))


def opened_faults(page: Page, themes: Sequence[str] = ()) -> dict[str, list[str]]:
    """By what was opened, and by theme where these are asked for. Where all is open already, the page as it comes is
    what `page_faults` has seen."""
    found: dict[str, list[str]] = {"opened": []}
    for at in range(page.evaluate(DIALOGS)):
        page.evaluate(SHOW_DIALOG, at)
        found |= _themed(page, themes, f"dialog {at}", partial(_dialog_faults, at))
        page.evaluate(CLOSE_DIALOG, at)
    if page.evaluate(OPEN_ALL):
        found |= _themed(page, themes, "opened", page_faults)
    if page.evaluate(OPEN_MENUS):
        found |= _themed(page, themes, "menus", _menu_faults, IN_MENUS)
    return found


def _dialog_faults(at: int, page: Page, options: Options) -> list[str]:
    return serious(page.evaluate(CHECK_DIALOG, [options, at]))


def _menu_faults(page: Page, options: Options) -> list[str]:
    return serious(page.evaluate(CHECK_MENUS, options))


def _themed(
    page: Page, themes: Sequence[str], what: str, check: Check, options: Options = OPTIONS
) -> dict[str, list[str]]:
    """What is wrong in each of these themes, or in that which the page has. Where a theme changes nothing but colours,
    what the first has shown holds for it too, and the colours alone are looked at."""
    if not themes:
        return {what: check(page, options)}
    found: dict[str, list[str]] = {}
    first = None
    for theme in themes:
        page.evaluate(SET_THEME, theme)
        seen = page.evaluate(SEEN)
        found[f"{what}, {theme}"] = check(page, COLOURS if seen == first else options)
        first = first or seen
    return found


def serious(violations: list[dict[str, Any]]) -> list[str]:
    """What is serious or critical, with the elements that have it."""
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:160]} {node['failureSummary'].splitlines()[-1].strip()}"
        for each in violations
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(
    "shown",
    [
        "<style>[data-bs-theme=dark] p { color: #777; background: #888 }</style><p>colours</p>",
        "<style>button { display: none } [data-bs-theme=dark] button { display: block }</style><button></button>",
    ],
    ids=["colours", "something else is seen"],
)
def test_what_is_wrong_in_the_dark_alone_is_found(browser: Browser, shown: str) -> None:
    page = browser.new_page()
    page.set_content(f"<html lang=en><title>Test</title><main><h1>Test</h1>{shown}</main>")
    page.evaluate(AXE.read_text("utf-8"))
    found = _themed(page, THEMES, "as it comes", page_faults)
    assert found["as it comes, light"] == []
    assert len(found["as it comes, dark"]) == 1
