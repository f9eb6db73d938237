"""Kinds and states of recordings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.recordings.recording import RecordingState
from hotline.web.kit.labels import Label

RECORDING_STATES = {
    RecordingState.PENDING: Label(_("Being taken in"), "wait"),
    RecordingState.READY: Label(_("Ready"), "ok"),
    RecordingState.MISSING: Label(_("Missing"), "bad"),
    RecordingState.FAILED: Label(_("Failed"), "bad"),
    RecordingState.DELETED: Label(_("Deleted"), "muted"),
}

NO_SOUND = Label(_("No sound"), "muted")

RECORDING_KINDS = {"talk": Label(_("Talk")), "voicemail": Label(_("Voicemail"))}
