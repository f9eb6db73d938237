"""The way through the menus as a page and a workbook: opened, narrowed, at the edges of time, and for whom (F1, E4)."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape

import openpyxl
import pytest
from flask.testing import FlaskClient

from hotline.domain.calls.call import MenuStep, Outcome
from hotline.domain.people import Role
from hotline.services.reports.facts import follow
from tests.support.instance import at
from tests.support.sample_calls import abandoned_call, answered_call
from tests.support.web import Web


@pytest.fixture
def boss(web: Web) -> FlaskClient:
    """One call pressed a wrong key, then nothing twice and was put through; one hung up right after a wrong key."""
    client = web.signed_in(Role.SUPERVISOR, username="boss")
    start = at("2026-11-16 09:00:00")
    timed_out = tuple(MenuStep(start, "main", key, target) for key, target in (("9", ""), ("", ""), ("", "operator")))
    left = abandoned_call("node1-1.9", start=start)
    web.keep(
        replace(answered_call("node1-1.8", start=start), menu=timed_out),
        replace(
            left,
            menu=(MenuStep(start, "main", "9", ""),),
            outcome=Outcome.ABANDONED_IVR,
            queues=(),
            rings=(),
            routes=(),
        ),
    )
    follow(web.hotline.storage, web.hotline.settings, web.now)
    return client


def test_f1_each_menu_and_key_with_where_callers_got_to(boss: FlaskClient) -> None:
    page = boss.get("/reports/menus?period=today").text
    assert "按菜单" in page and "按菜单版本" in page and "无对应功能" in page
    book = openpyxl.load_workbook(io.BytesIO(boss.get("/reports/menus/table.xlsx?period=today").data))
    menus, keys, versions = (
        [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book.worksheets
    )
    # entered, heard, keys, mis-pressed, no key, put through after none, hung up, broken off; to people, voicemail, end
    assert menus == [["main", 2, 5, 2, 2, 2, 1, 1, 0, 50, 0, 0, 50]]
    assert [row[:2] + row[3:] for row in keys] == [["main", "9", 2, 2, 1, 50, 0, 0, 50]]
    assert [row[1] for row in versions] == [2]


def test_f1_a_number_opens_its_calls(boss: FlaskClient) -> None:
    page = boss.get("/reports/menus?period=today").text
    links = [unescape(each) for each in re.findall(r'href="(/reports/rows/menu_missed\?[^"]*menu_choice[^"]*)"', page)]
    links += [unescape(each) for each in re.findall(r'href="(/reports/rows/menu_missed\?[^"]*menu=main[^"]*)"', page)]
    assert links
    for link in links:
        assert len(re.findall(r'href="/calls/\d+"', boss.get(link).text)) == 2, link


def test_f1_who_hung_up_before_any_key_opens_too(web: Web, boss: FlaskClient) -> None:
    early = abandoned_call("node1-1.10", start=at("2026-11-16 09:10:00"))
    web.keep(replace(early, outcome=Outcome.ABANDONED_IVR, queues=(), rings=(), routes=()))
    follow(web.hotline.storage, web.hotline.settings, web.now)
    page = boss.get("/reports/menus?period=today").text
    links = [unescape(each) for each in re.findall(r'href="(/reports/rows/menu_left\?[^"]*menu=-[^"]*)"', page)]
    assert len(re.findall(r'href="/calls/\d+"', boss.get(links[0]).text)) == 1
    assert "按键之前" in boss.get("/reports/menus?period=today&menu=-").text


def test_f1_the_report_and_the_catalogue_lead_there(boss: FlaskClient) -> None:
    assert "/reports/menus" in boss.get("/reports").text
    assert "/reports/menus?period=month" in boss.get("/reports/view/menu?period=month").text


@pytest.mark.parametrize(
    "query",
    [
        "since=2016-11-20&until=2026-11-16",
        "since=2026-12-31&until=2027-01-01",
        "since=2028-02-29&until=2028-02-29",
        "period=year",
        "line=main&menu=main&menu_version=2026-11-16T01:00:00%2B00:00",
        "menu=%27%3B--&menu_choice=%00%3Cscript%3E&menu_version=x",
        "menu_choice=" + "x" * 5000,
    ],
)
def test_f1_times_at_the_edges_and_hostile_values_show_a_page(boss: FlaskClient, query: str) -> None:
    answer = boss.get(f"/reports/menus?{query}")
    assert answer.status_code == 200 and 'role="alert"' not in answer.text
    assert "<script>" not in answer.text.split("<main")[1]
    assert boss.get(f"/reports/menus/table.xlsx?{query}").status_code == 200


@pytest.mark.parametrize(
    "query", ["since=2026-11-17&until=2026-11-16", "since=2010-01-01&until=2026-11-16", "since=2026-02-30"]
)
def test_f1_a_time_that_makes_no_sense_is_told(boss: FlaskClient, query: str) -> None:
    answer = boss.get(f"/reports/menus?{query}")
    assert answer.status_code == 200 and 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("role", "status"), [(Role.OPERATOR, 403), (Role.DEPARTMENT, 403), (Role.AUDITOR, 200), (Role.EXAMINER, 200)]
)
def test_e4_who_sees_the_menus(web: Web, boss: FlaskClient, role: Role, status: int) -> None:
    client = web.signed_in(role, username="who")
    for address in ("/reports/menus", "/reports/menus/table.xlsx"):
        assert client.get(address).status_code == status
    if role is Role.OPERATOR:
        assert "/reports/menus" not in client.get("/reports").text


def test_f1_nothing_in_the_time_is_said(boss: FlaskClient) -> None:
    page = boss.get("/reports/menus?since=2025-01-01&until=2025-01-02").text
    assert "这段时间没有来电听到菜单" in page
