"""Cases: finding, showing and closing them with a result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.errors import Conflict, Forbidden, NotFound, WrongFields
from hotline.domain.people import OVERSEERS, Actor
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import may_see, number_asked
from hotline.domain.text import clean
from hotline.services.record_rights import require, ties_to_case
from hotline.services.sight import sight_of
from hotline.storage.audit import AuditLog
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage, Transaction


def open_cases(tx: Transaction, number: str, customer_ids: Sequence[int]) -> list[ServiceCase]:
    """What this caller still waits for, newest first."""
    return CaseStore(tx).open_of(number, customer_ids)


def read_case(tx: Transaction, case_id: int) -> ServiceCase:
    """Raises NotFound."""
    case = CaseStore(tx).by_id(case_id)
    if case is None:
        raise NotFound("cases.no_case", id=case_id)
    return case


def find_cases(
    tx: Transaction, state: CaseState | None, written: str, actor: Actor, limit: int, offset: int = 0
) -> list[ServiceCase]:
    """Newest first. Who sees numbers masked finds by a whole number or its last four digits (A14)."""
    asked = None if actor.has_role(*OVERSEERS) else number_asked(written)
    return CaseStore(tx).search(state, written, limit, offset, asked)


def reveal_number(storage: Storage, case_id: int, actor: Actor, now: datetime) -> ServiceCase:
    """The case, for whoever may see its caller's number whole; it stands in the audit log (F8). Raises NotFound,
    Forbidden."""
    with storage.writing() as tx:
        case = read_case(tx, case_id)
        if not may_see(sight_of(tx, actor), case.caller_number):
            raise Forbidden("cases.number")
        AuditLog(tx).add(now, actor.name, "case.number", f"case:{case.number}")
        return case


def close_case(storage: Storage, case_id: int, result: str, actor: Actor, now: datetime) -> ServiceCase:
    """Raises NotFound, WrongFields without a result, Forbidden, Conflict when it is closed already."""
    result = clean(result, several_lines=True).strip()
    if not result:
        raise WrongFields({"result": "required"})
    with storage.writing() as tx:
        case = read_case(tx, case_id)
        require(Act.CLOSE_CASE, actor, ties_to_case(case, actor))
        if case.state is CaseState.CLOSED or not CaseStore(tx).close(case_id, actor.name, result, now):
            raise Conflict("cases.closed", case=case.number)
        AuditLog(tx).add(now, actor.name, "case.close", f"case:{case.number}", result[:500])
        return read_case(tx, case_id)
