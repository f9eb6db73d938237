"""The people behind numbers, as the fold needs them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from hotline.domain import numbers
from hotline.domain.calls.fold import Directory
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.services.line.duty import always_on_duty, known_shifts
from hotline.services.staff.names import holders
from hotline.settings import Settings
from hotline.storage.directory.store import DirectoryStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage

#: Whose mobile rang is looked up in shifts this far around now: calls are folded soon after they happen, at
#: the latest when a CEL database that was away comes back.
SHIFTS_AROUND = timedelta(days=60)


def load_directory(storage: Storage, settings: Settings, now: datetime) -> Directory:
    """Our lines and operators, duty mobiles and the people whom callers are passed on to. Raises StorageError."""
    with storage.reading() as tx:
        shifts = known_shifts(tx, settings, now - SHIFTS_AROUND, now + SHIFTS_AROUND)
        people, staff = DirectoryStore(tx).all(), StaffStore(tx).all()
        known = holders(tx, settings)
    return Directory(
        lines=settings.line_numbers,
        operators={extension: operator.name for extension, operator in settings.operators.items()},
        mobiles={
            **{numbers.as_dialled(each.mobile): each.name for each in staff if each.mobile},
            **{numbers.as_dialled(person.number): person.name for person in people},
            **{entry.number: entry.person for entry in _mobiles(_always(settings), shifts)},
        },
        ring_cycle_seconds=settings.asterisk.ring_cycle_seconds,
        tenures=known.by_extension,
        people=known.names,
    )


def _always(settings: Settings) -> tuple[DutyNumber, ...]:
    """Of every line, the site's last."""
    return tuple(number for line in (*settings.lines, "") for number in always_on_duty(settings, line))


def _mobiles(always: tuple[DutyNumber, ...], shifts: list[Shift]) -> Iterator[DutyNumber]:
    """A number that several have comes last as whose own it is."""
    yield from always
    for shift in shifts:
        yield from shift.backups
    for shift in shifts:
        yield from (DutyNumber(shift.person, number) for number in shift.numbers)
