"""What this machine's pages add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.machine.speech_models import MOST_BYTES
from hotline.web.kit.told.menu import KEEPING, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.machine import pages

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    menu=(MenuEntry("machine.index", "device-desktop", _("Disks and models"), 80, KEEPING),),
    under={"machine": "machine.index"},
    large_forms={"machine.install": MOST_BYTES},
)
