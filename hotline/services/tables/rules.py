"""What the rules of a record refuse, as the fault of a cell."""

from __future__ import annotations

import re

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


def from_rule(error: Exception, number: str = "") -> BadCell:
    """Rules say "field: what was expected"; `number`: what was written where a number was expected."""
    field, _, said = str(error).partition(": ")
    most = re.match(r"(?:at most|1 to) ([0-9]+)", said)
    problem = _PROBLEMS.get(field, Problem.TOO_LONG)
    if most and problem is not Problem.NAME:
        problem = Problem.TOO_LONG
    got = number[:40] if problem is Problem.PHONE else most[1] if most else ""
    return BadCell(field, problem, said or str(error), got)


def yes_or_no(row: Row, field: str) -> bool:
    """False for an empty cell. Raises BadCell."""
    try:
        return cells.yes(row.text(field))
    except ValueError as error:
        raise BadCell(field, Problem.YES_NO, str(error), row.text(field)[:20]) from None
