"""Whom an operator means by what they type. Pure."""

from __future__ import annotations

from hotline.domain import pinyin


def found_by(typed: str, name: str, extension: str) -> bool:
    """By a part of the name, its pinyin or initials, or the beginning of the extension; nothing typed finds
    everybody."""
    wanted = typed.strip().casefold()
    return wanted in name.casefold() or extension.startswith(wanted) or bool(pinyin.fit(name, wanted))
