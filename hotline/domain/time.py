"""The two time zones of the product: UTC is stored, Asia/Shanghai is shown and decided by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

#: What gives the present moment as aware UTC; passed in wherever "now" matters, so tests can stand on any day.
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's present moment, aware UTC."""
    return datetime.now(UTC)


def require_aware(moment: datetime) -> datetime:
    """`moment` as UTC. Raises ValueError for a naive one: whose wall clock it showed cannot be known."""
    if moment.tzinfo is None:
        raise ValueError(f"naive time {moment.isoformat()}: a time zone is needed")
    return moment.astimezone(UTC)


def midnight(day: date) -> datetime:
    """The first moment of this day in Asia/Shanghai, as UTC."""
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The first moment after this day, in Shanghai."""
    return midnight(day + timedelta(days=1))


def last_day(end: datetime) -> date:
    """The day in Shanghai in which the last moment before `end` lies."""
    return (end.astimezone(SHANGHAI) - timedelta(microseconds=1)).date()


def minute_text(moment: datetime | None) -> str:
    """As people read it, in Shanghai: 2026-10-01 18:00; "" for None."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if moment else ""


def second_text(moment: datetime | None) -> str:
    """As people read it, in Shanghai: 2026-10-01 18:00:30; "" for None."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" if moment else ""
