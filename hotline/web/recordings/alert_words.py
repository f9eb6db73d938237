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
    DISK_SPACE: AlertWords(
        Label(_("The disk is nearly full"), "bad"),
        _("Make room on the disk. Recordings are then taken in by themselves."),
    ),
    RECORDING_STORE: AlertWords(
        Label(_("Recordings cannot be stored"), "bad"),
        _("Make room, or bring the store back. Recordings are then taken in by themselves."),
    ),
    RECORDING_KEEPING: AlertWords(
        Label(_("Recordings cannot be kept in the store"), "bad"),
        _("The reason stands above. Nothing is lost: it is tried again."),
    ),
    RECORDING_LOST: AlertWords(
        Label(_("A recording is lost"), "bad"),
        _("Look for it once more; if it stays lost, press “Seen to”."),
        seen_to=True,
        again="lost_recordings.again",
    ),
    RECORDING_UNPAUSED: AlertWords(
        Label(_("A recording holds sound where it was paused"), "bad"),
        _("Listen whether what was to be left out was recorded; then press “Seen to”."),
        seen_to=True,
    ),
    RECORDING_LEFT_OVER: AlertWords(
        Label(_("Recordings that belong to no call"), "warn"),
        _("Look at these files in the incoming folder on the server, and move them away. They are never deleted."),
    ),
    TRANSCRIPT: AlertWords(
        Label(_("A recording cannot be transcribed"), "warn"),
        _("Look whether the file and the model are there. The alert goes when it is transcribed."),
    ),
}
