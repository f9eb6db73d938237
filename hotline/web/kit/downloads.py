"""Tables as files that the browser keeps."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeVar

from flask import Blueprint, Response, stream_with_context

from hotline.services import xlsx_table
from hotline.services.csv_table import as_it_was

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

View = TypeVar("View", bound=Callable[..., Response])


def table_route(blueprint: Blueprint, rule: str, plain_too: bool = False) -> Callable[[View], View]:
    """The route of a view `view(ending)` whose table is there as CSV and as a workbook: rule.csv and rule.xlsx.
    `plain_too`: as CSV under the rule alone, too, for what has bookmarked that."""

    def add(view: View) -> View:
        blueprint.get(f"{rule}.<any(csv, xlsx):ending>")(view)
        return blueprint.get(rule, defaults={"ending": "csv"})(view) if plain_too else view

    return add


def table_file(lines: Iterator[str], name: str, ending: str) -> Response:
    """A table that is written as CSV (`hotline.services.csv_table`), as that or as a workbook. `name`: without
    ending; it is also what the sheet is called."""
    if ending == "csv":
        return csv_file(lines, f"{name}.csv")
    rows = csv.reader(chain([next(lines).removeprefix("\ufeff")], lines))  # one by one, as they are written
    book = xlsx_table.write((name, next(rows), ([as_it_was(cell) for cell in row] for row in rows)))
    return xlsx_file(book, f"{name}.xlsx")


def csv_file(lines: Iterator[str], name: str) -> Response:
    """Sent line by line as they are made."""
    return Response(stream_with_context(lines), mimetype="text/csv", headers=_kept_as(name))


def xlsx_file(book: bytes, name: str) -> Response:
    return Response(book, mimetype=_XLSX, headers=_kept_as(name))


def _kept_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def toml_file(text: str, name: str) -> Response:
    return Response(text, mimetype="application/toml", headers=_kept_as(name))
