"""Who of ours takes callers then (A2, A16): read of absences, people and accounts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.line.roster import DutyNumber
from hotline.domain.line.there import NotThere, There
from hotline.domain.staff.deputies import deputy_at
from hotline.domain.staff.records import Absence, Person
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


def who_is_there(tx: Transaction, since: datetime, until: datetime, now: datetime) -> There:
    """Within [since, until). Of whom nobody knows since when they are not with us, that is so from `now` on."""
    absences, leavers = AbsenceStore(tx).between(since, until), StaffStore(tx).leavers()
    if not absences and not leavers:
        return There()
    people = {each.id: each for each in StaffStore(tx).all(active_only=False) if each.id is not None}
    left = {person_id: left_at or now for person_id, left_at in leavers.items()}
    away: defaultdict[int, list[NotThere]] = defaultdict(list)
    for person_id, each in _away(absences, people, left, since, until):
        away[person_id].append(each)
    for person_id, left_at in left.items():
        if left_at < until:
            away[person_id].append(NotThere(left_at, until))
    called = Counter(each.name for each in people.values())
    return There(
        away,
        {numbers.key(each.mobile): person_id for person_id, each in people.items() if each.mobile},
        {each.name: person_id for person_id, each in people.items() if called[each.name] == 1},
    )


def _away(
    absences: Sequence[Absence],
    people: Mapping[int, Person],
    left: Mapping[int, datetime],
    since: datetime,
    until: datetime,
) -> Iterator[tuple[int, NotThere]]:
    """By person; cut where another one is rung for them."""
    edges = {edge for each in absences for edge in (each.since, each.until)} | set(left.values())
    for absence in absences:
        start, end = max(absence.since, since), min(absence.until, until)
        moments = [start, *sorted(edge for edge in edges if start < edge < end)]
        for at, next_at in zip(moments, [*moments[1:], end], strict=True):
            deputy = people.get(deputy_at(absences, absence.person_id, at) or 0)
            here = deputy is not None and deputy.mobile and not left.get(deputy.id or 0, next_at) <= at
            instead = DutyNumber(deputy.name, numbers.as_dialled(deputy.mobile)) if deputy and here else None
            yield absence.person_id, NotThere(at, next_at, instead)
