"""Forecast and staffing by page, table and API."""

from __future__ import annotations

import io

import openpyxl

from hotline.domain.people import Role
from tests.support.web import Web, post

VOLUMES = "09:00\t30\t20\t20\t20\t20\t0\t0\n09:30\t30\t20\t20\t20\t20\t0\t0"


def test_a_new_site_types_its_volumes_in_and_sees_who_is_missing(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    empty = boss.get("/staffing").text
    assert "预测至少需要 8 周" in empty and "heat-missing" not in empty
    wrong = post(boss, "/staffing/volumes", "/staffing", volumes="09:15 1 2")
    assert wrong.status_code == 422 and "第 1 行" in wrong.text and "09:15 1 2" in wrong.text
    assert post(boss, "/staffing/volumes", "/staffing", volumes=VOLUMES).status_code == 302
    page = boss.get("/staffing").text
    assert "heat-missing" in page and "本周缺人" in page and "按人工填写的来电量" in page
    assert "2026-11-23" in page, "next week"
    book = openpyxl.load_workbook(io.BytesIO(boss.get("/staffing/staffing.xlsx").data)).worksheets[0]
    row = next(row for row in book.iter_rows(values_only=True) if row[0] == "09:00")
    assert (row[1], row[2], row[3]) == ("30.0", row[4], 0) and str(row[4]) not in ("0", "None")
    found = web.client().get("/api/v1/staffing?day=2026-11-23", headers=web.program(Role.SUPERVISOR)).get_json()
    assert found["source"] == "typed" and len(found["slots"]) == 7 * 48 and found["slots"][18]["calls"] == 30


def test_each_line_and_week_and_who_may(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    page = boss.get("/staffing?day=2026-02-11").text
    assert "按周五" in page, "the make-up Saturday before the Spring Festival"
    assert "按法定节假日" in boss.get("/staffing?day=2026-04-30").text
    assert boss.get("/staffing?day=2036-02-18").status_code == 422
    operator = web.signed_in(Role.OPERATOR, username="zhao")
    assert operator.get("/staffing").status_code == 403
    leader = web.signed_in(Role.LEADER, username="lead")
    assert leader.get("/staffing").status_code == 200 and "volumes" not in leader.get("/staffing").text


def test_a_day_is_left_out_and_counts_again(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    assert post(boss, "/staffing/left-out", "/staffing", left_out="2026-11-11", why="促销").status_code == 302
    assert "促销" in boss.get("/staffing").text
    assert post(boss, "/staffing/left-out/1/count", "/staffing").status_code == 302
    assert "促销" not in boss.get("/staffing").text


def test_a_plan_is_proposed_or_it_is_said_why_not(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    post(boss, "/staffing/volumes", "/staffing", volumes=VOLUMES)
    answer = post(boss, "/staffing/proposal?day=2026-11-23", "/staffing")
    assert answer.status_code == 302
    assert "没有满足全部规则的排班" in boss.get(answer.location).text
