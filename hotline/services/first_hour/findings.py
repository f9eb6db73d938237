"""What is missing: what `hotline check` found when it last looked; looking takes seconds, reading must not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.services.check import CheckResult, Level
from hotline.storage.first_hour.store import FindingStore
from hotline.storage.transaction import Storage

_GRAVEST_FIRST = (Level.FAILED, Level.WARNING, Level.OK)

#: Whoever reads what was found reads it on a page: that the pages did not answer was so while everything began.
_SEEN_OTHERWISE = "web"

#: What is counted beside the menu.
MISSING = (Level.FAILED, Level.WARNING)


@dataclass(frozen=True, slots=True)
class Findings:
    """The gravest first. `at`: when it was looked; None: never yet."""

    missing: Sequence[CheckResult]
    well: Sequence[CheckResult]
    at: datetime | None


def look(storage: Storage, look_over: Callable[[], Iterable[CheckResult]], now: datetime) -> int:
    """Look over the whole site and keep what is found; how much of it is missing. Raises StorageError."""
    looked = (each for each in look_over() if each.what != _SEEN_OTHERWISE)
    found = [(str(each.level), each.what, each.detail, each.advice) for each in looked]
    with storage.writing() as tx:
        FindingStore(tx).replace(found, now)
    return sum(level in MISSING for level, *_rest in found)


def findings(storage: Storage) -> Findings:
    """What was found last. Raises StorageError."""
    with storage.reading() as tx:
        rows, at = FindingStore(tx).all()
    found = [CheckResult(Level(level), what, detail, advice) for level, what, detail, advice in rows]
    found.sort(key=lambda each: _GRAVEST_FIRST.index(each.level))
    return Findings([each for each in found if each.level in MISSING], [e for e in found if e.level is Level.OK], at)
