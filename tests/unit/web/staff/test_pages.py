"""The pages of our own people: what each role finds, and what is said of what is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.domain.staff.records import Department
from hotline.services.staff.sync import sync_operators
from hotline.settings.calls import Operator
from hotline.storage.staff.store import StaffStore
from tests.support.web import Web, a_web, csrf_of

Fields = Mapping[str, object]


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


@pytest.fixture
def admin(web: Web) -> FlaskClient:
    return _english(web.signed_in(Role.ADMINISTRATOR, username="admin"))


def _english(client: FlaskClient) -> FlaskClient:
    client.set_cookie("language", "en")
    return client


def _post(client: FlaskClient, page: str, fields: Fields, action: str = "") -> tuple[int, str]:
    token = csrf_of(client.get(page))
    answer = client.post(action or page, data={"csrf_token": token, **fields})
    return answer.status_code, answer.text if answer.status_code not in (302, 303) else answer.headers["Location"]


def _person(web: Web, name: str) -> int:
    with web.hotline.storage.reading() as tx:
        return next(each.id for each in StaffStore(tx).all(active_only=False) if each.name == name and each.id)


def test_an_administrator_adds_and_changes_somebody(web: Web, admin: FlaskClient) -> None:
    status, where = _post(
        admin, "/people/new", {"name": "安娜", "email": "a@example.com", "language": "en", "active": "y"}
    )
    assert (status, where) == (302, f"/people/{_person(web, '安娜')}")
    assert "a@example.com" in admin.get(where).text
    fields = {"version": "1", "name": "安娜", "mobile": "138 0013 8001", "language": "zh", "active": "y"}
    assert _post(admin, where, fields)[0] == 302
    page = admin.get("/people?q=anna").text
    assert "13800138001" in page and "a@example.com" not in page
    status, text = _post(admin, where, fields)
    assert status == 409 and "Somebody else was faster" in text
    assert ("admin", "person.change", f"person:{_person(web, '安娜')}") in web.audit()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Please enter a name."),
        ({"mobile": "12345"}, "A mobile number of mainland China was expected"),
        ({"email": "nobody"}, "An address like name@example.com was expected."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    admin: FlaskClient, fields: Fields, said: str
) -> None:
    status, text = _post(admin, "/people/new", {"name": "<b>安娜", "email": "", **fields})
    assert status == 422 and said in text
    assert "<b>安娜" not in text


def test_absences_are_entered_and_ended(web: Web, admin: FlaskClient) -> None:
    for name in ("安娜", "本"):
        _post(admin, "/people/new", {"name": name, "active": "y"})
    anna, ben = _person(web, "安娜"), _person(web, "本")
    away = f"/people/{anna}/away"
    status, text = _post(admin, f"/people/{anna}", {"until": "2026-11-20T18:00", "deputy": str(anna)}, away)
    assert status == 422 and "Nobody can be their own deputy." in text
    status, text = _post(admin, f"/people/{anna}", {"since": "gestern", "until": "2026-11-20T18:00"}, away)
    assert status == 422 and "was expected" in text
    assert _post(admin, f"/people/{anna}", {"until": "2026-11-20T18:00", "deputy": str(ben)}, away)[0] == 302
    page = admin.get(f"/people/{anna}").text
    assert "Away until" in page and "本 acts for them" in page
    (end,) = set(re.findall(rf"/people/{anna}/away/\d+/end", page))
    assert _post(admin, f"/people/{anna}", {}, end)[0] == 302
    assert "Away until" not in admin.get(f"/people/{anna}").text


def test_teams_and_departments(web: Web, admin: FlaskClient) -> None:
    _post(admin, "/people/new", {"name": "安娜", "active": "y"})
    anna = str(_person(web, "安娜"))
    status, where = _post(
        admin,
        "/people/units/new/department",
        {"name": "客服部", "leader": anna, "phone": "010-88886666", "active": "y"},
    )
    assert status == 302
    assert _post(admin, "/people/units/new/team", {"name": "一组", "active": "y"})[0] == 302
    status, text = _post(admin, "/people/units/new/department", {"name": "客服部", "active": "y"})
    assert status == 422 and "客服部 is there already." in text
    assert _post(admin, where, {"person": anna}, f"{where}/members")[0] == 302
    status, text = _post(admin, where, {"person": anna}, f"{where}/members")
    assert status == 422 and "They belong to 客服部 in that time already." in text
    assert _post(admin, where, {"version": "1", "name": "服务部", "leader": "", "active": "y"})[0] == 302
    listed = admin.get("/people/units").text
    assert "服务部" in listed and "一组" in listed and "客服部" not in listed
    (end,) = set(re.findall(rf"{where}/members/\d+/end", admin.get(where).text))
    assert _post(admin, where, {}, end)[0] == 302


def test_everybody_has_their_own_page(web: Web) -> None:
    zhao = _english(web.signed_in(Role.OPERATOR, username="zhao"))
    assert "My details" in zhao.get("/me").text
    assert _post(zhao, "/me", {"version": "1", "email": "z@example.com"})[0] == 302
    status, text = _post(zhao, "/me", {"version": "2", "mobile": "1"})
    assert status == 422 and "A mobile number of mainland China" in text
    assert _post(zhao, "/me", {"until": "2026-11-20T18:00"}, "/me/away")[0] == 302
    page = zhao.get("/me").text
    assert "z@example.com" in page and "nobody acts for them" in page
    status, text = _post(zhao, "/me", {"until": "2026-11-21T18:00"}, "/me/away")
    assert status == 422 and "They are away already from" in text
    (end,) = set(re.findall(r"/me/away/\d+/end", page))
    assert _post(zhao, "/me", {}, end)[0] == 302
    assert ("zhao", "absence.add", f"person:{_person(web, 'Zhao')}") in web.audit()


def test_supervisors_read_and_operators_see_no_pages_of_others(web: Web, admin: FlaskClient) -> None:
    _post(admin, "/people/new", {"name": "安娜", "email": "a@example.com", "active": "y"})
    anna = _person(web, "安娜")
    boss = _english(web.signed_in(Role.SUPERVISOR, username="boss"))
    page = boss.get(f"/people/{anna}").text
    assert "a@example.com" in page and '<form method="post" novalidate>' not in page
    assert boss.get("/people/new").status_code == 403
    token = csrf_of(boss.get("/me"))
    assert boss.post(f"/people/{anna}", data={"csrf_token": token, "name": "x", "version": "1"}).status_code == 403
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    for address in ("/people", f"/people/{anna}", "/people/units"):
        assert zhao.get(address).status_code == 403


def test_a14_the_api_gives_addresses_to_who_manages_alone(web: Web, admin: FlaskClient) -> None:
    _post(admin, "/people/new", {"name": "安娜", "email": "a@example.com", "mobile": "13800138001", "active": "y"})
    _post(admin, "/people/units/new/department", {"name": "客服部", "active": "y"})
    for role, shown in ((Role.SUPERVISOR, ("a@example.com", "13800138001")), (Role.OPERATOR, (None, "138****8001"))):
        client = web.signed_in(role, username=f"api-{role.value}")
        (found,) = client.get("/api/v1/people?q=安娜").json["people"]
        assert (found["email"], found["mobile_shown"]) == shown
        assert [each["name"] for each in client.get("/api/v1/departments").json["departments"]] == ["客服部"]
        assert client.get("/api/v1/teams").json == {"teams": []}


def test_a_hand_over_is_put_right(web: Web, admin: FlaskClient) -> None:
    _first(web, "赵敏", "1001")
    web.clock.advance(hours=2)
    with web.hotline.storage.writing() as tx:
        sync_operators(tx, {"1001": Operator(name="李雷")}, web.now)
    li = _person(web, "李雷")
    page = admin.get(f"/people/{li}").text
    (action,) = set(re.findall(rf"/people/{li}/extensions/\d+", page))
    assert "2026-11-16 12:30" in page
    assert _post(admin, f"/people/{li}", {"since": "2026-11-16T11:45"}, action)[0] == 302
    assert "2026-11-16 11:45" in admin.get(f"/people/{li}").text
    assert "2026-11-16 11:45" in admin.get(f"/people/{_person(web, '赵敏')}").text
    assert _post(admin, f"/people/{li}", {"since": "2026-11-16T13:45"}, action)[0] == 302
    assert "This lies in the future." in admin.get(f"/people/{li}").text


def _first(web: Web, name: str, extension: str) -> None:
    with web.hotline.storage.writing() as tx:
        sync_operators(tx, {extension: Operator(name=name)}, web.now)


def _department(web: Web) -> int:
    with web.hotline.storage.writing() as tx:
        return StaffStore(tx).add_unit(Department("维修部")).id or 0


def test_d8_the_hours_of_a_department_are_decided_on_its_page(web: Web, admin: FlaskClient) -> None:
    unit = _department(web)
    page = f"/people/units/{unit}/hours"
    assert page in admin.get(f"/people/units/{unit}").text
    shown = admin.get(page).text
    assert "Hours of 维修部" in shown and 'placeholder="09:00-12:00, 13:00-17:30"' in shown
    assert _post(admin, page, {"mon": "08:00-12:00，14:00-18:00", "closed_fri": "yes"})[0] == 303
    shown = admin.get(page).text
    assert 'value="08:00-12:00, 14:00-18:00"' in shown and "Monday → " in shown and "Friday → " in shown
    assert web.hotline.settings.departments[str(unit)].hours.fri == ()
    assert ("admin", "settings.change", f"setting:departments.{unit}.hours.mon") in web.audit()
    first = {"shown_mon": "08:00-12:00, 14:00-18:00", "shown_closed_fri": "yes"}
    status, text = _post(admin, page, {**first, "mon": "12:00-09:00", "closed_fri": "yes"})
    assert status == 422 and 'value="12:00-09:00"' in text and 'id="wrong-mon"' in text
    assert _post(admin, page, first)[0] == 303
    assert str(unit) not in web.hotline.settings.departments
    assert "as at the site" in admin.get(page).text


def test_of_two_who_decide_the_hours_of_a_department_the_second_is_told(web: Web, admin: FlaskClient) -> None:
    """Of the same day; who touched another one has not undone what was decided meanwhile."""
    unit = _department(web)
    page = f"/people/units/{unit}/hours"
    assert _post(admin, page, {"mon": "08:00-12:00"})[0] == 303
    assert _post(admin, page, {"tue": "10:00-12:00"})[0] == 303
    kept = web.hotline.settings.departments[str(unit)].hours
    assert (bool(kept.mon), bool(kept.tue)) == (True, True), "Monday was shown empty, and was not touched"
    status, text = _post(admin, page, {"mon": "09:00-10:00", "wed": "13:00-15:00"})
    assert status == 409 and 'value="09:00-10:00"' in text and 'value="13:00-15:00"' in text
    assert 'name="shown_mon" value="08:00-12:00"' in text and 'id="wrong-mon"' in text and 'id="wrong-wed"' not in text
    assert web.hotline.settings.departments[str(unit)].hours == kept
    again = {"shown_mon": "08:00-12:00", "shown_tue": "10:00-12:00", "tue": "10:00-12:00", "mon": "09:00-10:00"}
    assert _post(admin, page, again)[0] == 303, "saving again is insisting"
    now = web.hotline.settings.departments[str(unit)].hours
    assert now.tue == kept.tue and now.mon != kept.mon


def test_a_department_has_a_calendar_of_its_own(web: Web, admin: FlaskClient) -> None:
    unit = _department(web)
    page = f"/calendar?year=2026&department={unit}"
    assert "维修部" in admin.get(page).text
    status, where = _post(
        admin, page, {"days": "2026-12-01", "mark": "closed"}, f"/calendar/days?year=2026&department={unit}"
    )
    assert (status, where) == (303, page)
    assert [str(each) for each in web.hotline.settings.departments[str(unit)].calendar.closed] == ["2026-12-01"]
    assert web.hotline.settings.calendar.closed == ()
    assert admin.get("/calendar?year=2026&department=999").status_code == 404
    assert "1 day is marked" in admin.get(f"/people/units/{unit}/hours").text


def test_who_manages_sees_the_hours_and_decides_nothing(web: Web, admin: FlaskClient) -> None:
    unit = _department(web)
    boss = _english(web.signed_in(Role.SUPERVISOR, username="boss"))
    shown = boss.get(f"/people/units/{unit}/hours").text
    assert "as at the site" in shown and "<input" not in shown.split('id="week-title"')[1]
    assert (
        boss.post(f"/people/units/{unit}/hours", data={"csrf_token": csrf_of(boss.get("/people"))}).status_code == 403
    )
    assert _english(web.signed_in(Role.OPERATOR, username="li")).get(f"/people/units/{unit}/hours").status_code == 403
