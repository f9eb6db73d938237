"""What reports add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import REPORTS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.reports import dictionary_pages, figures_api

FEATURE = WebFeature(
    blueprints=(dictionary_pages.blueprint,),
    apis=(figures_api.register,),
    menu=(MenuEntry("data_dictionary.index", "book", _("Data dictionary"), 30, REPORTS),),
    under={"data_dictionary": "data_dictionary.index"},
)
