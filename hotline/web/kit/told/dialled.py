"""What a feature tells of the things that are dialled for: `DIALLED` in hotline/web/<feature>/dialled_words.py, by the
kind as hotline/services/<feature>/dialled.py has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import url_for
from flask_babel import LazyString

from hotline.discovery import gathered, together
from hotline.web.kit.shown import may_visit


@dataclass(frozen=True)
class DialledWords:
    """`name`: what such a thing is called. `endpoint` and `argument`: its page, and what that calls the id."""

    name: LazyString
    endpoint: str
    argument: str


@cache
def dialled_words() -> Mapping[str, DialledWords]:
    """By kind, of all features."""
    return together(gathered("hotline.web", "dialled_words", "DIALLED", dict))


def dialled_shown() -> dict[str, dict[str, str]]:
    """By kind, for scripts: what it is called, and the beginning of its address, to which the id is added; of those
    whose page the reader may visit."""
    seen = {kind: words for kind, words in dialled_words().items() if may_visit(words.endpoint)}
    return {kind: {"name": str(words.name), "address": _address(words)} for kind, words in seen.items()}


def _address(words: DialledWords) -> str:
    argument: dict[str, Any] = {words.argument: 0}
    return url_for(words.endpoint, **argument).removesuffix("0")
