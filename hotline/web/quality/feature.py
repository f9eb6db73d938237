"""What the rules of speech and handling add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import QUALITY, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.quality import api, score_forms_pages, words

FEATURE = WebFeature(
    blueprints=(score_forms_pages.blueprint,),
    apis=(api.register,),
    installers=(words.install,),
    menu=(MenuEntry("score_forms.index", "forms", _("Score forms"), 70, QUALITY),),
)
