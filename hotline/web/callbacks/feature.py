"""What callbacks add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.callbacks import api, figures_api, figures_pages, pages
from hotline.web.callbacks.labels import CALLBACK_REASONS, OUTCOMES
from hotline.web.kit.told.menu import MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint, figures_pages.blueprint),
    apis=(api.register, figures_api.register),
    menu=(MenuEntry("callbacks.index", "phone-outgoing", _("Callbacks"), 60, waits="callbacks"),),
    labels={"callback": CALLBACK_REASONS, "callback_outcome": OUTCOMES},
    pop_parts={"js/callbacks/pop.js": 10},
)
