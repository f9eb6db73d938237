"""The words that the scripts of the call's page show, in the reader's language."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.web.quality.sound_words import sound_words

#: Of the call's page alone.
CALL: dict[str, LazyString] = {
    "examine.there": _("You have this call on your list already."),
    "examine.own": _("Nobody examines their own calls, nor those of a case that they handled (F5, E5)."),
    "examine.not": _("This call cannot be examined: it is not over yet, or no operator had it."),
}


def call_words() -> dict[str, str]:
    return sound_words() | {key: str(text) for key, text in CALL.items()}
