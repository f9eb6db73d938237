"""What js/kit/fields.js says of a field that is wrong, in the page's language: by what a browser finds, and by the
field's type where that has its own words."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

_WORDS: dict[str, LazyString] = {
    "valueMissing": _("Please fill this in."),
    "valueMissing.checkbox": _("Please tick this to go on."),
    "valueMissing.radio": _("Please choose one of these."),
    "valueMissing.select-one": _("Please choose one from the list."),
    "valueMissing.file": _("Please choose a file."),
    "badInput": _("A number was expected."),
    "badInput.date": _("Please give the whole day: year, month and day."),
    "badInput.time": _("Please give the whole time: hour and minute."),
    "badInput.datetime-local": _("Please give the whole moment: year, month, day, hour and minute."),
    "typeMismatch": _("This is not in the form that is expected."),
    "typeMismatch.email": _("A mail address was expected, such as name@example.com."),
    "typeMismatch.url": _("An address was expected, such as https://example.com."),
    "patternMismatch": _("This is not in the form that is expected. {title}"),
    "rangeUnderflow": _("At least {min} was expected."),
    "rangeUnderflow.date": _("Not before {min}."),
    "rangeUnderflow.datetime-local": _("Not before {min}."),
    "rangeOverflow": _("At most {max} was expected."),
    "rangeOverflow.date": _("Not after {max}."),
    "rangeOverflow.datetime-local": _("Not after {max}."),
    "stepMismatch": _("This value lies between those that are possible."),
    "tooLong": _("At most {most} characters are possible."),
    "tooShort": _("At least {least} characters are needed."),
}


def field_words() -> dict[str, str]:
    return {kind: str(words) for kind, words in _WORDS.items()}
