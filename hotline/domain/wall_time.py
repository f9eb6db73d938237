"""Days and clock times as people in China write them: 2026年9月1日 下午6点半, 2026/9/1 24:00, 18：00, 9:00-17:30. Pure.

What could be meant in two ways is refused, and the refusal says which two.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from hotline.domain.reasons import Unfit
from hotline.domain.time import SHANGHAI

#: A year beyond is a slip of the pen, and no calendar reaches there.
YEARS = range(2000, 2101)

DAY = timedelta(days=1)


def within_years(day: date) -> bool:
    """Whether a person may type this day, or a moment of it; the one rule for all that is typed."""
    return day.year in YEARS


class TimeProblem(StrEnum):
    """Why a written time is none."""

    FORM = "time"
    DAY_FIRST = "time_day_first"
    NO_YEAR = "time_no_year"
    NO_DAY = "time_no_day"
    NO_SUCH = "time_no_such"
    HALF = "time_half"
    WEEKDAY = "time_weekday"

    @property
    def code(self) -> str:
        return f"moments.{self}"


class UnclearTime(Unfit):
    """`problem` says why."""

    def __init__(self, problem: TimeProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Written:
    """What a text says: a day, a time from midnight on (24 h: the next midnight), or both."""

    day: date | None = None
    clock: timedelta | None = None

    def moment(self, day: date | None = None) -> datetime:
        """On the clock of Asia/Shanghai; a day alone is its first second. Raises UnclearTime without a day."""
        known = self.day or day
        if known is None:
            raise UnclearTime(TimeProblem.NO_DAY)
        return datetime.combine(known, time.min, SHANGHAI) + (self.clock or timedelta())


_GAP = r"[ T,]*"
_WEEKDAYS = "一二三四五六日天"
_WEEKDAY = re.compile(rf"\(?(?:星期|礼拜|周)([{_WEEKDAYS}])\)?")
_DATE = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})[日号]?)")
_PACKED = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])")
_DAY_FIRST = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{1,4}(?![0-9])")
_NO_YEAR = re.compile(r"(?:[0-9]{1,2}月[0-9]{1,2}[日号]?|[0-9]{1,2}/[0-9]{1,2})(?![0-9])")
_HALVES = "凌晨|清晨|清早|早晨|早上|上午|中午|正午|下午|傍晚|晚上|夜里|夜晚|半夜|深夜|早|晚"
_HALF = rf"({_HALVES}|am|pm|a\.m\.|p\.m\.)"
_MINUTES = (
    r"(?::([0-9]{2})(?::([0-9]{2})(?:\.0+)?)?"
    r"|[点时](?:(半)|([123一三])刻|整|([0-9]{1,2})分?(?:([0-9]{1,2})秒)?)?)"
)
_CLOCK = re.compile(rf"(?:{_HALF} ?)?([0-9]{{1,2}}) ?{_MINUTES}(?: ?{_HALF})?", re.IGNORECASE)
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十]{1,3}(?=[点时分秒])")
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

#: A dash parts two times; so do these words. Neither stands within a date: those have digits on both sides of a day.
_SPAN = re.compile(r" ?(?:~|—+|–|−|至|到|--+) ?")
_FOLLOWING = "次日|第二天|翌日"
_DASH = re.compile(
    rf"(?<=[0-9点时分半刻整秒日]) ?- ?(?={_FOLLOWING}|{_HALVES}|[0-9]{{1,2}} ?[:点时]|[0-9]{{4}}[-/.年])"
)
_NEXT_DAY = re.compile(rf"(?:{_FOLLOWING}) ?")


def read(text: str) -> Written:
    """What `text` says. Raises UnclearTime."""
    rest = _plain(text)
    weekday = _WEEKDAY.search(rest)
    if weekday:
        rest = (rest[: weekday.start()].rstrip() + " " + rest[weekday.end() :].lstrip()).strip()
    day, rest = _day(rest)
    if day and weekday and day.weekday() != min(_WEEKDAYS.index(weekday[1]), 6):
        raise UnclearTime(TimeProblem.WEEKDAY)
    clock = _clock(rest) if rest else None
    if day is None and clock is None:
        raise UnclearTime(TimeProblem.FORM)
    return Written(day, clock)


def read_moment(text: str, day: date | None = None) -> datetime:
    """The moment that `text` means, in Asia/Shanghai; what names no day is on `day`. Raises UnclearTime."""
    return read(text).moment(day)


def read_span(text: str, day: date | None = None) -> tuple[datetime, datetime]:
    """From when until when: 9:00-17:30, 2026-09-01 18:00 至次日 9:00. An end whose time is no later than the start's
    is on the next day. Raises UnclearTime."""
    plain = _plain(text)
    parts = _SPAN.split(plain)
    if len(parts) == 1:
        parts = _DASH.split(plain)
    if len(parts) != 2:
        raise UnclearTime(TimeProblem.FORM)
    start = read(parts[0])
    if start.clock is None:
        raise UnclearTime(TimeProblem.FORM)
    return start.moment(day), end_after(start.moment(day), parts[1], needs_clock=True)


def end_after(start: datetime, text: str, needs_clock: bool = False) -> datetime:
    """The end that `text` means of what begins at `start`: a time alone is the next such one, a day alone its first
    second (refused with `needs_clock`: the whole day may be meant). Raises UnclearTime."""
    plain = _plain(text)
    following = _NEXT_DAY.match(plain)
    written = read(_NEXT_DAY.sub("", plain, count=1))
    if needs_clock and written.clock is None:
        raise UnclearTime(TimeProblem.FORM)
    if written.day:
        return written.moment() + (DAY if following else timedelta())
    end = written.moment(start.date())
    return end + DAY if following or end <= start else end


def from_serial(text: str) -> datetime | None:
    """The moment of a number by which a spreadsheet keeps days (46266.75), to the second; None for what is none."""
    if not re.fullmatch(r"[3-7][0-9]{4}(?:\.[0-9]{1,17})?", text.strip()):
        return None
    seconds = round(float(text) * 86400)
    found = datetime(1899, 12, 30, tzinfo=SHANGHAI) + timedelta(seconds=seconds)
    return found if within_years(found) else None


def _plain(text: str) -> str:
    """Half-width, one blank at most, nothing invisible, and numerals as digits."""
    wide = unicodedata.normalize("NFKC", text[:200]).replace("：", ":")
    seen = "".join(c for c in wide if unicodedata.category(c) != "Cf")
    return _NUMERAL.sub(lambda found: _value(found[0]), " ".join(seen.split()))


def _value(numeral: str) -> str:
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return "".join(str(_DIGITS[c]) for c in numeral)
    if len(tens) > 1 or len(ones) > 1:
        return numeral
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))


def _day(text: str) -> tuple[date | None, str]:
    """The day that `text` begins with, and what follows it."""
    found = _DATE.match(text)
    if found:
        parts: tuple[str, ...] = (found[1], found[3] or found[5], found[4] or found[6])
    else:
        found = _PACKED.match(text)
        if not found:
            _refuse_half_a_day(text)
            return None, text
        parts = found.groups()
    rest = text[found.end() :]
    # A digit straight after the day would be guessed apart: 2026-9-118:00.
    if rest and not found[0].endswith(("日", "号")) and not re.match(rf"[ T,(]|{_HALF}", rest, re.IGNORECASE):
        raise UnclearTime(TimeProblem.FORM)
    try:
        day = date(*(int(part) for part in parts))
    except ValueError:
        raise UnclearTime(TimeProblem.NO_SUCH) from None
    if not within_years(day):
        raise UnclearTime(TimeProblem.NO_SUCH)
    return day, re.sub(rf"^{_GAP}", "", rest)


def _refuse_half_a_day(text: str) -> None:
    if _DAY_FIRST.match(text):
        raise UnclearTime(TimeProblem.DAY_FIRST)
    if _NO_YEAR.match(text):
        raise UnclearTime(TimeProblem.NO_YEAR)


def _clock(text: str) -> timedelta:
    found = _CLOCK.fullmatch(text)
    if not found or (found[1] and found[9]):
        raise UnclearTime(TimeProblem.FORM)
    half, hour, minute, second, half_past, quarters, spoken, spoken_second, behind = found.groups()
    minutes = int(minute or spoken or 0)
    if half_past:
        minutes = 30
    if quarters:
        minutes = 15 * int({"一": "1", "三": "3"}.get(quarters, quarters))
    seconds = int(second or spoken_second or 0)
    if minutes > 59 or seconds > 59:
        raise UnclearTime(TimeProblem.NO_SUCH)
    hours = _hour((half or behind or "").lower().replace(".", ""), int(hour), minutes == seconds == 0)
    if hours > 24 or (hours == 24 and (minutes or seconds)):
        raise UnclearTime(TimeProblem.NO_SUCH)
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


#: For each part of the day: the hours that are meant as they stand, and those that are twelve later.
_AS_IT_STANDS = {
    "": range(25),
    "凌晨": range(7),
    "清晨": range(4, 10),
    "清早": range(4, 10),
    "早晨": range(4, 12),
    "早上": range(4, 12),
    "早": range(4, 12),
    "上午": range(12),
    "中午": range(11, 14),
    "正午": range(12, 13),
    "下午": range(12, 20),
    "傍晚": range(16, 21),
    "晚上": range(17, 25),
    "晚": range(17, 25),
    "夜里": range(19, 25),
    "夜晚": range(18, 25),
    "半夜": range(5),
    "深夜": range(21, 25),
    "am": range(12),
    "pm": range(12, 24),
}
_TWELVE_LATER = {
    "中午": range(1, 3),
    "下午": range(1, 8),
    "傍晚": range(4, 9),
    "晚上": range(5, 12),
    "晚": range(5, 12),
    "夜里": range(7, 12),
    "夜晚": range(6, 12),
    "深夜": range(9, 12),
    "pm": range(1, 12),
}


def _hour(half: str, hour: int, is_full: bool) -> int:
    if hour > 24:
        raise UnclearTime(TimeProblem.NO_SUCH)
    if half == "am" and hour == 12:
        return 0
    # Twelve at night is the midnight that ends the day; half past twelve at night could be of either day.
    if half in ("晚上", "晚", "夜里", "夜晚", "深夜") and hour == 12 and is_full:
        return 24
    if hour in _AS_IT_STANDS[half]:
        return hour
    if hour in _TWELVE_LATER.get(half, ()):
        return hour + 12
    raise UnclearTime(TimeProblem.HALF)
