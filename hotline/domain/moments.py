"""Moments as people write them, on the wall clock of Asia/Shanghai."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hotline.domain import wall_time
from hotline.domain.reasons import Reason, Unfit
from hotline.domain.time import SHANGHAI
from hotline.domain.wall_time import TimeProblem, UnclearTime, within_years

EXPECTED = 'a time like "18:00", "2026-10-01 18:00", "2026-10-01", "tomorrow 09:00", "+2h", "-7d" or "now"'

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_OFFSET = re.compile(r"([+-])((?:[0-9]{1,6}[dhms])+)")
#: Days by name, with how many days they are away; 今晚 and 明早 name a part of the day too, which stays in the text.
_DAYS = {
    "today": 0,
    "今天": 0,
    "今日": 0,
    "tomorrow": 1,
    "明天": 1,
    "明日": 1,
    "yesterday": -1,
    "昨天": -1,
    "昨日": -1,
    "大后天": 3,
    "后天": 2,
    "前天": -2,
}
_NAMED = re.compile(rf"({'|'.join(_DAYS)})(?![a-z])[ T]*(.*)", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"([今明昨])([早晚].*)")
_SHORT_DAYS = {"今": 0, "明": 1, "昨": -1}


def parse_moment(text: str, now: datetime, ahead: bool = False) -> datetime:
    """The moment that `text` means, aware UTC. Raises ValueError saying what was expected.

    A clock time alone is today's; with `ahead` the next one, so tomorrow's when it has passed. A date alone is its
    first second. What has no zone is Asia/Shanghai. What counts from now counts from the whole second.
    """
    plain = " ".join(text.split())
    why: Reason | None = None
    try:
        moment = _read(plain, now.astimezone(SHANGHAI).replace(microsecond=0), ahead).astimezone(UTC)
    except UnclearTime as error:
        moment = None
        named = replace(error.reason, values={"got": text[:60]})
        why = named if error.problem is not TimeProblem.FORM else None
    except (ValueError, OverflowError):
        moment = None
    if moment is None or not within_years(moment):
        if why is not None:
            raise Unfit("moments.unclear_because", got=text[:60], why=why)
        raise Unfit("moments.unclear", got=text[:60])
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
    day, rest = _named_day(text, now.date())
    if day and not rest:
        return datetime.combine(day, datetime.min.time(), SHANGHAI)
    try:
        written = wall_time.read(rest)
    except UnclearTime as unclear:
        return _with_zone(text, unclear)
    if day and written.day:
        raise ValueError(text)
    moment = written.moment(day or now.date())
    is_clock_alone = day is None and written.day is None
    return moment + wall_time.DAY if ahead and is_clock_alone and moment <= now else moment


def _named_day(text: str, today: date) -> tuple[date | None, str]:
    """The day that `text` names (明天), and the rest of it."""
    if found := _NAMED.fullmatch(text):
        return today + timedelta(days=_DAYS[found[1].lower()]), found[2]
    if found := _PART_OF_DAY.fullmatch(text):
        return today + timedelta(days=_SHORT_DAYS[found[1]]), found[2]
    return None, text


def _with_zone(text: str, unclear: UnclearTime) -> datetime:
    """As programs write it, with a zone or without. Raises UnclearTime."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise unclear from None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _length(text: str) -> timedelta:
    parts = re.findall(r"([0-9]+)([dhms])", text)
    return sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in parts), timedelta())
