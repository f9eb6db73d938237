"""What whose customer each one is adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import CUSTOMERS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.owners import api, pages

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register,),
    menu=(MenuEntry("owners.index", "users", _("Whose customers"), 50, CUSTOMERS),),
    under={"owners": "owners.index"},
)
