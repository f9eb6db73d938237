"""F5: the report on service and supervision is read, signed and taken along."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.domain.rules.registry import RULES
from tests.support.kept_rules import judge
from tests.support.web import Web, a_web, csrf_of

OCTOBER = "/reports/supervision?period=month&day=2026-10-01"
DAY = date(2026, 10, 20)


@pytest.fixture
def web(tmp_path: Path) -> Web:
    made = a_web(tmp_path)
    judge(made.hotline.storage, "A8", DAY, kept=9, broken=1)
    return made


def examiner(web: Web) -> FlaskClient:
    client = web.signed_in(Role.EXAMINER)
    client.set_cookie("language", "en")
    return client


def sign(client: FlaskClient, digest: str = "") -> TestResponse:
    page = client.get(OCTOBER)
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', page.text)
    sent = {"csrf_token": csrf_of(page), "digest": digest or (found[1] if found else "")}
    return client.post(OCTOBER, data=sent, follow_redirects=True)


def test_an_examiner_signs_and_differences_stand_beside(web: Web) -> None:
    client = examiner(web)
    assert "You have signed the report." in sign(client).text
    page = client.get(OCTOBER).text
    assert "as signed" in page and re.search(r"\b[0-9a-f]{64}\b", page)
    judge(web.hotline.storage, "A8", DAY, broken=5)
    page = client.get(OCTOBER).text
    assert "1 rules differ" in page and "<del>9 / 10</del>" in page and "<ins>9 / 15</ins>" in page


@pytest.mark.parametrize("digest", ["0" * 64, "<script>", "x" * 5000])
def test_what_nobody_read_is_not_signed(web: Web, digest: str) -> None:
    client = examiner(web)
    assert "The figures have changed since you read them" in sign(client, digest).text
    assert "Nobody has signed it yet." in client.get(OCTOBER).text


def test_without_the_pages_token_nothing_is_signed(web: Web) -> None:
    client = examiner(web)
    assert client.post(OCTOBER, data={"digest": "0" * 64}).status_code in (400, 403)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_others_read_and_have_no_button(web: Web, role: Role) -> None:
    client = web.signed_in(role)
    page = client.get(OCTOBER)
    assert page.status_code == 200 and 'name="digest"' not in page.text
    assert client.post(OCTOBER, data={"csrf_token": csrf_of(page), "digest": "0" * 64}).status_code == 403


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.LEADER, Role.DEPARTMENT])
def test_who_handles_callers_does_not_see_it(web: Web, role: Role) -> None:
    client = web.signed_in(role)
    assert client.get(OCTOBER).status_code == client.get("/reports/supervision/report.xlsx").status_code == 403


def test_a_month_that_lasts_has_no_button(web: Web) -> None:
    assert 'name="digest"' not in examiner(web).get("/reports/supervision").text


def test_the_workbook_holds_every_rule_the_breaches_and_the_signatures(web: Web) -> None:
    client = examiner(web)
    sign(client)
    answer = client.get("/reports/supervision/report.xlsx?period=month&day=2026-10-01")
    assert 'filename="supervision-20261001-20261031.xlsx"' in answer.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.data))
    rules, breaches, signatures = (list(sheet.values) for sheet in book)
    assert [row[1] for row in rules[1:]] == list(RULES)
    [a8] = [row for row in rules if row[1] == "A8"]
    assert "《客户服务规范及保证书》一.3.1、一.4" in str(a8[3]).splitlines()
    assert a8[4] == RULES["A8"].sentence
    assert "Most rings: 3" in str(a8[5]).splitlines()
    assert a8[6:14] == (95, 90, "Below yellow", 90, 10, 9, 1, 0)
    [a1] = [row for row in rules if row[1] == "A1"]
    assert a1[5] == "Working hours: Monday to Friday 09:00-12:00, 13:00-17:30"
    assert [row[0] for row in breaches[1:]] == ["A8"]
    assert len(signatures) == 2 and re.fullmatch("[0-9a-f]{64}", str(signatures[1][2]))
