"""What trainings add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import REFERENCE, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.trainings import api, pages
from hotline.web.trainings.labels import HOLDINGS, KINDS

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register,),
    menu=(MenuEntry("trainings.index", "clipboard-check", _("Trainings"), 35, REFERENCE),),
    labels={"training_kind": KINDS, "holding": HOLDINGS},
)
