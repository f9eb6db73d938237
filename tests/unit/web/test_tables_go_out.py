"""F8 and daily work: whatever goes out as CSV goes out as a workbook too, with the same cells, formulas harmless."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask import Blueprint, Flask, Response
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from hotline.domain.people import Role
from hotline.services import csv_table
from hotline.web.kit.downloads import table_file, table_route
from tests.support.web import Web, a_web

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_cell = st.text(st.characters(codec="utf-8"), max_size=20).filter(lambda text: not ILLEGAL_CHARACTERS_RE.search(text))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Web:
    return a_web(tmp_path_factory.mktemp("tables"))


def test_each_table_is_there_both_ways(site: Web) -> None:
    """Of all addresses without a part that is chosen; what answers as CSV answers as a workbook beside it."""
    boss = site.signed_in(Role.ADMINISTRATOR, Role.SUPERVISOR, username="boss")
    adapter = site.app.url_map.bind("localhost")
    rules = [
        rule for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and "/api/" not in rule.rule
    ]
    found = set()
    for rule in rules:
        if rule.arguments - {"ending"} or not ("csv" in rule.rule or "export" in rule.rule):
            continue
        path = adapter.build(rule.endpoint, {"ending": "csv"} if "ending" in rule.arguments else {})
        answer = boss.get(path, follow_redirects=True)
        if answer.mimetype != "text/csv":
            continue
        found.add(rule.endpoint)
        book = boss.get(f"{path.removesuffix('.csv')}.xlsx")
        assert (book.status_code, book.mimetype) == (200, _XLSX), path
        load_workbook(io.BytesIO(book.data))
    assert found >= {"customers.export", "directory.export", "retention.export_deletions", "roster.export"}
    assert found >= {"quality_figures.export", "case_lists.export", "shifts.table"}


def test_whatever_writes_csv_on_a_page_goes_by_the_kit() -> None:
    """A new download must not be CSV alone: `table_file` gives both; the two others have a workbook of their own."""
    users = {
        file.relative_to("hotline/web").as_posix()
        for file in Path("hotline/web").rglob("*.py")
        if "csv_file(" in file.read_text("utf-8")
    }
    assert users == {"kit/downloads.py", "cases/list_pages.py", "shifts/plan_pages.py"}


@given(st.lists(st.lists(_cell, min_size=2, max_size=2), max_size=5))
def test_the_workbook_has_the_cells_of_the_csv(rows: list[list[str]]) -> None:
    app, blueprint = Flask(__name__), Blueprint("made", __name__)

    @table_route(blueprint, "/made")
    def made(ending: str) -> Response:
        return table_file(csv_table.write(("a", "b"), rows), "made", ending)

    app.register_blueprint(blueprint)
    client = app.test_client()
    [sheet] = load_workbook(io.BytesIO(client.get("/made.xlsx").data)).worksheets
    shown = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    told = list(csv.reader(io.StringIO(client.get("/made.csv").text.removeprefix("\ufeff"), newline="")))
    plain = [[csv_table.as_it_was(cell) for cell in row] for row in told[1:]]
    assert [list(map(_as_read, row)) for row in plain] == [list(map(_as_read, row)) for row in shown[1:]]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def _as_read(cell: object) -> str:
    """A workbook's XML knows one end of a line."""
    return str(cell).replace("\r\n", "\n").replace("\r", "\n")
