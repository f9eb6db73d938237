"""What backups add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.backups import pages
from hotline.web.kit.told.menu import KEEPING, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    menu=(MenuEntry("backups.index", "shield-lock", _("Backups"), 60, KEEPING),),
    under={"backups": "backups.index"},
    large_forms={"backups.upload": pages.MOST_BYTES},
)
