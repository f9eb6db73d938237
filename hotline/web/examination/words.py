"""The words that the scripts of the examiner's page and the call's page show, in the reader's language."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.web.quality.words import FINDING_KINDS, unit_of

#: Of whatever plays a recording.
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

#: Of the examiner's page alone.
EXAMINATION: dict[str, LazyString] = {
    "score.too_many": _("This item has at most %(n)s points."),
    "score.passed": _("passed, %(n)s needed"),
    "score.failed": _("not passed, %(n)s needed"),
    "score.open": _("%(n)s items are still to be judged"),
    "score.all_judged": _("All is judged"),
    "score.fatal": _("fatal"),
    "score.not_measured": _("not measured"),
    "score.measured": _("measured"),
    "score.instead": _("judged by hand; measured: %(n)s"),
    "score.to_judge": _("to be judged"),
    "score.not_applying": _("does not apply"),
    "score.judged": _("judged"),
    "score.none": _("n/a"),
    "score.clear": _("Take back"),
    "comments.none": _("No comments yet."),
    "comments.whole": _("on the whole"),
    "comments.no_second": _("A time like 1:15 was expected."),
    "comments.no_text": _("A comment needs words."),
    "saving.saved": _("Saved"),
    "saving.waiting": _("Not saved yet"),
    "saving.saving": _("Saving …"),
    "saving.away": _("Not saved: the server does not answer. It is tried again by itself."),
    "saving.conflict": _("Not saved"),
    "saving.done_elsewhere": _("Not saved"),
    "saving.refused": _("Not saved:"),
    "saving.signed_out": _("Not saved: sign in again in another window, then change something here."),
    "finish.open": _("These items are still to be judged:"),
    "finish.sure": _("The score is %(n)s. After finishing it stays, and the operator may see it."),
    "finish.not_saved": _("Your last points are not saved yet. Try again."),
    "appeal.no_reason": _("Please write why the result should be another."),
    "example.made": _("Shown as an example."),
    "example.needs": _("A title and what is to be learnt are needed."),
    "example.part": _(
        "A part was expected that ends after it begins, lies within the recording and lasts ten minutes at most."
    ),
    "example.reason": _("Please write why the caller may be heard."),
    "example.there": _("This call is shown as an example already."),
    "example.tells": _("Title and lesson must not tell the customer's name or number: everybody reads them."),
    "facts.gone": _("The ledger does not hold this call any more."),
    "facts.rang": _("Rang"),
    "facts.rings": _("%(n)s rings, %(time)s"),
    "facts.waited": _("Waited"),
    "facts.talk": _("Talk"),
    "facts.hung_up": _("Hung up first"),
    "facts.nobody": _("not known"),
    "facts.holds": _("Holds"),
    "facts.transfers": _("Transfers"),
    "facts.pauses": _("Recording paused"),
    "facts.none": _("none"),
    "party.caller": _("the caller"),
    "party.operator": _("the operator"),
    "party.mobile": _("the duty mobile"),
    "party.system": _("the system"),
    "party.unknown": _("not known"),
    "record.none": _("This call has no log form."),
    "record.caller_name": _("Caller"),
    "record.callback_number": _("Call back at"),
    "record.category": _("Category"),
    "record.content": _("Content"),
    "record.handling": _("Handling"),
    "record.promise": _("Promise"),
    "record.solved": _("Solved"),
    "yes": _("yes"),
    "no": _("no"),
    "key.play": _("Play or pause"),
    "key.back": _("Back 5 s"),
    "key.on": _("On 5 s"),
    "key.slower": _("Slower"),
    "key.faster": _("Faster"),
    "key.next": _("Next item"),
    "key.previous": _("Previous item"),
    "key.digit": _("So many points for the item (1 and then 0: ten)"),
    "key.more": _("A point more"),
    "key.less": _("A point less"),
    "key.full": _("All points of the item"),
    "key.not_applying": _("The item does not apply to this call"),
    "key.clear": _("Take the item's points back"),
    "key.next_open": _("Next item that is still to be judged"),
    "key.comment": _("Comment at this second"),
    "key.example": _("Show a part as an example"),
    "key.finish": _("Finish"),
    "key.help": _("These keys"),
}


#: Of the call's page alone.
CALL: dict[str, LazyString] = {
    "examine.there": _("You have this call on your list already."),
    "examine.own": _("Nobody examines their own calls, nor those of a case that they handled (F5, E5)."),
    "examine.not": _("This call cannot be examined: it is not over yet, or no operator had it."),
}


def sound_words() -> dict[str, str]:
    named = {f"finding.{kind}": str(name) for kind, name in FINDING_KINDS.items()}
    units = {f"unit.{kind}": unit_of(kind) for kind in FINDING_KINDS if unit_of(kind)}
    return {key: str(text) for key, text in SOUND.items()} | named | units


def examination_words() -> dict[str, str]:
    return sound_words() | {key: str(text) for key, text in EXAMINATION.items()}
