"""Days that somebody marked as worked or closed, against what is ordered or usual, and who did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hotline.domain.own_calendar import DayMark
from hotline.domain.settings.change import Act, SettingChange, standing


@dataclass(frozen=True, slots=True)
class MarkedBy:
    """Who gave a day its mark, or took it away (None), and when."""

    mark: DayMark | None
    by: str
    at: datetime


Marks = Mapping[DayMark, frozenset[date]]


def remarked(marks: Marks, days: Iterable[date], mark: DayMark | None) -> dict[DayMark, frozenset[date]]:
    """The marks once these days have this one, and no other; with None they have none."""
    changed = frozenset(days)
    return {each: (known - changed) | (changed if each is mark else frozenset()) for each, known in marks.items()}


def days_of(value: object) -> frozenset[date]:
    """Of a setting's value as it is stored; what is no day is passed over."""
    found = set()
    for text in value if isinstance(value, (list, tuple)) else ():
        try:
            found.add(date.fromisoformat(str(text)))
        except ValueError:
            continue
    return frozenset(found)


def marked_by(
    changes: Iterable[SettingChange], keys: Mapping[str, DayMark], files: Marks, until: datetime
) -> dict[date, MarkedBy]:
    """By day, who decided on it last. `keys`: the settings that hold the marks; `files`: what stood there before
    anything was decided."""
    known, found = dict(files), dict[date, MarkedBy]()
    for change in standing(changes):
        mark = keys.get(change.key)
        if mark is None or change.from_at > until:
            continue
        days = days_of(change.value) if change.act is Act.SET else files[mark]
        changed, known[mark] = days ^ known[mark], days
        for day in changed:
            now = next((each for each, marked in known.items() if day in marked), None)
            found[day] = MarkedBy(now, change.decided_by, change.decided_at)
    return found
