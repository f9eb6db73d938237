"""What prompts and emergency announcements add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.line.feature import GROUP
from hotline.web.prompts import emergency_pages, pages, voice_pages
from hotline.web.prompts.sound_form import MOST_FORM_BYTES

FEATURE = WebFeature(
    blueprints=(pages.blueprint, emergency_pages.blueprint, voice_pages.blueprint),
    installers=(emergency_pages.install,),
    menu=(
        MenuEntry("emergency.index", "alert-triangle", _("Emergency announcement"), 60, GROUP),
        MenuEntry("prompts.index", "volume", _("Prompts"), 70, GROUP),
    ),
    under={"prompts": "prompts.index", "voices": "prompts.index"},
    large_forms={"prompts.choose": MOST_FORM_BYTES, "emergency.announce": MOST_FORM_BYTES},
)
