"""What a feature tells of the things that are dialled for: `DIALLED` in hotline/web/<feature>/dialled_words.py, by the
kind as hotline/services/<feature>/dialled.py has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask import url_for
from flask_babel import LazyString

from hotline.discovery import gathered, together
from hotline.web.kit.shown import may_visit


@dataclass(frozen=True)
class DialledWords:
    """`name`: what such a thing is called. `endpoint` and `argument`: its page, and what that calls the id. `reasons`:
    the words for what a dial notes as its reason in codes."""

    name: LazyString
    endpoint: str
    argument: str
    reasons: Mapping[str, str | LazyString] = field(default_factory=dict)


@cache
def dialled_words() -> Mapping[str, DialledWords]:
    """By kind, of all features."""
    return together(gathered("hotline.web", "dialled_words", "DIALLED", dict))


def dialled_shown() -> dict[str, dict[str, str]]:
    """By kind, for scripts: what it is called, and the beginning of its address, to which the id is added; of those
    whose page the reader may visit."""
    seen = {kind: words for kind, words in dialled_words().items() if may_visit(words.endpoint)}
    return {kind: {"name": str(words.name), "address": _address(words)} for kind, words in seen.items()}


def dialled_reasons() -> dict[str, str]:
    """The words for each code; a thing without reasons of its own is the reason itself."""
    known: dict[str, str] = {}
    for kind, words in dialled_words().items():
        known |= {kind: str(words.name), **{code: str(said) for code, said in words.reasons.items()}}
    return known


def reason_said(reason: str) -> str:
    """What a dial was for; what somebody wrote stays as it is."""
    return dialled_reasons().get(reason, reason)


def _address(words: DialledWords) -> str:
    argument: dict[str, Any] = {words.argument: 0}
    return url_for(words.endpoint, **argument).removesuffix("0")
