"""The problems of a visit become a case with one click (E1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.errors import Conflict
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.visits.visit import VISIT
from hotline.services.cases.opening import NewCase, add_case
from hotline.services.visits.asking import write
from hotline.services.visits.planning import note
from hotline.services.visits.rights import read_visit, require_for_visit
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Storage

#: Of its title.
_LONGEST = 60


def open_case_of(
    storage: Storage, settings: Settings, visit_id: int, kind: str, actor: Actor, now: datetime
) -> ServiceCase:
    """Of its customer, with its call and what was found; "" is a complaint. Whoever opens it is responsible (B7),
    and so sees the number (A14): nobody opens one of a visit that nobody has taken, but who sees all numbers.
    Raises NotFound, Forbidden, Conflict where one was opened, Refused for a kind that is not opened."""
    with storage.writing() as tx:
        visit = read_visit(tx, visit_id, actor)
        require_for_visit(tx, Act.OPEN_VISIT_CASE, visit, actor, now)
        if visit.opened_case_id is not None:
            raise Conflict("visits.case_opened")
        found = "\n".join(filter(None, (visit.problems, visit.with_what))) or visit.content
        title = (visit.with_what or visit.problems.split("\n")[0] or visit.purpose)[:_LONGEST]
        known = CallStore(tx).get(visit.node, visit.linkedid) if visit.linkedid else None
        new = NewCase(
            kind or CaseKind.COMPLAINT,
            title or "回访",
            found,
            call=(visit.node, visit.linkedid) if known is not None else None,
            customer_id=visit.customer_id,
            number=visit.number,
        )
        case = add_case(tx, settings, new, actor.name, actor.name, now)
        opened = replace(visit, opened_case_id=case.id)
        write(tx, opened)
        note(tx, opened, "open_case", visit.state, actor.name, now, {"case": case.number})
        AuditLog(tx).add(now, actor.name, "visit.open_case", f"{VISIT}:{visit_id}", case.number)
    return case
