"""Who is told of what was done to a case: whoever has to do something next. Nobody of a case about themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from hotline.domain.cases import common_acts
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.domain.cases.kind import OPEN, Kind
from hotline.domain.cases.process import decided_extension
from hotline.domain.cases.severity import Severity
from hotline.domain.notifications.kind import NotificationKind
from hotline.domain.rights.given import ESCALATED_TO
from hotline.services.cases import notification_kinds as kinds
from hotline.services.cases.department_people import answering
from hotline.services.cases.facts import steps_of
from hotline.services.cases.whose_it_is import leaders
from hotline.services.notifications.audiences import persons_of
from hotline.services.notifications.notify import Telling, notify, notify_group, notify_of_many
from hotline.services.staff.concerned import is_with_us, person_of_account
from hotline.settings import Settings
from hotline.storage.transaction import Transaction

#: Ids of persons.
To = Callable[[Transaction, Settings, ServiceCase, datetime], Iterable[int]]


def tell(tx: Transaction, settings: Settings, case: ServiceCase, kind: Kind, step: CaseStep, now: datetime) -> None:
    """`case`: as it is after the step. Whoever did it is not told."""
    for told, to in _told(kind, step):
        tell_persons(tx, case, told, to(tx, settings, case, now), now, but=step.by)
    once = f"{kinds.CASE_GRAVE.name}:{case.id}"
    if step.act == OPEN and kind.tell_at_once:
        # D9: a site that has no such addresses yet has people all the same.
        people = [*leaders_of_all(tx, settings, case, now), *supervisors(tx, settings, case, now)]
        tell_persons(tx, case, kinds.CASE_GRAVE, people, now, but=step.by, once=once)
        for group in kind.tell_at_once:
            notify_group(tx, group, kinds.CASE_GRAVE, f"case:{case.id}", now, once=once, case=case.number)
    if case.state is CaseState.OPEN and case.severity == Severity.SEVERE:
        to_leaders = leaders_of_all(tx, settings, case, now)
        tell_persons(tx, case, kinds.CASE_GRAVE, to_leaders, now, once=once)


def tell_persons(
    tx: Transaction,
    case: ServiceCase,
    kind: NotificationKind,
    to: Iterable[int],
    now: datetime,
    but: str = "",
    once: str | None = None,
) -> int:
    """How many were told. Neither whom it is about, nor whoever has done it."""
    left_out = {_person(tx, each, now) for each in (case.about, but)} - {None}
    chosen = [each for each in dict.fromkeys(to) if each not in left_out]
    return notify(tx, chosen, kind, f"case:{case.id}", now, once=once, case=case.number)


def tell_of_many(
    tx: Transaction, cases: Sequence[tuple[ServiceCase, str]], kind: NotificationKind, to: Iterable[int], now: datetime
) -> list[int]:
    """As `tell_persons`, the same persons of each of these cases, each with its `once`."""
    about = {each.about: _person(tx, each.about, now) for each, _once in cases if each.about}
    many = [
        Telling(
            f"case:{each.id}",
            once,
            {"case": each.number},
            frozenset({found} if (found := about.get(each.about)) is not None else ()),
        )
        for each, once in cases
    ]
    return notify_of_many(tx, dict.fromkeys(to), kind, many, now)


def owner(tx: Transaction, settings: Settings, case: ServiceCase, now: datetime) -> list[int]:
    found = _person(tx, case.owner, now)
    return [found] if found is not None else supervisors(tx, settings, case, now)


def department(tx: Transaction, settings: Settings, case: ServiceCase, now: datetime) -> list[int]:
    """Its leader and its people."""
    return answering(tx, case.department_id, now) if case.department_id is not None else []


def supervisors(tx: Transaction, settings: Settings, case: ServiceCase, now: datetime) -> list[int]:
    return persons_of(tx, settings, ESCALATED_TO, now)


def leaders_of_all(tx: Transaction, settings: Settings, case: ServiceCase, now: datetime) -> list[int]:
    """D7: whom the settings name as leaders, else the administrators."""
    found = (_person(tx, each, now) for each in leaders(tx, settings, now))
    return [each for each in found if each is not None]


def _who_asked_for_more(tx: Transaction, settings: Settings, case: ServiceCase, now: datetime) -> list[int]:
    """Whoever asked, and the department that has the case: somebody of it may have asked by a link."""
    asked = decided_extension(steps_of(tx, case))
    found = _person(tx, asked.by, now) if asked is not None else None
    return [*([found] if found is not None else []), *department(tx, settings, case, now)]


def _offered(tx: Transaction, settings: Settings, case: ServiceCase, now: datetime) -> list[int]:
    found = _person(tx, case.offered_to, now)
    return [found] if found is not None else []


def _approvers(tx: Transaction, settings: Settings, case: ServiceCase, now: datetime) -> list[int]:
    grave = case.severity == Severity.SEVERE
    return (leaders_of_all if grave else supervisors)(tx, settings, case, now)


def _arbiter(tx: Transaction, settings: Settings, case: ServiceCase, now: datetime) -> list[int]:
    found = _person(tx, settings.cases.arbiter, now)
    return [found] if found is not None else leaders_of_all(tx, settings, case, now)


_OF_ACTS: Mapping[str, tuple[tuple[NotificationKind, To], ...]] = {
    OPEN: ((kinds.CASE_GIVEN, owner),),
    "return": ((kinds.CASE_RETURNED, owner),),
    common_acts.GIVE: ((kinds.CASE_GIVEN, owner),),
    common_acts.OFFER: ((kinds.CASE_OFFERED, _offered),),
    common_acts.DECLINE_OFFER: ((kinds.CASE_GIVEN, owner),),
    common_acts.URGE: ((kinds.CASE_URGED, owner), (kinds.CASE_URGED, department)),
    common_acts.SUPERVISE: ((kinds.CASE_SUPERVISED, owner), (kinds.CASE_SUPERVISED, department)),
    common_acts.ASK_EXTENSION: ((kinds.CASE_EXTENSION, supervisors),),
    common_acts.GRANT_EXTENSION: ((kinds.CASE_EXTENDED, _who_asked_for_more),),
    common_acts.REFUSE_EXTENSION: ((kinds.CASE_NOT_EXTENDED, _who_asked_for_more),),
    common_acts.DISPUTE: ((kinds.CASE_DISPUTE, _arbiter),),
    common_acts.RULE: ((kinds.CASE_ASSIGNED, department),),
    "propose": ((kinds.CASE_TO_APPROVE, _approvers),),
    # It is the department's turn again.
    **dict.fromkeys(("refuse_approval", "refuse_solution", "accept"), ((kinds.CASE_ASSIGNED, department),)),
}


def _told(kind: Kind, step: CaseStep) -> tuple[tuple[NotificationKind, To], ...]:
    act = kind.act(step.act)
    if act is not None and act.assigns:
        return ((kinds.CASE_ASSIGNED, department),)
    return _OF_ACTS.get(step.act, ())


def _person(tx: Transaction, username: str, now: datetime) -> int | None:
    """None also for who is not with us any more: then whoever comes next is told."""
    found = person_of_account(tx, username) if username else None
    return found.id if found is not None and is_with_us(tx, found, now) else None
