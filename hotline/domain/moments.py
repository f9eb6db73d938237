"""Moments as people write them, on the wall clock of Asia/Shanghai."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from hotline.domain.time import SHANGHAI

EXPECTED = 'a time like "18:00", "2026-10-01 18:00", "2026-10-01", "tomorrow 09:00", "+2h", "-7d" or "now"'

#: A year beyond is a slip of the pen, and no calendar reaches there.
YEARS = range(2000, 2101)

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_OFFSET = re.compile(r"([+-])((?:[0-9]{1,6}[dhms])+)")
_WALL = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_DAYS = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1, "yesterday": -1, "昨天": -1}


def parse_moment(text: str, now: datetime, ahead: bool = False) -> datetime:
    """The moment that `text` means, aware UTC. Raises ValueError saying what was expected.

    A clock time alone is today's; with `ahead` the next one, so tomorrow's when it has passed. A date alone is its
    first second. What has no zone is Asia/Shanghai. What counts from now counts from the whole second.
    """
    plain = " ".join(text.split())
    try:
        moment = _read(plain, now.astimezone(SHANGHAI).replace(microsecond=0), ahead).astimezone(UTC)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.year not in YEARS:
        raise ValueError(f"{EXPECTED} was expected, got {text[:60]!r}")
    return moment


def parse_day(text: str, now: datetime) -> date:
    """The day that `text` means, in Asia/Shanghai. Raises ValueError saying what was expected."""
    return parse_moment(text, now).astimezone(SHANGHAI).date()


def _read(text: str, now: datetime, ahead: bool) -> datetime:
    if text.lower() == "now":
        return now
    if offset := _OFFSET.fullmatch(text.lower()):
        sign = 1 if offset[1] == "+" else -1
        return now + sign * _length(offset[2])
    if wall := _WALL.fullmatch(text):
        moment = datetime.combine(now.date(), _time(wall), SHANGHAI)
        return moment + timedelta(days=1) if ahead and moment <= now else moment
    named, _, rest = text.partition(" ")
    if named.lower() in _DAYS:
        day = now.date() + timedelta(days=_DAYS[named.lower()])
        at = _WALL.fullmatch(rest)
        if rest and not at:
            raise ValueError(rest)
        return datetime.combine(day, _time(at) if at else time.min, SHANGHAI)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _length(text: str) -> timedelta:
    parts = re.findall(r"([0-9]+)([dhms])", text)
    return sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in parts), timedelta())


def _time(wall: re.Match[str]) -> time:
    return time(int(wall[1]), int(wall[2]), int(wall[3] or 0))
