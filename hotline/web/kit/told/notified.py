"""What a feature tells of its kinds of notifications: `WORDS` in hotline/web/<feature>/notification_words.py, by the
kind's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from hotline.discovery import gathered, together
from hotline.domain.notifications.notification import Notification
from hotline.domain.reasons import Value
from hotline.web.kit.refusals.registry import Translate, filled
from hotline.web.kit.told.audited import ObjectPage

#: Of the values that were kept makes those that the words need, in the reader's language.
Values = Callable[[Mapping[str, Value], Translate], Mapping[str, Value]]


@dataclass(frozen=True)
class NotificationWords:
    """`name`: what the kind is called where people choose; `said`: the notification in one line, with its values. Both
    are marked for the catalogue (`msgid`). `page`: where it leads in place of its object's page; "" for nowhere."""

    name: str
    said: str
    values: Values | None = None
    page: Callable[[Notification], str] | None = None


@cache
def notification_words() -> Mapping[str, NotificationWords]:
    """By kind, of all features."""
    return together(gathered("hotline.web", "notification_words", "WORDS", dict))


@cache
def notified_objects() -> Mapping[str, ObjectPage]:
    """Where notifications of a kind of object lead, of all features: `OBJECTS` in hotline/web/<feature>/
    notified_objects.py. Kinds that stand in audit_words.py need not stand there too."""
    return together(gathered("hotline.web", "notified_objects", "OBJECTS", dict))


def said_of(told: Notification, translate: Translate) -> str:
    """In one line. One of another version of the program is said by its code."""
    words, values = notification_words().get(told.kind), told.values
    if words is None:
        return told.kind
    try:
        return filled(words.said, words.values(values, translate) if words.values else values, translate)
    except (KeyError, ValueError):
        return translate(words.name)
