"""What the supervisors' floor adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.floor import api, pages, pauses_pages, wallboard_displays_api
from hotline.web.kit.told.menu import MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint, pauses_pages.blueprint),
    apis=(api.register, wallboard_displays_api.register),
    menu=(MenuEntry("floor.index", "broadcast", _("Floor"), 20),),
    under={"pauses.index": "floor.index"},
)
