"""All words for refusals in one place, and how they are filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from hotline.discovery import gathered, together
from hotline.domain.reasons import Coded, Reason, Value
from hotline.domain.time import minute_text
from hotline.web.kit.refusals.marking import msgid as _

#: From the English text to the text in the language of whoever reads.
Translate = Callable[[str], str]


#: Between the entries of a list.
LIST_COMMA = _(", ")


@cache
def refusal_words() -> Mapping[str, str]:
    """By code, of all features. Gathered when something is said: a command that says nothing starts without them."""
    return together(gathered("hotline.web", "refusals", "WORDS", dict))


def say(told: Coded | Reason, translate: Translate) -> str:
    """What a person is told. A code that has no words (of another version of the program) is said as it is."""
    reason = told.reason if isinstance(told, Coded) else told
    text = refusal_words().get(reason.code)
    if text is None:
        return str(reason)
    try:
        return filled(text, reason.values, translate)
    except (KeyError, ValueError):  # of another version of the program
        return str(reason)


def filled(text: str, values: Mapping[str, Value], translate: Translate) -> str:
    """The text in the reader's language, with these values. Raises KeyError and ValueError for values that do not
    fit."""
    return translate(text) % {name: _shown(value, translate) for name, value in values.items()}


def _shown(value: Value, translate: Translate) -> str:
    if isinstance(value, Reason):
        return say(value, translate)
    if isinstance(value, StrEnum):
        word = refusal_words().get(f"{type(value).__name__.lower()}.{value}")
        return translate(word) if word else value.value
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        parts = [_shown(each, translate) for each in value]
        return (
            "\n".join(parts) if any(isinstance(each, Reason) for each in value) else translate(LIST_COMMA).join(parts)
        )
    if isinstance(value, datetime):
        return minute_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else str(value)
