"""What settings add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import REFERENCE, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.settings import pages

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    menu=(MenuEntry("rules.index", "list-numbers", _("Rules"), 40, REFERENCE),),
    under={"rules": "rules.index"},
)
