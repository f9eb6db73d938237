"""How entries of the audit log are shown: the words of their action, and where their objects are to be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import url_for
from flask_babel import LazyString

from hotline.discovery import gathered, together
from hotline.web.kit.shown import may_visit
from hotline.web.kit.told.audited import AuditWords, ObjectPage


@cache
def audit_actions() -> Mapping[str, LazyString]:
    """Action -> what was done, by the codes."""
    return dict(sorted(together(words.actions for words in _told()).items()))


@cache
def audit_choices() -> Mapping[LazyString | str, Mapping[str, LazyString]]:
    """The actions to choose from, under what they belong to; what belongs nowhere stands last, under ""."""
    titled = [(words.title, words.actions) for words in _told()]
    named = {title: dict(sorted(actions.items())) for title, actions in titled if title}
    others = together(actions for title, actions in titled if not title)
    return {**named, "": dict(sorted(others.items()))}


@cache
def _kinds() -> Mapping[str, LazyString]:
    return together(words.kinds for words in _told())


@cache
def _object_pages() -> Mapping[str, ObjectPage]:
    return together(words.objects for words in _told())


def _told() -> tuple[AuditWords, ...]:
    return gathered("hotline.web", "audit_words", "WORDS", AuditWords)


def action_label(action: str) -> str:
    """One that has no words is shown by its code."""
    return str(audit_actions().get(action, action))


def object_name(object: str) -> str:
    """Of an entry: what it is called, where that is known, and which one."""
    kind, _colon, key = object.partition(":")
    return f"{_kinds()[kind]} {key}".rstrip() if kind in _kinds() else object


def object_address(object: str) -> str:
    """The page of an entry's object, where there is one that the reader may see; else ""."""
    return address_in(_object_pages(), object)


def address_in(pages: Mapping[str, ObjectPage], object: str) -> str:
    """As `object_address`, of these pages by kind."""
    kind, _colon, key = object.partition(":")
    page = pages.get(kind)
    if page is None or not re.fullmatch(page.pattern, key) or not may_visit(page.endpoint):
        return ""
    arguments: dict[str, Any] = {page.argument: key}
    return url_for(page.endpoint, **arguments)
