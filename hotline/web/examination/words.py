"""The words that the scripts of the examiner's page show, in the reader's language."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.web.quality.sound_words import sound_words

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


#: Instead of these, where several examiners score one call.
CALIBRATION: dict[str, LazyString] = {
    "finish.sure": _(
        "The score is %(n)s. After finishing it stays; it counts for the calibration alone, and no operator sees it."
    )
}


def examination_words(calibration: bool = False) -> dict[str, str]:
    own = EXAMINATION | CALIBRATION if calibration else EXAMINATION
    return sound_words() | {key: str(text) for key, text in own.items()}
