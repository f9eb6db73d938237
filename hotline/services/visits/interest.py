"""E5: who had to do with what a visit is about, in any role, and so may not make it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.given import DEPARTMENT
from hotline.domain.errors import Forbidden
from hotline.domain.people import Actor
from hotline.domain.visits.visit import Origin, Visit
from hotline.services.access import handlers_of
from hotline.services.cases.department_people import answering
from hotline.services.cases.facts import CASE, steps_of
from hotline.services.cases.merging import family
from hotline.services.cases.whose_it_is import usernames
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.calls import CaseCallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction


def interested(tx: Transaction, visit: Visit, now: datetime) -> frozenset[str]:
    """User names. Of a case: who opened, owned, judged, proposed, approved it or did anything else to it, who had one
    of its calls or dialled for it, everybody of the departments that had to answer, and whom it is about; of all that
    goes on within it too."""
    found = {*visit.barred, visit.about}
    if visit.origin is Origin.CASE and visit.subject_id is not None:
        case = CaseStore(tx).by_id(visit.subject_id)
        if case is not None:
            for each in family(tx, case):
                found |= set(_of_case(tx, each, now))
    return frozenset(found - {""})


def require_no_interest(tx: Transaction, visit: Visit, actor: Actor, now: datetime) -> None:
    """Raises Forbidden."""
    if actor.name in interested(tx, visit, now):
        raise Forbidden("visits.interested")


def _of_case(tx: Transaction, case: ServiceCase, now: datetime) -> Iterator[str]:
    case_id = case.id or 0
    steps = steps_of(tx, case)
    yield from (case.owner, case.opened_by, case.closed_by, case.about, case.offered_to)
    yield from (each.by for each in steps)
    yield from (to for each in steps if (to := each.given.get("to")))
    departments = {case.department_id} | {
        int(written) for each in steps if (written := each.given.get(DEPARTMENT, "")).isdigit()
    }
    for department_id in departments - {None}:
        assert department_id is not None
        yield from usernames(tx, answering(tx, department_id, now))
    yield from (each.user for each in DialStore(tx).of_object(CASE, case_id))
    keys = {(each.node, each.linkedid) for each in CaseCallStore(tx).of([case_id])}
    form = FormStore(tx).by_id(case.form_id) if case.form_id is not None else None
    if form is not None:
        keys.add((form.node, form.linkedid))
    for node, linkedid in sorted(keys):
        call = CallStore(tx).get(node, linkedid)
        if call is not None:
            yield from handlers_of(tx, call)
