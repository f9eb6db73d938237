"""What goes out, in words: never a whole number, and a link in place of what is told."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.notifications.discreet import discreet_text
from hotline.domain.notifications.notification import NOBODY, Notification, Text
from hotline.services.gateways import Wording

#: So many of several are named one by one.
_NAMED = 10


def text_of(told: Sequence[Notification], wording: Wording, language: str, public_url: str) -> Text:
    """Of one, or of several as one."""
    lines = [wording.said(each, language) for each in told]
    title = lines[0] if len(lines) == 1 else wording.several(len(lines), language)
    named = [] if len(lines) == 1 else lines[:_NAMED]
    more = ["…"] if len(lines) > _NAMED else []
    return discreet_text(Text(title, "\n".join([*named, *more, *_link(told, public_url)]) or title))


def _link(told: Sequence[Notification], public_url: str) -> list[str]:
    if not public_url:
        return []
    site = public_url.rstrip("/")
    if not told or told[0].person_id == NOBODY:
        return [site]
    return [f"{site}/notifications/{told[0].id}" if len(told) == 1 else f"{site}/notifications"]
