"""What callbacks add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.callbacks import api, pages
from hotline.web.callbacks.labels import CALLBACK_REASONS, OUTCOMES, TRIED
from hotline.web.kit.told.menu import MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register,),
    menu=(MenuEntry("callbacks.index", "phone-outgoing", _("Callbacks"), 60, waits="callbacks"),),
    labels={"callback": CALLBACK_REASONS, "callback_outcome": OUTCOMES, "callback_try": TRIED},
    pop_parts={"js/callbacks/pop.js": 10},
)
