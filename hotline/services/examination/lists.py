"""Lists of examinations, for whoever may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.accounts.user import User
from hotline.domain.examination.records import ExaminationFilter, ExaminationState, SampleDraw
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import read_call, require_right
from hotline.services.examination.examinations import find_examinations
from hotline.services.examination.rights import people_who_examine
from hotline.services.examination.view import ExaminationRow, examination_rows
from hotline.services.looks import note_look
from hotline.services.staff.whose import whose
from hotline.settings import Settings
from hotline.storage.examination.plans import SampleStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.transaction import Storage, Transaction

WAITING = (ExaminationState.ASSIGNED,)
#: So many draws can be chosen from.
_DRAWS_OFFERED = 60


@dataclass(frozen=True, slots=True)
class AskedExaminations:
    """`call_id`: of this call alone."""

    wanted: ExaminationFilter
    call_id: int | None
    limit: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class FoundExaminations:
    """`versions` by the examination's id. `total` counts all that the filter finds."""

    rows: list[ExaminationRow]
    versions: Mapping[int, int]
    total: int


@dataclass(frozen=True, slots=True)
class ExaminationDesk:
    """A list with what is around it. `counts`: how many are "mine", "unassigned" and "overdue". `people`: whom one can
    be given to."""

    found: FoundExaminations
    counts: Mapping[str, int]
    people: list[User]
    draws: list[SampleDraw]


def look_through(
    storage: Storage, settings: Settings, asked: AskedExaminations, actor: Actor, now: datetime
) -> FoundExaminations:
    """Operators see the results of their own calls. The view is written down (F8). Raises NotFound for a call that is
    not there."""
    with storage.reading() as tx:
        found = _found(tx, settings, asked, actor, now)
    _note(storage, found, actor, now)
    return found


def examination_desk(
    storage: Storage, settings: Settings, asked: AskedExaminations, actor: Actor, now: datetime
) -> ExaminationDesk:
    """For those who share the examinations out. Raises Forbidden, and as `look_through`."""
    require_right(Act.OVERSEE_EXAMINATIONS, actor)
    lists = {
        "mine": ExaminationFilter(states=WAITING, examiner=actor.name),
        "unassigned": ExaminationFilter(states=WAITING, examiner=""),
        "overdue": ExaminationFilter(overdue_at=now),
    }
    with storage.reading() as tx:
        desk = ExaminationDesk(
            _found(tx, settings, asked, actor, now),
            {which: ExaminationStore(tx).count(each) for which, each in lists.items()},
            people_who_examine(tx, now),
            SampleStore(tx).latest(_DRAWS_OFFERED),
        )
    _note(storage, desk.found, actor, now)
    return desk


def _found(
    tx: Transaction, settings: Settings, asked: AskedExaminations, actor: Actor, now: datetime
) -> FoundExaminations:
    found, total = find_examinations(tx, _wanted(tx, asked, now), actor, asked.limit, asked.offset)
    rows = examination_rows(tx, settings, found, actor, now)
    return FoundExaminations(rows, {each.id: each.version for each in found if each.id is not None}, total)


def _note(storage: Storage, found: FoundExaminations, actor: Actor, now: datetime) -> None:
    note_look(storage, actor, now, "examinations.view", "examinations", f"{len(found.rows)} examinations")


def _wanted(tx: Transaction, asked: AskedExaminations, now: datetime) -> ExaminationFilter:
    wanted = replace(asked.wanted, extension="", had=whose(tx, asked.wanted.extension, now))
    if asked.call_id is None:
        return wanted
    call = read_call(tx, asked.call_id).call
    return replace(wanted, node=call.node, linkedid=call.linkedid)
