"""The pages of a site with two lines: each one's state, roster, gaps and days (A1, A2, A16)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.line.roster import Shift
from hotline.domain.people import Role
from hotline.services.line.routing import lines_shown
from hotline.storage.line.roster import RosterStore
from tests.support.web import NOW, Web, a_web, csrf_of

#: The spare line of the site of these tests is closed on Mondays.
SITE = """
[lines.spare.hours]
mon = []
[lines.main]
number = "4001234567"
menu = "main"
"""


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path, SITE)


def shifts(web: Web) -> list[Shift]:
    with web.hotline.storage.reading() as tx:
        return RosterStore(tx).shifts(NOW - timedelta(days=40), NOW + timedelta(days=400))


def send(client: FlaskClient, path: str, form: Mapping[str, object]) -> TestResponse:
    """As a browser does: with a token of the page."""
    return client.post(path, data={"csrf_token": csrf_of(client.get("/line")), **form})


def closed_days(web: Web) -> list[date]:
    return list(web.hotline.settings.calendar.closed)


def open_lines(web: Web) -> set[str]:
    lines = lines_shown(web.hotline.storage, web.hotline.settings, NOW)
    return {each.line for each in lines if each.state.open}


def test_a1_the_lines_page_shows_each_and_one_is_declared_alone(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    page = client.get("/line").text
    assert "400-123-4567" in page and "400-765-4321" in page
    assert open_lines(web) == {"main"}
    fields = {"mode": "open", "until": "2026-11-16T15:00", "reason": "抢修", "line": "spare"}
    assert send(client, "/line/declare", fields).location == "/line?line=spare"
    assert open_lines(web) == {"main", "spare"}
    assert "抢修" in client.get("/line?line=spare").text and "抢修" not in client.get("/line?line=main").text
    send(client, "/line/declare", {**fields, "mode": "closed", "line": ""})
    assert open_lines(web) == set()
    send(client, "/line/calendar", {"line": "main"})
    assert open_lines(web) == {"main"}
    assert send(client, "/line/declare", {**fields, "line": "gone"}).status_code == 404
    assert client.get("/line?line=gone").status_code == 404


def test_a1_the_floor_tells_each_line_and_declares_one(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    floor = client.get("/api/v1/floor").json
    assert [(line["id"], line["name"], line["open"]) for line in floor["lines"]] == [
        ("spare", "400-765-4321", False),
        ("main", "400-123-4567", True),
    ]
    assert floor["line"] == floor["lines"][0]
    token = re.search(r'"csrf_token": "([^"]+)"', client.get("/floor").text)
    assert token
    headers = {"X-CSRFToken": token[1]}
    body = {"mode": "closed", "until": "2026-11-16T15:00", "reason": "停电", "line": "main"}
    told = client.post("/api/v1/floor/line", json=body, headers=headers)
    assert (told.status_code, told.json["id"], told.json["declared"]["for_all"]) == (200, "main", False)
    assert client.post("/api/v1/floor/line", json={**body, "line": "gone"}, headers=headers).status_code == 404
    told = client.delete("/api/v1/floor/line?line=main", headers=headers)
    assert (told.status_code, told.json["declared"]) == (200, None)


def test_a2_a_shift_is_added_for_one_line_and_shown_there(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    form = {
        "person": "王五",
        "numbers": "13900000002",
        "starts_at": "2026-11-20T00:00",
        "ends_at": "2026-11-21T00:00",
        "lines": ["spare"],
    }
    assert send(client, "/roster/shifts?line=spare", form).location == "/roster?month=2026-11&line=spare"
    assert [shift.lines for shift in shifts(web)] == [("spare",)]
    assert "王五" in client.get("/roster?line=spare").text
    shifts_of_main, mobiles_of_all = client.get("/roster?line=main").text.split('id="mobiles"')
    assert "王五" not in shifts_of_main
    assert "王五" in mobiles_of_all, "a mobile is lost for all lines, so it is found whichever is shown"
    everything = client.get("/roster").text
    assert "王五" in everything
    assert re.search(r"2026-11-16 10:30 – 2026-11-20 00:00\s*<span[^>]*>400-765-4321", everything), "that line's gap"
    assert send(client, "/roster/shifts", {**form, "lines": ["gone"]}).status_code == 422
    assert client.get("/roster?line=gone").status_code == 404


def test_a2_a_handover_names_its_line(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    send(client, "/roster/handovers", {"from_person": "李四", "to_person": "王五", "note": "", "line": "spare"})
    with web.hotline.storage.reading() as tx:
        [handover] = RosterStore(tx).handovers(5)
    assert handover.line == "spare"
    wrong = send(client, "/roster/handovers", {"from_person": "李四", "to_person": "王五", "note": "", "line": "gone"})
    assert wrong.status_code == 422


def test_a1_an_administrator_marks_days_of_a_year_that_is_not_known(web: Web) -> None:
    client = web.signed_in(Role.ADMINISTRATOR, username="root")
    page = client.get("/calendar").text
    assert "2027" in page and "录入" in page
    assert "y-year text-bad" in page and "tone-bad" in page, "a year that is not known is red"
    this_year = client.get("/calendar?year=2026").text
    assert "y-year text-bad" not in this_year and "2027 年尚未公布" in this_year
    days = {"days": ["2027-01-01", "2027-01-02", "nonsense"], "mark": "closed"}
    assert send(client, "/calendar/days?year=2027", days).location == "/calendar?year=2027"
    assert closed_days(web) == [date(2027, 1, 1), date(2027, 1, 2)]
    send(client, "/calendar/days?year=2027&line=spare", {"days": "2027-01-03", "mark": "makeup"})
    assert web.hotline.settings.lines["spare"].calendar.makeup == (date(2027, 1, 3),)
    send(client, "/calendar/years?year=2027", {"complete": "yes"})
    assert web.hotline.settings.calendar.covered_years == (2027,)
    shown = client.get("/calendar?year=2027").text
    assert "y-year text-bad" not in shown and "2027 年尚未公布" not in client.get("/calendar?year=2026").text
    assert "root" in shown and "01-01、01-02" in shown
    send(client, "/calendar/days?year=2027", {"days": ["2027-01-01"], "mark": ""})
    assert closed_days(web) == [date(2027, 1, 2)]
    assert send(client, "/calendar/days?year=2027", {"mark": "closed"}).status_code == 422


def test_others_see_the_year_and_mark_nothing(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    page = client.get("/calendar?year=2026").text
    assert "国庆" in page and 'name="days"' not in page and "/calendar/days" not in page
    assert send(client, "/calendar/days?year=2026", {"days": "2026-11-17", "mark": "closed"}).status_code == 403
    assert closed_days(web) == []


def test_a_day_that_is_worked_to_midnight_ends_at_24_o_clock(tmp_path: Path) -> None:
    day = "\n".join(f'{name} = ["00:00-24:00"]' for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    page = a_web(tmp_path, f"[hours]\n{day}\n").signed_in(Role.SUPERVISOR).get("/line").text
    assert "00:00–24:00" in page and "00:00–00:00" not in page
