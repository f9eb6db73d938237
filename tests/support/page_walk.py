"""Every page of a site, by an address of it that there is, and who looks at it."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Browser, Page

from hotline.web.kit.access import AccessKind, permission_of
from tests.support.browser import DESK
from tests.support.full_site import FullSite
from tests.support.routes import values_of
from tests.support.web import PASSWORD

#: No pages: files, streams, sounds, what leads elsewhere.
NO_PAGES = {
    "account.second_step",
    "adherence.sheet",
    "appraisal.table",
    "attachments.download",
    "breaches.table",
    "call.recording_audio",
    "call_logs.text",
    "company.ask",
    "company.back",
    "company.out",
    "campaign_members.table",
    "call.recording_download",
    "case_lists.export",
    "case_month.table",
    "console.summary",
    "customers.export",
    "dashboards.tiles",
    "department_cases.file",
    "directory.export",
    "discs.image",
    "duty.moved",
    "emergency.banner",
    "emergency.sound",
    "floor.wall_events",
    "handover.sheet",
    "ledger.index",
    "links.static",
    "menu.waiting",
    "menu_report.workbook",
    "notifications.show",
    "own_day.tiles",
    "own_sessions.active",
    "own_sessions.left",
    "people_import.present",
    "phone_socket.phone_socket",
    "privacy.copy",
    "projects.export",
    "prompts.delivered_sound",
    "prompts.version_sound",
    "quality_figures.export",
    "questionnaires.table",
    "report_link.workbook",
    "reports.workbook",
    "retention.export_deletions",
    "roster.export",
    "second_factor.set_up",
    "shift_feed.show",
    "shifts.table",
    "shifts.workbook",
    "satisfaction.table",
    "scheduled_reports.workbook",
    "staffing.sheet",
    "static",
    "supervision.table",
    "tables.template",
    "trainings.sheet",
    "visit_months.report_table",
    "visit_months.table",
    "visits.export",
    "visits.of_case",
    "voices.sound",
}

#: Who sees the most of it; everything else the administrator who is supervisor too.
SEEN_BY = {
    "console.index": "zhao",
    "handover.index": "zhao",
    "my_results.index": "qian",
    "my_results.show": "qian",
    "examinations.show": "wu",
    "improvement.appeal": "zhou",
    "quality.examinations": "wu",
    "department_cases.index": "tech",
    "department_cases.show": "tech",
}
_ELSE = "boss"

#: The walk in parts, so that none is long on a busy machine.
PARTS = 12


def pages(site: FullSite) -> dict[str, str]:
    """Endpoint -> an address of it that there is."""
    found = {}
    adapter = site.web.app.url_map.bind("localhost")
    for rule in site.web.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "/api/" not in rule.rule and rule.endpoint not in NO_PAGES:
            found[rule.endpoint] = adapter.build(rule.endpoint, site.named.get(rule.endpoint) or values_of(rule))
    return found


def visitors(site: FullSite, browser: Browser) -> dict[str, Page]:
    """By user name, "" for who is not signed in."""
    return {who: visitor(site, browser, who) for who in (_ELSE, *sorted(set(SEEN_BY.values())), "")}


def visitor(site: FullSite, browser: Browser, username: str) -> Page:
    """Somebody who signed in, and into whose pages the test may put a script: their policy lets no foreign one in."""
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


def walk(site: FullSite, people: dict[str, Page], part: int) -> Iterator[tuple[str, str, Page]]:
    """Each page of this part: endpoint, address, and who looks at it."""
    for endpoint, address in sorted(pages(site).items())[part::PARTS]:
        permission = permission_of(site.web.app, endpoint)
        assert permission is not None
        signed_in = permission.way is AccessKind.SESSION
        yield endpoint, address, people[SEEN_BY.get(endpoint, _ELSE) if signed_in else ""]
