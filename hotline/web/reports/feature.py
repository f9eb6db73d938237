"""What reports add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import REPORTS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.reports import dictionary_pages, figures_api, menu_pages, pages

FEATURE = WebFeature(
    blueprints=(dictionary_pages.blueprint, menu_pages.blueprint, pages.blueprint),
    apis=(figures_api.register,),
    menu=(
        MenuEntry("reports.index", "chart-bar", _("Reports"), 20, REPORTS),
        MenuEntry("data_dictionary.index", "book", _("Data dictionary"), 30, REPORTS),
    ),
    under={"reports": "reports.index", "menu_report": "reports.index", "data_dictionary": "data_dictionary.index"},
)
