"""What the audit log says of recordings and their transcripts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "recording.again": _("Lost recording looked for again"),
        "recording.download": _("Recording downloaded"),
        "recording.pause": _("Recording paused"),
        "recording.play": _("Recording played"),
        "recording.resume": _("Recording resumed"),
        "transcript.again": _("Transcription tried again"),
        "transcription.view": _("Transcription looked at"),
    },
    title=_("Recordings"),
    kinds={"recording": _("Recording"), "transcription": _("Transcription")},
)
