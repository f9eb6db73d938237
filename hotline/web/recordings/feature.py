"""What recordings and their transcripts add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import QUALITY, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.recordings import lost_pages, transcription_api, transcription_pages
from hotline.web.recordings.labels import NO_SOUND, RECORDING_KINDS, RECORDING_STATES

FEATURE = WebFeature(
    blueprints=(transcription_pages.blueprint, lost_pages.blueprint),
    apis=(transcription_api.register,),
    menu=(MenuEntry("transcription.index", "message-2", _("Transcription"), 80, QUALITY),),
    labels={"recording": RECORDING_STATES, "recording_kind": RECORDING_KINDS, "no_sound": NO_SOUND},
)
