"""What deadlines add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.deadlines import pages, words
from hotline.web.deadlines.labels import CLOCKS, PAUSE_REASONS
from hotline.web.kit.told.menu import REFERENCE, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    installers=(words.install,),
    menu=(MenuEntry("deadlines.moved", "clock", _("Deadlines that moved"), 90, REFERENCE),),
    labels={"clock": CLOCKS, "pause_reason": PAUSE_REASONS},
)
