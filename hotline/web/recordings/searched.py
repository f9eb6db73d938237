"""Transcripts on the page of the search."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from hotline.domain.recordings.transcript import TRANSCRIPT, Side
from hotline.services.searched import FoundText
from hotline.web.kit.told.found_words import FoundWords


def _label(found: FoundText) -> str:
    return gettext("The caller said") if found.side is Side.CALLER else gettext("Our side said")


def _address(found: FoundText) -> str:
    """The call, with the recording where the words were said."""
    if found.stored is None:
        return ""
    place = f"#t={found.second:.1f}&r={found.recording_id}" if found.second is not None else ""
    return url_for("call.show", call_id=found.stored.id) + place


SHOWN = FoundWords(TRANSCRIPT, 10, _("Said in the call"), _label, _address)
