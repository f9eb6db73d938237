"""What cases add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.attachments.receiving import most_bytes
from hotline.web.cases import (
    api,
    block_api,
    block_pages,
    customer_pages,
    department_pages,
    filter_api,
    labels,
    link_pages,
    list_pages,
    month_pages,
    opening_pages,
    outside_words,
    pages,
    paper_pages,
    word_pages,
    words,
)
from hotline.web.kit.told.menu import REFERENCE, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(
        pages.blueprint,
        list_pages.blueprint,
        opening_pages.blueprint,
        paper_pages.blueprint,
        month_pages.blueprint,
        block_pages.blueprint,
        link_pages.blueprint,
        customer_pages.blueprint,
        department_pages.blueprint,
        word_pages.blueprint,
    ),
    apis=(api.register, block_api.register, filter_api.register),
    installers=(words.install, outside_words.install),
    menu=(
        MenuEntry("case_lists.index", "folder", _("Cases"), 50),
        MenuEntry("department_cases.index", "folder", _("Our department's cases"), 52),
        MenuEntry("case_word.form", "message-2", _("A customer's word"), 45, REFERENCE),
    ),
    under={
        **dict.fromkeys(
            ("cases", "case_lists", "case_opening", "case_papers", "case_month", "case_links"), "case_lists.index"
        ),
        "department_cases.show": "department_cases.index",
    },
    labels={
        "case_state": labels.STATES,
        "case_severity": labels.SEVERITIES,
        "case_priority": labels.PRIORITIES,
        "case_channel": labels.CHANNELS,
        "case_paper": labels.PAPERS,
    },
    large_forms={"cases.attach": most_bytes, "case_customer.attach": most_bytes},
    pop_parts={"js/cases/pop.js": 30},
)
