"""What checks of visits add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import CUSTOMERS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.visit_checks import month_pages, pages

FEATURE = WebFeature(
    blueprints=(pages.blueprint, month_pages.blueprint),
    menu=(
        MenuEntry("visit_checks.index", "list-numbers", _("Checks of visits"), 60, CUSTOMERS),
        MenuEntry("visit_months.index", "chart-bar", _("Visits by month"), 70, CUSTOMERS),
    ),
    under={"visit_checks": "visit_checks.index", "visit_months": "visit_months.index"},
)
