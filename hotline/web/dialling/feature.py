"""What dials add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.dialling import api, approval_api, approval_pages
from hotline.web.dialling.labels import DIAL_APPROVALS
from hotline.web.kit.told.menu import MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.line.feature import GROUP as LINE

FEATURE = WebFeature(
    blueprints=(approval_pages.blueprint,),
    apis=(api.register, approval_api.register),
    menu=(MenuEntry("dial_approvals.index", "shield-lock", _("Approvals to dial"), 50, LINE, waits="dial_approvals"),),
    labels={"dial_approval": DIAL_APPROVALS},
    pop_parts={"js/dialling/pop.js": 5},
)
