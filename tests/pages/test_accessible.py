"""Nothing stands in the way of whoever cannot see, point or tell colours apart: axe-core finds nothing serious on any
page, in the light and in the dark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from hotline.settings.home import TREE
from hotline.web.kit.access import AccessKind, permission_of
from tests.support.browser import DESK
from tests.support.full_site import FullSite, full_site
from tests.support.routes import values_of
from tests.support.web import PASSWORD

pytestmark = pytest.mark.e2e

AXE = TREE / "node_modules/axe-core/axe.min.js"
#: What of axe-core's is asked for: the guidelines up to 2.2 AA, its good practice, and that whoever speaks to their
#: machine says what they see.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"label-content-name-mismatch": {"enabled": True}},
    "resultTypes": ["violations"],
}
#: Colours are all that differs in the dark.
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}

#: No pages: files, streams, sounds, what leads elsewhere.
NO_PAGES = {
    "attachments.download",
    "call.recording_audio",
    "call.recording_download",
    "console.summary",
    "customers.export",
    "directory.export",
    "duty.moved",
    "floor.wall_events",
    "ledger.index",
    "links.static",
    "menu.waiting",
    "notifications.show",
    "own_sessions.active",
    "phone_socket.phone_socket",
    "privacy.copy",
    "quality_figures.export",
    "retention.export_deletions",
    "roster.export",
    "static",
}

#: Who sees the most of it; everything else the administrator who is supervisor too.
SEEN_BY = {
    "console.index": "zhao",
    "my_results.index": "qian",
    "my_results.show": "qian",
    "examinations.show": "wu",
    "improvement.appeal": "zhou",
    "quality.examinations": "wu",
}


#: The walk in parts, so that none is long on a busy machine.
PARTS = 4


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullSite]:
    with full_site(tmp_path_factory.mktemp("accessible")) as running:
        yield running


def pages(site: FullSite) -> dict[str, str]:
    """Endpoint -> an address of it that there is."""
    found = {}
    adapter = site.web.app.url_map.bind("localhost")
    for rule in site.web.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "/api/" not in rule.rule and rule.endpoint not in NO_PAGES:
            found[rule.endpoint] = adapter.build(rule.endpoint, site.named.get(rule.endpoint) or values_of(rule))
    return found


def visitor(site: FullSite, browser: Browser, username: str) -> Page:
    """Somebody who signed in; axe-core is put into pages whose policy lets no foreign script in."""
    context = browser.new_context(
        base_url=site.url, bypass_csp=True, reduced_motion="reduce", locale="zh-CN", viewport=DESK
    )
    page = context.new_page()
    if username:
        page.goto("/sign-in")
        page.fill("#username", username)
        page.fill("#password", PASSWORD)
        page.click("form[method=post] button[type=submit] >> nth=-1")
        page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def faults(page: Page, options: dict[str, Any]) -> list[str]:
    """What is serious or critical, with the elements that have it."""
    found = page.evaluate("options => axe.run(document, options).then(found => found.violations)", options)
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:160]} {node['failureSummary'].splitlines()[-1].strip()}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@pytest.fixture(scope="module")
def people(site: FullSite, browser: Browser) -> dict[str, Page]:
    return {who: visitor(site, browser, who) for who in ("boss", "zhao", "qian", "wu", "zhou", "")}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_has_a_serious_fault_in_the_light_or_in_the_dark(
    site: FullSite, people: dict[str, Page], part: int
) -> None:
    axe = AXE.read_text("utf-8")
    wrong: dict[str, list[str]] = {}
    for endpoint, address in sorted(pages(site).items())[part::PARTS]:
        permission = permission_of(site.web.app, endpoint)
        assert permission is not None
        public = permission.way is not AccessKind.SESSION
        page = people["" if public else SEEN_BY.get(endpoint, "boss")]
        answer = page.goto(address)
        if answer is None or not answer.ok:
            wrong[address] = [f"answers {answer and answer.status}"]
            continue
        page.evaluate(axe)
        light = faults(page, OPTIONS)
        page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
        dark = [f"in the dark: {each}" for each in faults(page, OF_COLOURS)]
        if light or dark:
            wrong[address] = light + dark
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)
