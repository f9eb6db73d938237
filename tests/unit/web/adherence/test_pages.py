"""Adherence by page, table and API."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl

from hotline.domain.people import Role
from hotline.services.adherence.watching import find_missed_starts
from hotline.storage.staff.store import StaffStore
from tests.support.our_people import plan
from tests.support.web import Web, post

HOUR = timedelta(hours=1)


def test_explained_by_them_and_decided_by_a_supervisor(web: Web) -> None:
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    from hotline.domain.staff.records import Tenure
    from hotline.storage.staff.spans import TenureStore

    with web.hotline.storage.writing() as tx:
        person = next(each for each in StaffStore(tx).all() if each.name == "Zhao")
        TenureStore(tx).add(Tenure(person.id or 0, "1001"))
    plan(web.hotline.storage, person.id or 0, "Zhao", web.now - 2 * HOUR, web.now + HOUR)
    assert find_missed_starts(web.hotline.storage, web.hotline.settings, web.now) == 1
    page = zhao.get("/adherence").text
    assert "空班" in page and "0 %" in page
    assert post(zhao, "/adherence/1/explain", "/adherence", explanation="地铁故障").status_code == 302
    assert post(zhao, "/adherence/1/decide", "/adherence", decision="accepted").status_code == 403
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    assert "地铁故障" in boss.get("/adherence").text
    assert post(boss, "/adherence/1/decide", "/adherence", decision="not_accepted").status_code == 302
    assert "扣罚20元" in boss.get("/adherence").text
    book = openpyxl.load_workbook(io.BytesIO(boss.get("/adherence/adherence.xlsx").data))
    assert [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] == ["Zhao"]
    assert book.worksheets[1]["E2"].value == "地铁故障"
    query = {"since": (web.now - 24 * HOUR).isoformat(), "until": (web.now + HOUR).isoformat()}
    headers = web.program(Role.SUPERVISOR)
    found = web.client().get("/api/v1/adherence", query_string=query, headers=headers).get_json()
    assert found["people"][0]["planned_seconds"] == 7200 and found["missed"][0]["decision"] == "not_accepted"
