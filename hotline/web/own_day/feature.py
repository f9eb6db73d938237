"""What somebody's own day adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import SHIFTS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.own_day import api, pages

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register,),
    installers=(pages.install,),
    menu=(MenuEntry("own_day.index", "calendar-event", _("My day"), 5, SHIFTS),),
)
