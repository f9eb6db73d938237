"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    #: Calls are taken, but somebody should see to it.
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` was looked at, `detail` what was found, `advice` what to do about it ("" when it is well)."""

    level: Level
    what: str
    detail: str
    advice: str = ""


def ok(what: str, detail: str) -> Finding:
    return Finding(Level.OK, what, detail)


def warning(what: str, detail: str, advice: str) -> Finding:
    return Finding(Level.WARNING, what, detail, advice)


def failed(what: str, detail: str, advice: str) -> Finding:
    return Finding(Level.FAILED, what, detail, advice)
