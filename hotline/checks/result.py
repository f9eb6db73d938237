"""The result of a check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hotline.domain.reasons import Reason


class Level(StrEnum):
    OK = "ok"
    #: Calls are taken, but somebody should see to it.
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """`what` was looked at, `detail` what was found, `advice` what to do about it (None when it is well)."""

    level: Level
    what: str
    detail: Reason
    advice: Reason | None = None


def ok(what: str, detail: Reason) -> CheckResult:
    return CheckResult(Level.OK, what, detail)


def warning(what: str, detail: Reason, advice: Reason) -> CheckResult:
    return CheckResult(Level.WARNING, what, detail, advice)


def failed(what: str, detail: Reason, advice: Reason) -> CheckResult:
    return CheckResult(Level.FAILED, what, detail, advice)
