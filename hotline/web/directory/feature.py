"""What the directory adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.directory import api, pages
from hotline.web.kit.told.menu import REFERENCE, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register,),
    menu=(MenuEntry("directory.index", "address-book", _("Directory"), 10, REFERENCE),),
)
