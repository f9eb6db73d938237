"""What keeping and deleting add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import KEEPING, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.retention import api, discs_pages, pages, privacy_pages, reconciliation_pages

FEATURE = WebFeature(
    blueprints=(pages.blueprint, privacy_pages.blueprint, discs_pages.blueprint, reconciliation_pages.blueprint),
    apis=(api.register,),
    menu=(
        MenuEntry("retention.index", "clock", _("Retention"), 10, KEEPING, waits="deletions"),
        MenuEntry("privacy.index", "user-circle", _("Requests of persons"), 20, KEEPING),
        MenuEntry("discs.index", "archive", _("Discs"), 30, KEEPING),
        MenuEntry("reconciliation.index", "clipboard-check", _("Reconciliation"), 40, KEEPING),
    ),
    under={"retention": "retention.index", "privacy": "privacy.index"},
)
