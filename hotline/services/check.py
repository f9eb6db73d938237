"""What is found when the hotline is looked over (`hotline check`), and how features tell of what they look at: in
`hotline/services/<feature>/checks.py`, in `CHECKS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.reasons import Reason
from hotline.settings import Home, Settings
from hotline.storage.transaction import Storage


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


def _nothing(*_: object) -> Iterable[CheckResult]:
    return ()


@dataclass(frozen=True, slots=True)
class Checks:
    """What a feature looks at. `files`: settings and the home's files, also before the first start; `stored`: what lies
    in the database, asked only when it is of this version."""

    files: Callable[[Settings, Home, datetime], Iterable[CheckResult]] = _nothing
    stored: Callable[[Settings, Storage, datetime], Iterable[CheckResult]] = _nothing
