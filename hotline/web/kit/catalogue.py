"""The Chinese catalogue for what runs without Flask: the command line, and what is sent to people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

_CHINESE = Path(__file__).parents[1] / "translations/zh/LC_MESSAGES/messages.po"


def translation(language: str) -> Callable[[str], str]:
    """Into the language of this tag ("zh-CN", "en"): source texts are English."""
    return chinese if language.lower().startswith("zh") else str


def chinese(text: str) -> str:
    return _catalogue().get(text) or text


@cache
def _catalogue() -> Mapping[str, str]:
    """Read only when something is said: it takes a good part of a second."""
    from babel.messages.pofile import read_po

    with _CHINESE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if isinstance(message.id, str)}
