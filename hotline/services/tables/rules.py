"""What the rules of a record refuse, as the fault of a cell."""

from __future__ import annotations

from hotline.domain.reasons import Coded
from hotline.services.tables import cells
from hotline.services.tables.faults import BadCell, Problem
from hotline.services.tables.table import Row

_PROBLEMS = {
    "name": Problem.NAME,
    "number": Problem.PHONE,
    "numbers": Problem.PHONE,
    "mail": Problem.MAIL,
    "preferred_way": Problem.WAY_MAIL,
}


def from_rule(error: Coded, number: str = "") -> BadCell:
    """`number`: what was written where a number was expected."""
    most = error.values.get("most")
    problem = _PROBLEMS.get(error.field, Problem.TOO_LONG)
    if most and problem is not Problem.NAME:
        problem = Problem.TOO_LONG
    got = number[:40] if problem is Problem.PHONE else str(most or "")
    return BadCell(error.field, problem, got)


def yes_or_no(row: Row, field: str) -> bool:
    """False for an empty cell. Raises BadCell."""
    try:
        return cells.yes(row.text(field))
    except ValueError:
        raise BadCell(field, Problem.YES_NO, row.text(field)[:20]) from None
