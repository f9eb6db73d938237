"""What customers add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.customers import api, merging_pages, pages
from hotline.web.kit.told.menu import CUSTOMERS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint, merging_pages.blueprint),
    apis=(api.register,),
    menu=(MenuEntry("customers.index", "users", _("Customers"), 5, CUSTOMERS),),
)
