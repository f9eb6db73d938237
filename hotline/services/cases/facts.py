"""What is known of a case when somebody looks at it or wants to do something to it: its kind, its steps, what ties them
to it, and whether they may even know of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from hotline.domain.calls.ledger import operators_when
from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.domain.cases.process import CaseFacts
from hotline.domain.errors import Forbidden, NotFound
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Tie
from hotline.domain.staff.records import Person
from hotline.domain.workflow import Step
from hotline.services.cases.kinds import kind_of
from hotline.services.record_rights import ties_to_case
from hotline.services.staff.concerned import person_of_account
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.calls import CaseCallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction
from hotline.storage.workflow import StepStore

#: As steps, attachments, notifications and the audit log name them.
CASE = "case"


def read_case(tx: Transaction, case_id: int) -> ServiceCase:
    """Raises NotFound."""
    case = CaseStore(tx).by_id(case_id) if is_id(case_id) else None
    if case is None:
        raise NotFound("cases.no_case", id=case_id)
    return case


def read_theirs(tx: Transaction, case_id: int, actor: Actor) -> ServiceCase:
    """As `read_case`; a complaint about whoever asks is not there for them. Raises NotFound."""
    case = read_case(tx, case_id)
    if case.about and case.about == actor.name:
        raise NotFound("cases.no_case", id=case_id)
    return case


def read_of_department(tx: Transaction, case_id: int, actor: Actor, now: datetime) -> ServiceCase:
    """One that is with a department to which they belong, or which they lead. Raises NotFound, Forbidden."""
    case = read_theirs(tx, case_id, actor)
    if Tie.ANSWERS not in ties_of(tx, case, actor, now):
        raise Forbidden("cases.not_your_departments")
    return case


def steps_of(tx: Transaction, case: ServiceCase) -> list[CaseStep]:
    """In order; what is known of one that was opened before there were steps."""
    case_id = case.id or 0
    found = StepStore(tx).of(CASE, [case_id], str).get(case_id, [])
    if found and found[0].before is None:
        return found
    return [Step("open", None, kind_of(tx, case).begins, case.opened_by, case.opened_at), *found]


def facts_of(tx: Transaction, settings: Settings, case: ServiceCase, actor: Actor, now: datetime) -> CaseFacts:
    steps = steps_of(tx, case)
    handlers = frozenset(_handlers(tx, case, steps, actor))
    person = person_of(tx, actor)
    ties = set(ties_of(tx, case, actor, now))
    if actor.name not in handlers:
        ties.add(Tie.UNHANDLED)
    if settings.cases.arbiter and acts_for(tx, settings.cases.arbiter, actor, person, now):
        ties.add(Tie.NAMED)
    leads = any(acts_for(tx, each, actor, person, now) for each in settings.cases.leaders)
    return CaseFacts(case, kind_of(tx, case), steps, frozenset(ties), handlers, leads)


def ties_of(tx: Transaction, case: ServiceCase, actor: Actor, now: datetime) -> frozenset[Tie]:
    """By whose it is and who answers it."""
    return ties_to_case(case, actor) | set(_ties(tx, case, actor, person_of(tx, actor), now))


def person_of(tx: Transaction, actor: Actor) -> Person | None:
    return StaffStore(tx).person_of_user(actor.user_id) if actor.user_id is not None else None


def acts_for(tx: Transaction, username: str, actor: Actor, person: Person | None, now: datetime) -> bool:
    """Whether it is they, or they act for them while they are away."""
    if username == actor.name:
        return True
    away = person_of_account(tx, username) if person is not None else None
    deputy = StaffStore(tx).deputy_of(away.id, now) if away is not None and away.id is not None else None
    return deputy is not None and person is not None and deputy.id == person.id


def departments_of(tx: Transaction, person: Person | None, now: datetime) -> set[int]:
    """Ids of those to which they belong, or which they lead now."""
    if person is None or person.id is None:
        return set()
    staff = StaffStore(tx)
    own = staff.department_of(person.id, now)
    departments, leaders = {each.id for each in staff.departments()}, staff.leaders(now)
    led = {unit for unit, leader in leaders.items() if unit in departments and leader == person.id}
    return led | ({own.id} if own is not None and own.id is not None else set())


def _ties(tx: Transaction, case: ServiceCase, actor: Actor, person: Person | None, now: datetime) -> Iterator[Tie]:
    if case.owner and case.owner != actor.name and acts_for(tx, case.owner, actor, person, now):
        yield Tie.OWNS
    if case.offered_to and acts_for(tx, case.offered_to, actor, person, now):
        yield Tie.OFFERED
    if case.department_id is not None and case.department_id in departments_of(tx, person, now):
        yield Tie.ANSWERS


def _handlers(tx: Transaction, case: ServiceCase, steps: Sequence[CaseStep], actor: Actor) -> Iterator[str]:
    """E5: who did anything to it or was responsible for it; and whoever asks, where they had one of its calls."""
    yield from (name for name in (case.owner, case.opened_by, *(each.by for each in steps)) if name)
    yield from (given for each in steps if (given := each.given.get("to")))
    for call in CaseCallStore(tx).of([case.id or 0]) if actor.had else ():
        stored = CallStore(tx).get(call.node, call.linkedid)
        if stored is not None and any(actor.had_extension(at, when) for at, when in operators_when(stored)):
            yield actor.name
