"""Cases: what a caller waits for, closing with a result, the whole number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.process import stage_of
from hotline.domain.errors import Conflict, Forbidden, WrongFields
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import may_see
from hotline.domain.text import clean
from hotline.services.cases.acting import act_on
from hotline.services.cases.facts import facts_of, read_theirs
from hotline.services.record_rights import require
from hotline.services.sight import sight_of
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage, Transaction


def open_cases(tx: Transaction, number: str, customer_ids: Sequence[int]) -> list[ServiceCase]:
    """What this caller still waits for, newest first."""
    return CaseStore(tx).open_of(number, customer_ids)


def reveal_number(storage: Storage, case_id: int, actor: Actor, now: datetime) -> ServiceCase:
    """The case, for whoever may see its caller's number whole; it stands in the audit log (F8). Raises NotFound,
    Forbidden."""
    with storage.writing() as tx:
        case = read_theirs(tx, case_id, actor)
        if not may_see(sight_of(tx, actor), case.caller_number):
            raise Forbidden("cases.number")
        AuditLog(tx).add(now, actor.name, "case.number", f"case:{case.number}")
        return case


def close_case(
    storage: Storage, settings: Settings, case_id: int, result: str, actor: Actor, now: datetime
) -> ServiceCase:
    """By whichever act of its kind closes it from where it stands: nothing is skipped. Raises NotFound, WrongFields
    without a result, Forbidden, Conflict when it is closed already or cannot be closed yet."""
    result = clean(result, several_lines=True).strip()
    if not result:
        raise WrongFields({"result": "required"})
    with storage.writing() as tx:
        case = read_theirs(tx, case_id, actor)
        facts = facts_of(tx, settings, case, actor, now)
        require(Act.CLOSE_CASE, actor, facts.ties)
        if case.state is not CaseState.OPEN:
            raise Conflict("cases.closed", case=case.number)
        closed = {each.id for each in facts.kind.stages if each.closed}
        stands = stage_of(case, facts.kind)
        closing = [
            each
            for each in facts.kind.acts
            if stands in each.before and each.after in closed and each.right is Act.CLOSE_CASE
        ]
        if not closing:
            raise Conflict("cases.not_to_close", case=case.number)
        return act_on(tx, settings, case, closing[0].id, {"result": result}, actor, now)
