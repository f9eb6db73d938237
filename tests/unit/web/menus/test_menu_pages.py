"""Menus on pages (A1): drafted by two people at once, tried, put in force, and back."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.domain.time import SHANGHAI
from tests.support.web import NOW, Web, a_web, csrf_of

DRAFT = "/admin/menus/1"
MAIN = f"{DRAFT}/menu/main"


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


def english(client: FlaskClient) -> FlaskClient:
    client.set_cookie("language", "en")
    return client


@pytest.fixture
def client(web: Web) -> FlaskClient:
    return english(web.signed_in(Role.ADMINISTRATOR))


@pytest.fixture
def other(web: Web) -> FlaskClient:
    return english(web.signed_in(Role.ADMINISTRATOR, username="second"))


def send(client: FlaskClient, path: str, page: str = "", **fields: str) -> tuple[int, str]:
    """What follows; `version` is that of the page unless it is given."""
    shown = client.get(page or path)
    version = re.search(r'name="version" value="(\d+)"', shown.text)
    given = {"csrf_token": csrf_of(shown), **({"version": version[1]} if version else {}), **fields}
    answer = client.post(path, data=given)
    if answer.status_code == 303:
        return 303, client.get(answer.headers["Location"]).text
    return answer.status_code, answer.text


def menu(**fields: str) -> dict[str, str]:
    """The menu of the default file, with other fields."""
    usual = {
        "prompt": "menu-main",
        "operator_queue": "service",
        "key_seconds": "5",
        "tries": "3",
        "to-1": "queue:service",
        "subject-1": "产品咨询",
        "to-8": "voicemail",
        "to-9": "repeat",
        "to-0": "operator",
    }
    return {name.replace("_", "-") if name[-2] == "_" else name: text for name, text in {**usual, **fields}.items()}


def begin(client: FlaskClient, name: str = "春节") -> None:
    assert send(client, "/admin/menus", name=name)[0] == 303


def test_a_draft_is_changed_and_put_in_force_and_the_menus_before_come_back(web: Web, client: FlaskClient) -> None:
    begin(client)
    status, page = send(client, MAIN, **menu(to_1="voicemail"))
    assert status == 303 and "menus.main" in page.split('id="differences"')[1]
    assert web.hotline.settings.menus["main"].keys["1"].to == "queue:service"
    status, page = send(client, f"{DRAFT}/in-force", DRAFT, reason="试用通过")
    assert status == 303, page
    assert web.hotline.settings.menus["main"].keys["1"].to == "voicemail"
    web.clock.now += timedelta(minutes=1)
    assert send(client, "/admin/menus/back", "/admin/menus")[0] == 303
    assert web.hotline.settings.menus["main"].keys["1"].to == "queue:service"
    web.clock.now += timedelta(minutes=1)
    assert send(client, "/admin/menus/back", "/admin/menus")[0] == 303
    assert web.hotline.settings.menus["main"].keys["1"].to == "voicemail"
    acts = [action for _who, action, _object in web.audit()]
    assert [each for each in acts if each.startswith("menu_draft.")] == [
        "menu_draft.begin",
        "menu_draft.change",
        "menu_draft.in_force",
    ]
    assert acts.count("settings.change") >= 3


def test_over_a_festival_it_comes_and_goes_by_itself(web: Web, client: FlaskClient) -> None:
    begin(client)
    send(client, MAIN, **menu(to_1="voicemail"))
    local = NOW.astimezone(SHANGHAI)
    given = {
        "from_at": f"{local + timedelta(days=1):%Y-%m-%dT%H:%M}",
        "until_at": f"{local + timedelta(days=8):%Y-%m-%dT%H:%M}",
    }
    assert send(client, f"{DRAFT}/in-force", DRAFT, reason="春节", **given)[0] == 303

    def leads() -> str:
        return web.hotline.settings.menus["main"].keys["1"].to

    assert leads() == "queue:service"
    web.clock.now = NOW + timedelta(days=1)
    assert leads() == "voicemail"
    web.clock.now = NOW + timedelta(days=8)
    assert leads() == "queue:service"


def test_the_second_of_two_sees_what_the_first_did_and_loses_nothing_typed(
    client: FlaskClient, other: FlaskClient
) -> None:
    begin(client)
    seen = csrf_of(other.get(MAIN))
    assert send(client, MAIN, **menu(to_1="voicemail"))[0] == 303
    answer = other.post(MAIN, data={"csrf_token": seen, "version": "1", **menu(to_2="operator", subject_2="我的")})
    assert answer.status_code == 409
    assert "has changed this draft meanwhile" in answer.text and 'value="我的"' in answer.text
    assert re.search(r'name="version" value="2"', answer.text)
    again = other.post(MAIN, data={"csrf_token": seen, "version": "2", **menu(to_2="operator")})
    assert again.status_code == 303


def test_a_wrong_one_is_not_put_in_force_and_each_fault_is_told_with_menu_and_key(
    web: Web, client: FlaskClient
) -> None:
    begin(client)
    add = f"{DRAFT}/add"
    fields = {"menu_id": "lost", "prompt": "menu-main", "operator_queue": "service", "to-1": "repeat"}
    assert send(client, add, **fields)[0] == 303
    page = client.get(DRAFT).text
    assert "Menu lost only repeats itself (1)" in page and "No line and no key leads to menu lost" in page
    status, page = send(client, f"{DRAFT}/in-force", DRAFT, reason="试")
    assert status == 422 and "cannot be put in force" in page
    assert "lost" not in web.hotline.settings.menus
    assert send(client, f"{DRAFT}/menu/lost/remove", f"{DRAFT}/menu/lost")[0] == 303
    assert "None found" in client.get(DRAFT).text


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("to-2", "queue", "was expected"),
        ("to-2", "javascript:alert(1)", "was expected"),
        ("times-1", "sat 9-12 voicemail", "Days, a period and a target"),
        ("times-1", "sat 09:00-12:00 voicemail\nsat 10:00-11:00 operator", "overlap"),
        ("tries", "0", "1"),
        ("key_seconds", "x" * 300, "whole number"),
        ("operator_queue", "No Such", "expected"),
        ("prompt", "../../etc/passwd", "expected"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_kept(client: FlaskClient, field: str, text: str, said: str) -> None:
    begin(client)
    status, page = send(client, MAIN, **{**menu(), field: text})
    assert status == 422
    assert said in page.split(f'id="{field}-problem"')[1].split("</div>")[0]
    assert text[:20] in page


@pytest.mark.parametrize("name", ["", "Main", "a b", "a.b", "主", "a" * 40, "<script>", "main"])
def test_what_is_no_id_of_a_new_menu_is_refused(client: FlaskClient, name: str) -> None:
    begin(client)
    status, page = send(client, f"{DRAFT}/add", menu_id=name, prompt="menu-main", operator_queue="service", tries="3")
    assert status == (409 if name == "main" else 422)
    assert 'id="menu_id-problem"' in page


def test_others_decisions_are_not_undone_unseen(web: Web, client: FlaskClient) -> None:
    begin(client, "one")
    begin(client, "two")
    send(client, MAIN, **menu(to_1="voicemail"))
    send(client, "/admin/menus/2/menu/main", **menu(to_8="operator"))
    assert send(client, "/admin/menus/2/in-force", "/admin/menus/2", reason="先")[0] == 303
    status, page = send(client, f"{DRAFT}/in-force", DRAFT, reason="后")
    assert status == 409 and "were changed since this draft was begun" in page
    assert send(client, f"{DRAFT}/base", DRAFT)[0] == 303
    assert send(client, f"{DRAFT}/in-force", DRAFT, reason="后")[0] == 303
    assert web.hotline.settings.menus["main"].keys["1"].to == "voicemail"


def test_every_way_is_walked_at_any_moment(client: FlaskClient) -> None:
    begin(client)
    send(client, MAIN, **menu(times_1="sun 00:00-24:00 voicemail"))
    page = client.get(f"{DRAFT}/try?at=2026-11-15T10:00&open=1").text
    # Four keys, nothing pressed, and a wrong key.
    walked = page.split('id="walked"')[1].split("</table>")[0]
    assert walked.count("<details>") == 6
    assert walked.count("Voicemail</span>") == 2
    closed = client.get(f"{DRAFT}/try?at=2026-11-15T10:00").text
    assert "callers hear no menu" in closed and closed.split('id="walked"')[1].count("<details>") == 1
    assert client.get(f"{DRAFT}/try?at=9999-99-99&line=%3Cx%3E").status_code == 404
    assert client.get(f"{DRAFT}/try?at=%00&open=1").status_code == 200


def test_calls_are_asked_for_once_at_a_time(client: FlaskClient) -> None:
    begin(client)
    status, page = send(client, f"{DRAFT}/calls", f"{DRAFT}/try", at="2026-11-16T10:30")
    assert status == 303 and "calls will be made" in page and page.split('id="called"')[1].count("waits") == 8
    _status, page = send(client, f"{DRAFT}/calls", f"{DRAFT}/try", at="2026-11-16T10:30")
    assert "A trial of this draft is running" in page


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OPERATOR, Role.AUDITOR])
def test_administrators_alone_come_here(web: Web, role: Role) -> None:
    assert web.signed_in(role).get("/admin/menus").status_code == 403
