"""What dashboards add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.dashboards import change_pages, pages
from hotline.web.kit.told.menu import REPORTS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint, change_pages.blueprint),
    menu=(MenuEntry("dashboards.index", "layout-dashboard", _("Dashboard"), 5, REPORTS),),
    under={"dashboards": "dashboards.index", "dashboard_changes": "dashboards.index"},
)
