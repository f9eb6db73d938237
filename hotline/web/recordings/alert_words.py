"""What the screens say of alerts of recordings and their transcripts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.recordings.alert_kinds import (
    DISK_SPACE,
    RECORDING_KEEPING,
    RECORDING_LEFT_OVER,
    RECORDING_LOST,
    RECORDING_STORE,
    RECORDING_UNPAUSED,
    TRANSCRIPT,
)
from hotline.web.kit.labels import Label
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    DISK_SPACE: AlertWords(Label(_("The disk is nearly full"), "bad")),
    RECORDING_STORE: AlertWords(Label(_("Recordings cannot be stored"), "bad")),
    RECORDING_KEEPING: AlertWords(Label(_("Recordings cannot be kept in the store"), "bad")),
    RECORDING_LOST: AlertWords(Label(_("A recording is lost"), "bad")),
    RECORDING_UNPAUSED: AlertWords(Label(_("A recording holds sound where it was paused"), "bad")),
    RECORDING_LEFT_OVER: AlertWords(Label(_("Recordings that belong to no call"), "warn")),
    TRANSCRIPT: AlertWords(Label(_("A recording cannot be transcribed"), "warn")),
}
