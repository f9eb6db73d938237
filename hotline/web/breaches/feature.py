"""What the register of breaches adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.breaches import api, labels, pages
from hotline.web.kit.told.menu import REPORTS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register,),
    installers=(labels.install,),
    labels={"breach": labels.KINDS},
    menu=(MenuEntry("breaches.index", "alert-triangle", _("Register of breaches"), 60, REPORTS, waits="breaches"),),
    under={"breaches": "breaches.index"},
)
