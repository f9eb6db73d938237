"""Reads numbers, choices and days from an address or a form for the pages of quality; wrong values are left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta

from hotline.domain.ids import parse_id
from hotline.domain.time import SHANGHAI
from hotline.web.kit.query import day_of


def choice(args: Mapping[str, str], name: str, known: Collection[str], usual: str = "") -> str:
    value = args.get(name, usual)
    return value if value in known else usual


def whole(value: str) -> int | None:
    """An id as it was typed; None for what can be none."""
    return parse_id(value.strip())


def call_asked(value: str) -> int | None:
    """A call by its number or by the address of its page."""
    found = re.search(r"(?:^|/calls/)([0-9]+)(?:[/?#].*)?$", value.strip())
    return parse_id(found[1]) if found else None


def decimal(value: str) -> float | None:
    return float(value) if re.fullmatch(r"[0-9]{1,4}([.][0-9]{1,3})?", value.strip()) else None


def end_of_day(value: str) -> datetime | None:
    """The last second of that day in Shanghai; None for what is no day."""
    day = day_of(value)
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI) - timedelta(seconds=1) if day else None
