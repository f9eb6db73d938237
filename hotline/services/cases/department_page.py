"""A department's cases as it sees them: those that are with it, and one as it is to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.attachments.attachment import Attachment
from hotline.domain.cases import outside
from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.clock_names import clock_name
from hotline.domain.cases.given import MORE, NOTE, REASON, SOLUTION
from hotline.domain.cases.kind import CaseAct, CaseField, Kind
from hotline.domain.cases.outside import SaidStep
from hotline.domain.cases.process import Extension, asked_extension, solutions, stage_of
from hotline.domain.links.link import Link
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import without_numbers
from hotline.services.access import require_right
from hotline.services.cases.by_link import DEPARTMENT, ByLink
from hotline.services.cases.department_link import case_of_link
from hotline.services.cases.facts import CASE, departments_of, person_of, read_of_department, steps_of
from hotline.services.cases.kinds import kind_of, kinds_of
from hotline.services.cases.merging import family
from hotline.services.links.links import require_open
from hotline.services.looks import note_look
from hotline.settings import Settings
from hotline.storage.attachments.store import AttachmentStore
from hotline.storage.cases.listing import CaseFilter, CaseListStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: More than these are not listed.
MOST = 200

#: Whose hour is the department's, the first that runs.
_CLOCKS = ("department", "tracking", "solution", "on_site", "arrival", "repaired", "response", "shipped", "confirmed")


@dataclass(frozen=True, slots=True)
class ListedCase:
    id: int
    number: str
    title: str
    stage: str
    due_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class DepartmentCases:
    """`department`: the names of those whose cases these are."""

    cases: Sequence[ListedCase]
    department: str


@dataclass(frozen=True, slots=True)
class AskedField:
    """`field`: of the kind; None for what may be given with the acts of every kind."""

    name: str
    field: CaseField | None
    required: bool


@dataclass(frozen=True, slots=True)
class SeenExtension:
    """More time that was asked for: `more` hours (days, where the clock counts days) because of `reason`. `granted`:
    None while nobody has decided; `why`: what was said to it."""

    asked_at: datetime
    more: str
    reason: str
    granted: bool | None
    decided_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """A case as its department has it: without the customer's name and number. `due_at`: the hour of the department,
    `late` when it is over. `asked`: what the answer has."""

    number: str
    title: str
    content: str
    kind: str
    stage: str
    department: str
    due_at: datetime | None
    late: bool
    facts: Sequence[tuple[str, str]]
    files: Sequence[Attachment]
    solutions: Sequence[str]
    said: Sequence[SaidStep]
    asked: Sequence[AskedField]
    may_answer: bool
    may_propose: bool
    may_send_back: bool
    may_ask_for_more: bool
    extension_asked: bool
    extension: SeenExtension | None


def cases(storage: Storage, to_answer: bool, actor: Actor, language: str, now: datetime) -> DepartmentCases:
    """Those of the departments that they belong to or lead, what is due first; `to_answer`: where it is the
    department's turn. The look stands in the audit log (F8). Raises Forbidden."""
    require_right(Act.ANSWER_CASES, actor)
    with storage.reading() as tx:
        own = departments_of(tx, person_of(tx, actor), now)
        wanted = CaseFilter(departments=own, hidden_from=actor.name) if to_answer else None
        found = CaseListStore(tx).page(wanted or CaseFilter(None, departments=own, hidden_from=actor.name), MOST)
        kinds = kinds_of(tx, found)
        shown = [
            _listed(tx, each, kinds[each.kind, each.version], language, now)
            for each in found
            if not to_answer or outside.awaits_department(each, kinds[each.kind, each.version])
        ]
        names = [unit.name for each in sorted(own) if (unit := StaffStore(tx).department(each)) is not None]
    note_look(storage, actor, now, "cases.view", "cases", f"{len(shown)} cases")
    return DepartmentCases(shown, "、".join(names))


def page(
    storage: Storage, settings: Settings, case_id: int, actor: Actor, language: str, now: datetime
) -> DepartmentPage:
    """For somebody signed in. The look stands in the audit log (F8). Raises NotFound, Forbidden for a case of another
    department."""
    with storage.reading() as tx:
        case = read_of_department(tx, case_id, actor, now)
        seen = _page(tx, case, language, now, by_link=False)
    note_look(storage, actor, now, "case.view", f"case:{case.number}")
    return seen


