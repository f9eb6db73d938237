"""Volumes as people type them in, from a spreadsheet: a half hour, then calls of Monday to Sunday and of holidays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hotline.domain.errors import Refused
from hotline.domain.staffing.days import SLOTS, LikeDay

#: More calls in half an hour are a slip of the keyboard.
MOST_CALLS = 20_000
_PARTED = re.compile(r"[\t;,，；\s]+")


def read_volumes(written: str) -> dict[LikeDay, list[float]]:
    """Of "09:30 12 10 10 9 8 3 2 1", a line each half hour; the last one, of holidays, may be left out. Raises Refused
    with the line."""
    found = {like: [0.0] * SLOTS for like in LikeDay}
    for number, line in enumerate(written.splitlines(), 1):
        cells = [each for each in _PARTED.split(line.strip()) if each]
        if not cells:
            continue
        slot = _slot(cells[0])
        values = [_calls(each) for each in cells[1:]]
        if slot is None or not 7 <= len(values) <= len(LikeDay) or None in values:
            raise Refused("staffing.volumes", field="volumes", line=number)
        for like, calls in zip(LikeDay, values, strict=False):
            found[like][slot] = calls or 0.0
    return {like: course for like, course in found.items() if like is not LikeDay.HOLIDAY or any(course)}


def write_volumes(volumes: Mapping[LikeDay, Sequence[float]], slots: Sequence[int]) -> str:
    """As `read_volumes` reads it: these half hours, and whatever else has calls."""
    none = (0.0,) * SLOTS
    shown = sorted({*slots, *(slot for course in volumes.values() for slot in range(SLOTS) if course[slot])})
    return "\n".join(
        "\t".join([slot_text(slot), *(f"{volumes.get(like, none)[slot]:g}" for like in LikeDay)]) for slot in shown
    )


def slot_text(slot: int) -> str:
    """When the half hour begins: 09:30."""
    return f"{slot // 2:02}:{slot % 2 * 30:02}"


def _slot(written: str) -> int | None:
    found = re.fullmatch(r"([0-9]{1,2})[:：](00|30)(?:-.*)?", written)
    return int(found[1]) * 2 + (found[2] == "30") if found and int(found[1]) < 24 else None


def _calls(written: str) -> float | None:
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", written):
        return None
    return float(written) if float(written) <= MOST_CALLS else None
