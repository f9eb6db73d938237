"""A backup as its manifest tells of it, and what people ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from hotline.domain.errors import Refused
from hotline.domain.reasons import Reason, because
from hotline.domain.time import SHANGHAI
from hotline.domain.wall_time import within_years

#: A form of the archive; another one cannot be read by this program.
FORM = 1


@dataclass(frozen=True, slots=True)
class TableSum:
    """What a table held: how many rows, and a hash over all of them, whatever their order."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class FileSum:
    """`size`: bytes. `sha256`: of the file as it stands in the archive."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`site`: the company's name, by which a restore is confirmed. `database`: sqlite or postgresql. `revision`: of
    the database's structure. `files`: by their names in the archive. `sealed`: whether passwords are in it."""

    site: str
    made_at: datetime
    made_by: str
    database: str
    revision: str
    tables: Mapping[str, TableSum]
    files: Mapping[str, FileSum]
    sealed: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "form": FORM,
            "site": self.site,
            "made_at": self.made_at.isoformat(),
            "made_by": self.made_by,
            "database": self.database,
            "revision": self.revision,
            "tables": {name: [each.rows, each.digest] for name, each in self.tables.items()},
            "files": {name: [each.size, each.sha256] for name, each in self.files.items()},
            "sealed": self.sealed,
        }

    @classmethod
    def from_json(cls, stored: Any) -> Manifest:
        """Raises Refused for what this program did not write."""
        try:
            if stored["form"] != FORM:
                raise Refused("backups.other_form")
            made_at = datetime.fromisoformat(stored["made_at"])
            if made_at.tzinfo is None or not within_years(made_at):
                raise ValueError("no moment of ours")
            return cls(
                str(stored["site"]),
                made_at,
                str(stored["made_by"]),
                str(stored["database"]),
                str(stored["revision"]),
                {str(name): TableSum(int(rows), str(digest)) for name, (rows, digest) in stored["tables"].items()},
                {str(name): FileSum(int(size), str(sha256)) for name, (size, sha256) in stored["files"].items()},
                stored["sealed"] is True,
            )
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
            raise Refused("backups.no_backup") from None


class TaskKind(StrEnum):
    MAKE = "make"
    DRILL = "drill"
    RESTORE = "restore"


class TaskState(StrEnum):
    WAITS = "waits"
    RUNS = "runs"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class BackupTask:
    """What was done with backups, or shall be: somebody asked for it, or the night did (`asked_by` is ""). `file`: the
    archive's name; of one that is to be made "" until it is there. `problem`: why it failed."""

    kind: TaskKind
    file: str
    asked_by: str
    asked_at: datetime
    begun_at: datetime | None = None
    finished_at: datetime | None = None
    problem: Reason | None = None
    id: int = 0

    @property
    def state(self) -> TaskState:
        if self.finished_at is not None:
            return TaskState.FAILED if self.problem else TaskState.DONE
        return TaskState.WAITS if self.begun_at is None else TaskState.RUNS

    @property
    def told(self) -> Reason:
        """What came of one that is over."""
        file, why = self.file, self.problem
        if self.kind is TaskKind.MAKE:
            return because("backups.not_made", why=why) if why else because("backups.made", file=file)
        if self.kind is TaskKind.DRILL:
            return because("backups.not_tried", file=file, why=why) if why else because("backups.tried", file=file)
        return because("backups.not_restored", file=file, why=why) if why else because("backups.restored", file=file)


def is_due(last_asked: datetime | None, hour: int, now: datetime) -> bool:
    """Once a Shanghai day from this hour on, whatever came of the last one; at once where none was ever made."""
    here = now.astimezone(SHANGHAI)
    if last_asked is None:
        return True
    return last_asked.astimezone(SHANGHAI).date() < here.date() and here.hour >= hour


def drill_due(last_asked: datetime | None, days: int, now: datetime) -> bool:
    """`days` of 0: never by itself."""
    return days > 0 and (last_asked is None or now - last_asked >= timedelta(days=days))


def differences(expected: Mapping[str, TableSum], found: Mapping[str, TableSum]) -> tuple[Reason, ...]:
    """What a restored database has otherwise than its backup says."""
    return tuple(
        because(
            "backups.table_differs",
            table=name,
            expected=expected[name].rows if name in expected else 0,
            found=found[name].rows if name in found else 0,
        )
        for name in sorted({*expected, *found})
        if expected.get(name) != found.get(name)
    )


def beyond_kept(names_newest_first: list[str], kept: int) -> list[str]:
    """Which of the backups go. The newest always stays."""
    return names_newest_first[max(kept, 1) :]


def lacks_room(free: int, last_size: int) -> Reason | None:
    """Why the next one would not fit: while it is made its parts stand beside it once more. `free`, `last_size`:
    bytes."""
    needed = 2 * last_size
    return because("backups.no_room", free=free // 1_000_000, needed=needed // 1_000_000) if free < needed else None


def too_old(newest: datetime | None, most_hours: int, now: datetime) -> Reason | None:
    """Why an alert stands: no whole backup is younger than so many hours."""
    if newest is None or now - newest <= timedelta(hours=most_hours):
        return None
    return because("backups.too_old", made_at=newest, hours=most_hours)
