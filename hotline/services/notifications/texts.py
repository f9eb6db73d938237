"""What goes out, in words: never a whole number, and a link in place of what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hotline.domain.notifications.discreet import discreet_text
from hotline.domain.notifications.notification import NOBODY, Notification, Text
from hotline.services.gateways import Wording

#: So many of several are named one by one.
_NAMED = 10


def text_of(
    told: Sequence[Notification],
    wording: Wording,
    language: str,
    public_url: str,
    signed: Callable[[Notification], str] = lambda _: "",
) -> Text:
    """Of one, or of several as one. `signed`: the link of its own that a notification carries ("" for none), in place
    of the page that only those with an account can open."""
    lines = [wording.said(each, language) for each in told]
    title = lines[0] if len(lines) == 1 else wording.several(len(lines), language)
    links = [signed(each) for each in told]
    named = [] if len(lines) == 1 else list(_named(lines, links))
    more = ["…"] if len(told) > _NAMED and not all(links) else []
    last = [link for link in links if link] if len(told) == 1 else []
    ending = last or ([] if told and all(links) else _link(told, public_url))
    return discreet_text(Text(title, "\n".join([*named, *more, *ending]) or title))


def _named(lines: Sequence[str], links: Sequence[str]) -> Iterator[str]:
    """Each with its own link; of those without one so many."""
    for place, (line, link) in enumerate(zip(lines, links, strict=True)):
        if link or place < _NAMED:
            yield line
        if link:
            yield link


def _link(told: Sequence[Notification], public_url: str) -> list[str]:
    if not public_url:
        return []
    site = public_url.rstrip("/")
    if not told or told[0].person_id == NOBODY:
        return [site]
    return [f"{site}/notifications/{told[0].id}" if len(told) == 1 else f"{site}/notifications"]
