"""A department is told of each case that is handed to it, and of what it has to do next."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.cases import common_acts
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.services.cases.by_link import case_object
from hotline.services.cases.kinds import kind_of
from hotline.services.cases.notification_kinds import FOR_DEPARTMENT
from hotline.services.notifications.notify import notify
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

#: Acts after which it is for the department to do something, besides those that hand the case to one.
_THEIR_TURN = frozenset(
    {
        common_acts.URGE,
        common_acts.SUPERVISE,
        common_acts.RULE,
        common_acts.GRANT_EXTENSION,
        common_acts.REFUSE_EXTENSION,
        "refuse_approval",
        "refuse_solution",
        "accept",
    }
)


def tell_department(tx: Transaction, case: ServiceCase, step: CaseStep, now: datetime) -> None:
    """Its people and who leads it; `case` as it is after the step."""
    if case.department_id is None or case.state is not CaseState.OPEN:
        return
    act = kind_of(tx, case).act(step.act)
    if step.act in _THEIR_TURN or (act is not None and act.assigns):
        people = answering(tx, case.department_id, now)
        notify(tx, people, FOR_DEPARTMENT, case_object(case.id or 0), now, case=case.number)


def answering(tx: Transaction, department_id: int, now: datetime) -> list[int]:
    """Persons who answer for a department: who belongs to it, and who leads it."""
    staff = StaffStore(tx)
    leader = staff.leader_of(department_id, now)
    people = [*staff.members_of(department_id, now), *([leader] if leader is not None else [])]
    return list(dict.fromkeys(each.id for each in people if each.id is not None))


def answers(tx: Transaction, person_id: int, department_id: int, now: datetime) -> bool:
    """Whether they are one of these, or act for one who is away."""
    people = answering(tx, department_id, now)
    deputies = (StaffStore(tx).deputy_of(each, now) for each in people)
    return person_id in people or any(each is not None and each.id == person_id for each in deputies)
