"""Handing over by pages and API."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl

from hotline.domain.people import Role
from hotline.storage.forms.store import FormStore
from hotline.storage.staff.store import StaffStore
from tests.support.our_people import plan
from tests.support.rows import a_call
from tests.support.sample_forms import open_form
from tests.support.web import Web, post

HOUR = timedelta(hours=1)


def _person_id(web: Web, name: str) -> int:
    with web.hotline.storage.reading() as tx:
        return next(each.id or 0 for each in StaffStore(tx).all() if each.name == name)


def _extension(web: Web, name: str, extension: str) -> None:
    from hotline.domain.staff.records import Tenure
    from hotline.storage.staff.spans import TenureStore

    with web.hotline.storage.writing() as tx:
        TenureStore(tx).add(Tenure(_person_id(web, name), extension))


def test_written_read_accepted_and_listed(web: Web) -> None:
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    qian = web.signed_in(Role.OPERATOR, username="qian")
    _extension(web, "Zhao", "1001")
    _extension(web, "Qian", "1002")
    plan(web.hotline.storage, _person_id(web, "Zhao"), "Zhao", web.now - 8 * HOUR, web.now + HOUR)
    plan(web.hotline.storage, _person_id(web, "Qian"), "Qian", web.now, web.now + 8 * HOUR)
    with web.hotline.storage.writing() as tx:
        form_id = FormStore(tx).add([open_form(a_call("c1", web.now), web.now, owner="1001")])[0].id
    page = zhao.get("/handover").text
    assert f'value="record:{form_id}"' in page and "下一位接班人：Qian" in page
    refused = post(zhao, "/handover", words="请回 13800138000", passes=[f"record:{form_id}"])
    assert refused.status_code == 422 and "请勿填写电话号码" in refused.text
    assert "请回 13800138000" in refused.text and f'value="record:{form_id}" checked' in refused.text
    assert post(zhao, "/handover", words="客户等回复", passes=[f"record:{form_id}"]).status_code == 302
    assert "本班次已交接" in zhao.get("/handover").text
    assert "客户等回复" in qian.get("/handover").text
    assert post(qian, "/handover/1/accept", "/handover", answer="收到").status_code == 302
    with web.hotline.storage.reading() as tx:
        form = FormStore(tx).by_id(form_id or 0)
    assert form is not None and form.owner == "1002"
    assert qian.get("/handover/all").status_code == 403
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    shown = boss.get("/handover/all").text
    assert "客户等回复" in shown and "收到" in shown and "Qian" in shown
    book = openpyxl.load_workbook(io.BytesIO(boss.get("/handover/all.xlsx").data))
    assert [row[4] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] == ["客户等回复"]
    headers = web.program(Role.SUPERVISOR)
    query = {"since": (web.now - HOUR).isoformat(), "until": (web.now + HOUR).isoformat()}
    found = web.client().get("/api/v1/handovers", query_string=query, headers=headers).get_json()
    assert [(each["person"], each["accepted_by"]) for each in found["handovers"]] == [("Zhao", "Qian")]


def test_missing_ones_stand_in_the_supervisors_list(web: Web) -> None:
    web.signed_in(Role.OPERATOR, username="zhao")
    web.signed_in(Role.OPERATOR, username="qian")
    plan(web.hotline.storage, _person_id(web, "Zhao"), "Zhao", web.now - 8 * HOUR, web.now - HOUR)
    plan(web.hotline.storage, _person_id(web, "Qian"), "Qian", web.now - HOUR, web.now + 8 * HOUR)
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    page = boss.get(f"/handover/all?period=week&day={web.now.date()}").text
    assert "未交接" in page and "Zhao" in page
