"""What adherence adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.adherence import api, pages
from hotline.web.adherence.labels import DECISIONS, MISSED
from hotline.web.kit.told.menu import SHIFTS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register,),
    menu=(MenuEntry("adherence.index", "clock", _("Adherence"), 70, SHIFTS, waits="missed_starts"),),
    labels={"missed": MISSED, "missed_decision": DECISIONS},
)
