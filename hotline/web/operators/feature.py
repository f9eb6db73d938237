"""What the operators' console adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.shown import has_extension
from hotline.web.kit.told.menu import MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.operators import api, pages, phone_socket, pops_api

FEATURE = WebFeature(
    blueprints=(pages.blueprint, phone_socket.blueprint),
    apis=(api.register, pops_api.register),
    menu=(MenuEntry("console.index", "headset", _("Console"), 10, shown=has_extension),),
)
