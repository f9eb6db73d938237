"""What a feature tells of the pages that its links lead to: `LINKED` in hotline/web/<feature>/linked.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString

from hotline.discovery import gathered
from hotline.domain.links.link import Link


@dataclass(frozen=True, eq=False)
class LinkedPage:
    """`purpose`: as the links have it. `name`: what the administrators' list calls it. Before it is opened the page
    says `title` and `invitation`, and its button `button`; once it is used, `used_title` and `used`; `again`: how to
    get a new one. `show`: the page itself, given the link and its token; it shows what the purpose needs and no
    more."""

    purpose: str
    name: LazyString
    title: LazyString
    invitation: LazyString
    button: LazyString
    used_title: LazyString
    used: LazyString
    again: LazyString
    show: Callable[[Link, str], str]


@dataclass(frozen=True)
class LinkedPages:
    """Of one feature, each for a purpose of its own."""

    each: tuple[LinkedPage, ...]


def linked_pages() -> dict[str, LinkedPage]:
    """Of all features, by purpose."""
    told = gathered("hotline.web", "linked", "LINKED", LinkedPages)
    return {page.purpose: page for feature in told for page in feature.each}
