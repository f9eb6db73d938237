"""The words that whatever plays a recording shows, in the reader's language."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.web.kit.context import web
from hotline.web.quality.words import FINDING_KINDS, unit_of

SOUND: dict[str, LazyString] = {
    "away": _("The server does not answer. Try again."),
    "sound.none": _("Nothing was recorded of this call."),
    "sound.pending": _(
        "The recording is still being taken in. It can be played a few seconds after the end of the "
        "call: load the page again then."
    ),
    "sound.missing": _("The recording is missing."),
    "sound.failed": _("The recording could not be taken in."),
    "sound.deleted": _("The recording was deleted after its time."),
    "sound.not_allowed": _("You may not listen to this call."),
    "sound.no_outline": _("The recording is still being converted: it can be played, the waveform comes later."),
    "sound.cannot_play": _(
        "The recording cannot be played at the moment: its file is away, or this browser does not know the format."
    ),
    "transcript.none": _("There is no transcript: nobody has turned on speech recognition, or there is no sound."),
    "transcript.pending": _("The call is still being transcribed. Load the page again later."),
    "transcript.failed": _("The call could not be transcribed."),
    "transcript.side_pending": _("%(side)s: still being transcribed."),
    "transcript.side_failed": _("%(side)s: could not be transcribed."),
    "transcript.silent": _("No words were recognised."),
    "findings.none": _("Nothing was measured of this call yet."),
    "findings.against": _("%(value)s against %(limit)s"),
    "findings.confidence": _("sure to %(n)s"),
    "tone.bad": _("rule broken"),
    "tone.check": _("to be checked, does not count"),
    "tone.fine": _("kept"),
}


#: Where no speech model is chosen: what waits for one waits for ever.
NOT_TRANSCRIBED: dict[str, LazyString] = {
    "transcript.pending": _("Speech recognition is not turned on: calls are not transcribed."),
    "transcript.side_pending": _("%(side)s: not transcribed, speech recognition is not turned on."),
}


def sound_words() -> dict[str, str]:
    named = {f"finding.{kind}": str(name) for kind, name in FINDING_KINDS.items()}
    units = {f"unit.{kind}": unit_of(kind) for kind in FINDING_KINDS if unit_of(kind)}
    written = SOUND if web().settings.speech.model else SOUND | NOT_TRANSCRIBED
    return {key: str(text) for key, text in written.items()} | named | units
