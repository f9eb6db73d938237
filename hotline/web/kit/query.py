"""Values read from the address of a page; wrong ones are told, not guessed."""

from __future__ import annotations

from datetime import date, datetime, time

from flask_babel import gettext

from hotline.domain.time import SHANGHAI


def clean(value: str, most: int = 64) -> str:
    """One line of at most so many characters that any database takes."""
    return "".join(c for c in value if c.isprintable()).strip()[:most]


def day(value: str, name: str, problems: dict[str, str]) -> date | None:
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2100:
        problems[name] = gettext("A day like 2026-11-22 was expected.")
        return None
    return day


def midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), SHANGHAI) if day else None
