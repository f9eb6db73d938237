"""What scheduled reports add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import REPORTS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.scheduled_reports import choice_pages, details_pages, link_pages, pages, summary_pages

FEATURE = WebFeature(
    blueprints=(
        pages.blueprint,
        choice_pages.blueprint,
        details_pages.blueprint,
        summary_pages.blueprint,
        link_pages.blueprint,
    ),
    menu=(
        MenuEntry("scheduled_reports.index", "list-details", _("Reports made"), 40, REPORTS),
        MenuEntry("call_details.index", "phone-call", _("My call details"), 42, REPORTS, waits="call_details"),
        MenuEntry("work_summaries.index", "book", _("Work summaries"), 44, REPORTS),
    ),
    under={"report_choices": "scheduled_reports.index"},
)
