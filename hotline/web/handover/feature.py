"""What hand-overs add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.handover import api, pages
from hotline.web.kit.told.menu import SHIFTS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register,),
    menu=(
        MenuEntry("handover.index", "switch-horizontal", _("Shift hand-over"), 50, SHIFTS, waits="handovers"),
        MenuEntry("handover.every", "list-details", _("All hand-overs"), 60, SHIFTS),
    ),
)
