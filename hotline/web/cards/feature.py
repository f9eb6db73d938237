"""What script cards add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.cards import api, context, pages
from hotline.web.kit.told.menu import REFERENCE, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register,),
    installers=(context.install,),
    menu=(MenuEntry("cards.index", "book", _("Script cards"), 20, REFERENCE),),
)
