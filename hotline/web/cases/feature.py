"""What cases add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.cases import api, block_api, pages
from hotline.web.kit.told.menu import MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register, block_api.register),
    menu=(MenuEntry("cases.index", "folder", _("Cases"), 50),),
    pop_parts={"js/cases/pop.js": 30},
)
