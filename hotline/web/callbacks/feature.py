"""What callbacks add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.callbacks import pages
from hotline.web.callbacks.labels import CALLBACK_REASONS
from hotline.web.kit.told.menu import MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    menu=(MenuEntry("callbacks.index", "phone-outgoing", _("Callbacks"), 60, waits="callbacks"),),
    labels={"callback": CALLBACK_REASONS},
    pop_parts={"js/callbacks/pop.js": 10},
)