def page_of_link(storage: Storage, settings: Settings, link: Link, language: str, now: datetime) -> DepartmentPage:
    """Of an open link. Raises NotFound, Conflict when the case is no longer with them."""
    with storage.reading() as tx:
        return _page(tx, case_of_link(tx, link, now), language, now, by_link=True)


def page_of(storage: Storage, settings: Settings, by: ByLink, language: str, now: datetime) -> DepartmentPage:
    """Raises Forbidden when the link does not let this browser in, and as `page_of_link`."""
    with storage.reading() as tx:
        link = require_open(tx, DEPARTMENT, by.token, by.browser, now)
        return _page(tx, case_of_link(tx, link, now), language, now, by_link=True)


def _listed(tx: Transaction, case: ServiceCase, kind: Kind, language: str, now: datetime) -> ListedCase:
    _clock, due_at = hour_of(tx, case)
    late = due_at is not None and due_at <= now
    return ListedCase(case.id or 0, case.number, case.title, _stage(case, kind, language), due_at, late)


def _stage(case: ServiceCase, kind: Kind, language: str) -> str:
    stage = kind.stage(stage_of(case, kind))
    return stage.words.said(language) if stage is not None else case.stage


def _page(tx: Transaction, case: ServiceCase, language: str, now: datetime, by_link: bool) -> DepartmentPage:
    kind, steps = kind_of(tx, case), steps_of(tx, case)
    clock, due_at = hour_of(tx, case)
    late = due_at is not None and due_at <= now
    asked = outside.asked_of_department(case, kind)
    department = StaffStore(tx).department(case.department_id) if case.department_id is not None else None
    facts = outside.facts_for_department(case, kind, language, by_link)
    return DepartmentPage(
        number=case.number,
        title=without_numbers(case.title),
        content=without_numbers(case.content),
        kind=kind.words.said(language),
        stage=_stage(case, kind, language),
        department=department.name if department is not None else "",
        due_at=due_at,
        late=late,
        facts=[(name, without_numbers(value)) for name, value in facts],
        files=files_of(tx, case),
        solutions=[each.given[SOLUTION] for each in solutions(steps)],
        said=[
            SaidStep(each.at, each.act, without_numbers(each.text))
            for each in outside.said_to_department(kind, steps, language)
        ],
        asked=[each for act in asked if SOLUTION not in act.needs for each in asked_fields(case, kind, act)],
        may_answer=bool(asked),
        may_propose=any(SOLUTION in each.needs for each in asked),
        may_send_back=outside.returns(case, kind),
        may_ask_for_more=bool(clock) and not late and bool(asked),
        extension_asked=asked_extension(steps) is not None,
        extension=_extension(outside.extension_of_department(kind, steps)),
    )


def _extension(last: Extension | None) -> SeenExtension | None:
    if last is None:
        return None
    decided, given = last.decided, last.decided.given if last.decided else {}
    return SeenExtension(
        last.asked.at,
        last.asked.given.get(MORE, ""),
        without_numbers(last.asked.given.get(REASON, "")),
        last.granted if decided is not None else None,
        decided.at if decided is not None else None,
        without_numbers(given.get(REASON) or given.get(NOTE, "")),
    )


def asked_fields(case: ServiceCase, kind: Kind, act: CaseAct) -> list[AskedField]:
    """What must be given with this act, and which of the kind's fields may be."""
    required = kind.required_with(act.id, not case.can_be_told)
    more = [name for name in act.takes if name not in required and kind.field(name) is not None]
    return [AskedField(name, kind.field(name), name in required) for name in (*required, *more)]


def hour_of(tx: Transaction, case: ServiceCase) -> tuple[str, datetime | None]:
    """The clock that counts for the department, and when it is over; "" for none."""
    for name in _CLOCKS:
        kept = DeadlineStore(tx).of(clock_name(name), [case.id or 0]).get(case.id or 0)
        if kept is not None and kept.deadline.is_open:
            return name, kept.due_at
    return "", None


def files_of(tx: Transaction, case: ServiceCase) -> Sequence[Attachment]:
    return AttachmentStore(tx).of(CASE, [each.id or 0 for each in family(tx, case)])
