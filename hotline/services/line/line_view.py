"""The lines as their page shows them: each one's state, and the days ahead of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.calendar import Day, local_day
from hotline.domain.interval import Interval
from hotline.services.calendar import work_calendar
from hotline.services.line.names import require_line
from hotline.services.line.routing import LineShown, lines_shown
from hotline.settings import Settings
from hotline.storage.transaction import Storage

_DAYS_SHOWN = 7


@dataclass(frozen=True, slots=True)
class LinesPage:
    """`chosen`: whose `days` these are, with their working periods."""

    lines: Sequence[LineShown]
    chosen: LineShown
    days: Sequence[tuple[Day, tuple[Interval, ...]]]


def lines_page(storage: Storage, settings: Settings, now: datetime, line: str = "") -> LinesPage:
    """With this line chosen, the first with "". Raises StorageError, NotFound for a line that there is not."""
    require_line(settings, line)
    lines = lines_shown(storage, settings, now)
    chosen = next((each for each in lines if each.line == line), lines[0])
    calendar, today = work_calendar(settings, chosen.line), local_day(now)
    days = (today + timedelta(days=ahead) for ahead in range(_DAYS_SHOWN))
    return LinesPage(lines, chosen, [(calendar.day(day), calendar.periods_of(day)) for day in days])
