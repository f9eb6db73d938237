"""Lines and numbers as every screen and program is shown them."""

from __future__ import annotations

from functools import lru_cache

from hotline.domain import numbers
from hotline.domain.calls.call import Caller
from hotline.settings import Settings


@lru_cache(maxsize=4096)
def region(number: str) -> str:
    """归属地; kept, since the same callers stand on many screens."""
    return numbers.region(number)


@lru_cache(maxsize=4096)
def place_of(number: str) -> str:
    """归属地 without the mobile operator: 广东省深圳市."""
    return numbers.place(number)


@lru_cache(maxsize=4096)
def number_shown(number: str, whole: bool) -> str:
    """As dialled for those who may see it whole, else with its middle hidden (A14); kept as `region`."""
    return numbers.as_dialled(number) if whole else numbers.mask(number)


def caller_shown(caller: Caller, whole: bool) -> str:
    """The caller's number as `number_shown`; "" when withheld."""
    return "" if caller.withheld else number_shown(caller.number or caller.original, whole)


def line_number(settings: Settings, line_id: str) -> str:
    """A line by its number, as it is printed everywhere: 400-123-4567."""
    line = settings.lines.get(line_id)
    if line is None:
        return line_id
    plain = line.number
    is_400 = len(plain) == 10 and plain.startswith("400")
    return f"{plain[:3]}-{plain[3:6]}-{plain[6:]}" if is_400 else plain


def company(settings: Settings, line_id: str) -> str:
    """Whose line it is (C1), also of a line that the settings have lost."""
    return settings.company_of(line_id) if line_id in settings.lines else settings.site.company


def queue_name(settings: Settings, queue_id: str) -> str:
    queue = settings.queues.get(queue_id)
    return queue.name if queue else queue_id
