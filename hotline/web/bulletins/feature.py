"""What the notice board adds to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.attachments.receiving import most_bytes
from hotline.web.bulletins import api, pages, unread
from hotline.web.kit.told.menu import REFERENCE, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register,),
    installers=(unread.install,),
    menu=(MenuEntry("bulletins.index", "message-2", _("Notice board"), 5, REFERENCE, waits="bulletins"),),
    large_forms={"bulletins.attach": most_bytes},
)
