"""What the rules of a record refuse, as the fault of a cell."""

from __future__ import annotations

from hotline.domain.reasons import Coded
from hotline.services.tables import cells
from hotline.services.tables.faults import BadCell, TableProblem
from hotline.services.tables.table import Row

_PROBLEMS = {
    "name": TableProblem.NAME,
    "number": TableProblem.PHONE,
    "numbers": TableProblem.PHONE,
    "mail": TableProblem.MAIL,
    "preferred_way": TableProblem.WAY_MAIL,
}


def from_rule(error: Coded, number: str = "") -> BadCell:
    """`number`: what was written where a number was expected."""
    most = error.values.get("most")
    problem = _PROBLEMS.get(error.field, TableProblem.TOO_LONG)
    if most and problem is not TableProblem.NAME:
        problem = TableProblem.TOO_LONG
    got = number[:40] if problem is TableProblem.PHONE else str(most or "")
    return BadCell(error.field, problem, got)


def yes_or_no(row: Row, field: str) -> bool:
    """False for an empty cell. Raises BadCell."""
    try:
        return cells.yes(row.text(field))
    except ValueError:
        raise BadCell(field, TableProblem.YES_NO, row.text(field)[:20]) from None
