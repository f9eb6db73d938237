"""All words in one place, and how they are filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from hotline.domain.reasons import Coded, Reason, Value
from hotline.domain.time import minute_text
from hotline.web.words import (
    accounts,
    asterisk,
    calls,
    cards,
    cases,
    checks,
    commands,
    customers,
    directory,
    examination,
    floor,
    forms,
    input,
    line,
    machine,
    moments,
    operators,
    prompts,
    quality,
    recordings,
    retention,
    settings,
    storage,
    tables,
    ways_in,
)
from hotline.web.words.marking import msgid as _

WORDS: Mapping[str, str] = {
    **accounts.WORDS,
    **asterisk.WORDS,
    **calls.WORDS,
    **cards.WORDS,
    **cases.WORDS,
    **checks.WORDS,
    **commands.WORDS,
    **customers.WORDS,
    **directory.WORDS,
    **examination.WORDS,
    **floor.WORDS,
    **forms.WORDS,
    **input.WORDS,
    **line.WORDS,
    **machine.WORDS,
    **moments.WORDS,
    **operators.WORDS,
    **prompts.WORDS,
    **quality.WORDS,
    **recordings.WORDS,
    **retention.WORDS,
    **settings.WORDS,
    **storage.WORDS,
    **tables.WORDS,
    **ways_in.WORDS,
}

#: From the English text to the text in the language of whoever reads.
Translate = Callable[[str], str]


#: Between the entries of a list.
LIST_COMMA = _(", ")


def say(told: Coded | Reason, translate: Translate) -> str:
    """What a person is told. A code that has no words (of another version of the program) is said as it is."""
    reason = told.reason if isinstance(told, Coded) else told
    text = WORDS.get(reason.code)
    if text is None:
        return str(reason)
    values = {name: _shown(value, translate) for name, value in reason.values.items()}
    try:
        return translate(text) % values
    except (KeyError, ValueError):  # of another version of the program
        return str(reason)


def _shown(value: Value, translate: Translate) -> str:
    if isinstance(value, Reason):
        return say(value, translate)
    if isinstance(value, StrEnum):
        word = WORDS.get(f"{type(value).__name__.lower()}.{value}")
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
