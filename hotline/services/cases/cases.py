"""Cases: finding, showing and closing them with a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.errors import Conflict, Forbidden, NotFound, WrongFields
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.rights.seeing import may_see, number_asked
from hotline.domain.text import clean
from hotline.services.access import require_led
from hotline.services.cases.view import CaseView, case_view
from hotline.services.looks import note_look
from hotline.services.record_rights import require, ties_to_case
from hotline.services.sight import sight_of
from hotline.storage.audit import AuditLog
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class CasePage:
    """Newest first; `more`: there are others after these."""

    cases: tuple[CaseView, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case, and what whoever looks may do with it. `may_reveal`: there is a number that they see masked."""

    case: CaseView
    may_close: bool
    may_reveal: bool


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
    storage: Storage, state: CaseState | None, written: str, limit: int, offset: int, actor: Actor, now: datetime
) -> CasePage:
    """Who sees numbers masked finds by a whole number or its last four digits (A14). The look stands in the audit log
    (F8)."""
    whole = may(Act.SEE_NUMBERS, actor.roles)
    owners = None if may(Act.READ_CASES, actor.roles) else {actor.name, *actor.led.usernames}
    asked = None if whole else number_asked(written, may(Act.SEARCH_NUMBERS, actor.roles))
    with storage.reading() as tx:
        found = CaseStore(tx).search(state, written, limit + 1, offset, asked, owners)
    shown = tuple(case_view(case, whole) for case in found[:limit])
    note_look(storage, actor, now, "cases.view", "cases", f"{len(shown)} cases")
    return CasePage(shown, len(found) > limit)


def see_case(storage: Storage, case_id: int, actor: Actor, now: datetime, revealed: bool = False) -> SeenCase:
    """One case as this person may see it; `revealed`: they had its number shown by `reveal_number`. The look stands in
    the audit log (F8). Raises NotFound, Forbidden for who leads others' people alone."""
    with storage.reading() as tx:
        case = read_case(tx, case_id)
    require_led(Act.READ_CASES, actor, ties_to_case(case, actor))
    note_look(storage, actor, now, "case.view", f"case:{case.number}")
    whole = revealed or may(Act.SEE_NUMBERS, actor.roles)
    own = case.state is CaseState.OPEN and may(Act.CLOSE_CASE, actor.roles, ties_to_case(case, actor))
    return SeenCase(case_view(case, whole), own, own and bool(case.caller_number) and not whole)


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
