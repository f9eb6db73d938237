"""What cases add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.attachments.receiving import most_bytes
from hotline.web.cases import (
    api,
    block_api,
    customer_pages,
    department_pages,
    link_pages,
    outside_words,
    pages,
    word_pages,
)
from hotline.web.kit.told.menu import REFERENCE, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(
        pages.blueprint,
        link_pages.blueprint,
        customer_pages.blueprint,
        department_pages.blueprint,
        word_pages.blueprint,
    ),
    installers=(outside_words.install,),
    large_forms={"case_customer.attach": most_bytes},
    apis=(api.register, block_api.register),
    menu=(
        MenuEntry("cases.index", "folder", _("Cases"), 50),
        MenuEntry("department_cases.index", "folder", _("Our department's cases"), 52),
        MenuEntry("case_word.form", "message-2", _("A customer's word"), 45, REFERENCE),
    ),
    under={"case_links": "cases.index", "department_cases.show": "department_cases.index"},
    pop_parts={"js/cases/pop.js": 30},
)
