"""What log forms add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.attachments.receiving import most_bytes
from hotline.web.forms import api, duty_pages, pages, words
from hotline.web.kit.told.menu import MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint, duty_pages.blueprint),
    apis=(api.register,),
    installers=(words.install,),
    large_forms={"forms.attach": most_bytes},
    menu=(MenuEntry("forms.index", "forms", _("Log forms"), 40, waits="forms"),),
    pop_parts={"js/forms/pop.js": 20},
)
