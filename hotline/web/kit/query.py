"""Values read from the address of a page; wrong ones are told, not guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from flask_babel import gettext

from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused
from hotline.domain.time import SHANGHAI
from hotline.domain.wall_time import within_years


def clean(value: str, most: int = 64) -> str:
    """One line of at most so many characters that any database takes."""
    return "".join(c for c in value if c.isprintable()).strip()[:most]


def day_of(value: str) -> date | None:
    """None for what is no day of these two centuries."""
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return None
    return found if within_years(found) else None


def day(value: str, name: str, problems: dict[str, str]) -> date | None:
    """None for none; what is no day is told in `problems`."""
    found = day_of(value)
    if value and found is None:
        problems[name] = gettext("A day like 2026-11-22 was expected.")
    return found


def day_typed(text: str) -> date | None:
    """Of 2000 to 2099, written as 2026-11-22; None for anything else."""
    return day_of(text) if re.fullmatch(r"20\d\d-\d\d-\d\d", text) else None


def month_asked(args: Mapping[str, str], now: datetime) -> date:
    """The first day of the month that the address names (?month=2026-11); of the present one without any. Raises
    Refused for what is no month: a sheet of another one than was asked for would be taken for it."""
    asked = args.get("month", "")
    first = day_of(f"{asked}-01")
    if asked and first is None:
        raise Refused("input.month", field="month")
    return first or local_day(now).replace(day=1)


def midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), SHANGHAI) if day else None
