"""Complaints and requests that outlast their call: found, and closed with what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.service_case import CaseState, ServiceCase
from hotline.domain.text import clean
from hotline.services.errors import Conflict, NotFound, WrongFields
from hotline.services.ports import Storage, Work


def open_cases(work: Work, number: str, customer_ids: Sequence[int]) -> list[ServiceCase]:
    """What this caller still waits for, newest first."""
    return work.cases.open_of(number, customer_ids)


def read_case(work: Work, case_id: int) -> ServiceCase:
    """Raises NotFound."""
    case = work.cases.by_id(case_id)
    if case is None:
        raise NotFound(f"there is no case {case_id}")
    return case


def close_case(storage: Storage, case_id: int, result: str, by: str, now: datetime) -> ServiceCase:
    """Raises NotFound, WrongFields without a result, Conflict when it is closed already."""
    result = clean(result, several_lines=True).strip()
    if not result:
        raise WrongFields({"result": "required"})
    with storage.writing() as work:
        case = read_case(work, case_id)
        if case.state is CaseState.CLOSED or not work.cases.close(case_id, by, result, now):
            raise Conflict(f"case {case.number} is closed already")
        work.audit.add(now, by, "case.close", f"case:{case.number}", result[:500])
        return read_case(work, case_id)
