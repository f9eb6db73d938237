"""What staffing adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import SHIFTS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.staffing import api, inputs_api, pages
from hotline.web.staffing.labels import LEFT_OUT, LIKE_DAYS

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register, inputs_api.register),
    menu=(MenuEntry("staffing.index", "chart-bar", _("Forecast and staffing"), 80, SHIFTS),),
    labels={"like_day": LIKE_DAYS, "left_out": LEFT_OUT},
)
