"""The standard reports: each with its figures, as a workbook, narrowed, compared; and who may not (F1, E4)."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.standard import STANDARD
from hotline.domain.staff.records import Tenure
from hotline.services.reports.facts import follow
from hotline.storage.staff.spans import TenureStore
from hotline.web.reports.shown import amount_shown
from tests.support.instance import at
from tests.support.leaders import person_of, team
from tests.support.sample_calls import abandoned_call, answered_call
from tests.support.web import Web


@pytest.fixture
def boss(web: Web) -> FlaskClient:
    client = web.signed_in(Role.SUPERVISOR, username="boss")
    web.keep(
        answered_call("node1-1.2", start=at("2026-11-16 09:05:00")),
        answered_call("node1-1.3", start=at("2026-11-10 09:05:00")),
        answered_call("node1-1.6", start=at("2026-11-11 09:35:00")),
        abandoned_call(start=at("2026-11-16 09:40:00")),
    )
    follow(web.hotline.storage, web.hotline.settings, web.now)
    return client


def sits(web: Web, username: str, extension: str) -> int:
    person = person_of(web.hotline.storage, username)
    with web.hotline.storage.writing() as tx:
        TenureStore(tx).add(Tenure(person, extension))
    return person


def test_f1_every_figure_of_a_report_is_one_of_the_catalogue() -> None:
    for report in STANDARD.values():
        assert set(report.drawn) <= set(report.figures) <= set(FIGURES), report.name
        assert {FIGURES[each].unit for each in report.drawn}.__len__() == 1, report.name
        assert any(report.by in FIGURES[each].axes for each in report.drawn), report.name


@pytest.mark.parametrize("name", STANDARD)
def test_f1_each_report_is_a_page_and_a_workbook(web: Web, boss: FlaskClient, name: str) -> None:
    assert f"/reports/view/{name}" in boss.get("/reports").text
    page = boss.get(f"/reports/view/{name}?period=month")
    assert page.status_code == 200 and STANDARD[name].title.zh in page.text
    book = openpyxl.load_workbook(io.BytesIO(boss.get(f"/reports/view/{name}.xlsx?period=month").data))
    told = [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert told == [FIGURES[each].title.zh for each in STANDARD[name].figures]


@pytest.mark.parametrize("name", STANDARD)
def test_f1_the_numbers_of_the_workbook_are_those_of_the_page(web: Web, boss: FlaskClient, name: str) -> None:
    """Each figure, now and before, to the digits that the page shows."""
    page = boss.get(f"/reports/view/{name}?period=week").text
    row = re.compile(
        r'/reports/dictionary/(\w+)">.*?<strong>(.*?)</strong>.*?<td class="numeric text-end">(\S+( [s%秒])?)',
        re.DOTALL,
    )
    on_page = {figure: (now, before) for figure, now, before, _unit in row.findall(page)}
    book = openpyxl.load_workbook(io.BytesIO(boss.get(f"/reports/view/{name}.xlsx?period=week").data))
    lines = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    with web.app.test_request_context(headers={"Accept-Language": "zh"}):
        in_book = {
            figure: tuple(amount_shown(FIGURES[figure].unit, _number(line[place])) for place in (1, 4))
            for figure, line in zip(STANDARD[name].figures, lines, strict=True)
        }
    assert on_page == in_book


def _number(cell: object) -> float | None:
    return float(cell) if isinstance(cell, (int, float)) else None


def test_f1_this_week_is_compared_with_the_one_before(web: Web, boss: FlaskClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(boss.get("/reports/view/answered.xlsx?period=today").data))
    rows = {row[0]: row[1:] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert rows["呼入量"][0] == 2 and rows["接通"][0] == 1 and rows["呼入量"][3] == 0
    assert rows["接通率"][0] == 50 and rows["接通率"][2] == 2
    assert rows["接通率"][3] is None
    page = boss.get("/reports/view/answered?period=today").text
    assert "50 %" in page and "共 2" in page and "–" in page


def test_a_share_that_fell_is_worse_and_a_loss_that_fell_is_better(web: Web, boss: FlaskClient) -> None:
    page = boss.get("/reports/view/answered?period=days&since=2026-11-16&until=2026-11-22").text
    assert "−50 个百分点" in page and "更差" in page
    page = boss.get("/reports/view/answered?period=days&since=2026-11-17&until=2026-11-17").text
    assert "更好" in page


def test_f1_volume_by_half_hour_and_weekday(web: Web, boss: FlaskClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(boss.get("/reports/view/volume.xlsx?period=month").data))
    rows = {str(row[0]): row[1:] for row in book.worksheets[2].iter_rows(values_only=True)}
    assert rows["09:00"][:3] == (1, 1, 0) and rows["09:30"][:3] == (1, 0, 1)
    assert sum(float(str(cell)) for key, row in rows.items() if ":" in key for cell in row) == 4
    assert "heat-4" in boss.get("/reports/view/volume?period=month").text


def test_each_figure_opens_its_definition_and_its_rows(web: Web, boss: FlaskClient) -> None:
    page = boss.get("/reports/view/answered?period=month").text
    assert "/reports/dictionary/answered" in page and "/reports/rows/answered?period=month" in page
    rows = boss.get("/reports/rows/answered?period=month").text
    assert rows.count("/calls/") >= 3 and "13800138000" not in rows and "138" not in rows


@pytest.mark.parametrize(
    "query",
    [
        "since=2016-12-01&until=2026-11-16",  # ten years
        "since=2026-11-16&until=2026-11-16",
        "since=2026-12-31&until=2027-01-01",
        "since=2028-02-29&until=2028-02-29",
        "since=2026-11-16",
        "period=year&by=month",
        "period=month&by=hour_of_week",
        "period=month&by=region",
    ],
)
def test_times_at_the_edges_show_a_page(boss: FlaskClient, query: str) -> None:
    answer = boss.get(f"/reports/view/answered?{query}")
    assert answer.status_code == 200 and 'role="alert"' not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "period=days&since=2026-11-17&until=2026-11-16",
        "period=days&since=2026-11-17&until=2026-13-45",
        "period=days&since=2010-01-01&until=2026-11-16",
        "period=days&since=x&until=y",
        "period=days&since=&until=",
        "since=2026-02-30",
    ],
)
def test_a_time_that_makes_no_sense_is_told(boss: FlaskClient, query: str) -> None:
    answer = boss.get(f"/reports/view/waits?{query}")
    assert answer.status_code == 200 and 'role="alert"' in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "by=%27%3BDROP+TABLE+call&person=1+OR+1%3D1&line=%22&queue=x&subject=%00&region=%27+OR+%271%27%3D%271",
        "person=99999999999999999999",
        "person=-1&by=person",
        "period=%3Cscript%3E&since=%3Cscript%3E",
        "region=" + "x" * 5000,
    ],
)
def test_hostile_values_change_nothing(boss: FlaskClient, query: str) -> None:
    for name in ("volume", "cases", "menu"):
        answer = boss.get(f"/reports/view/{name}?{query}")
        assert answer.status_code == 200 and "<script>" not in answer.text.replace("<script>", "", 0).split("<main")[1]


@pytest.mark.parametrize("address", ["/reports/view/none", "/reports/view/none.xlsx", "/reports/rows/none"])
def test_what_there_is_not_is_said_to_be_not_there(boss: FlaskClient, address: str) -> None:
    assert boss.get(address).status_code == 404


def test_e4_an_operator_sees_their_own_figures_alone(web: Web, boss: FlaskClient) -> None:
    client = web.signed_in(Role.OPERATOR, username="qian")
    mine, other = sits(web, "qian", "1002"), sits(web, "boss", "1001")
    web.keep(answered_call("node1-1.9", start=web.now - timedelta(minutes=30)))
    follow(web.hotline.storage, web.hotline.settings, web.now)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/reports/view/answered.xlsx?period=today").data))
    rows = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert rows["接通"] == 1 and rows["呼入量"] == 1
    page = client.get(f"/reports/view/states?person={other}").text
    assert f'value="{other}"' not in page and f'value="{mine}"' in page
    assert "线路可用率" in client.get("/reports/view/recordings").text.split("未列出")[1]


def test_e4_leaders_see_their_people(web: Web, boss: FlaskClient) -> None:
    client = web.signed_in(Role.LEADER, username="lead")
    web.signed_in(Role.OPERATOR, username="qian")
    person = sits(web, "qian", "1002")
    team(web.hotline.storage, "一组", "lead", "qian")
    assert f'value="{person}"' in client.get("/reports/view/handling").text


@pytest.mark.parametrize(("role", "status"), [(Role.DEPARTMENT, 403), (Role.AUDITOR, 200), (Role.EXAMINER, 200)])
def test_e4_who_may_not_sees_no_report(web: Web, role: Role, status: int) -> None:
    client = web.signed_in(role, username="who")
    for address in ("/reports", "/reports/view/volume", "/reports/view/volume.xlsx", "/reports/rows/answered"):
        assert client.get(address).status_code == status
