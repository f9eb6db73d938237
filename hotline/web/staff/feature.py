"""What our own people add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import REFERENCE, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.staff import api, hours_pages, own_pages, pages, unit_pages

FEATURE = WebFeature(
    blueprints=(pages.blueprint, unit_pages.blueprint, hours_pages.blueprint, own_pages.blueprint),
    apis=(api.register,),
    menu=(MenuEntry("staff.index", "users", _("Our people"), 30, REFERENCE),),
    under={"staff": "staff.index", "units": "staff.index", "department_hours": "staff.index"},
)
