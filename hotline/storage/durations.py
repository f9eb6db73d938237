"""How long it was between two moments of a row, in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class seconds_between(FunctionElement[float]):
    """`seconds_between(earlier, later)`; NULL where one of the two is."""

    type = Float()
    inherit_cache = True


@compiles(seconds_between, "sqlite")
def _sqlite(element: seconds_between, compiler: Any, **options: Any) -> str:
    earlier, later = (compiler.process(each, **options) for each in element.clauses)
    return f"(julianday({later}) - julianday({earlier})) * 86400.0"


@compiles(seconds_between, "postgresql")
def _postgresql(element: seconds_between, compiler: Any, **options: Any) -> str:
    earlier, later = (compiler.process(each, **options) for each in element.clauses)
    return f"EXTRACT(EPOCH FROM ({later}) - ({earlier}))"
