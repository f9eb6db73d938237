"""The page of the console: who gets it, what it brings along, and that it has a word for whatever it says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.domain.time import minute_text
from hotline.services.line.line import declare, go_by_calendar
from hotline.settings.home import TREE
from hotline.storage.accounts.users import UserStore
from hotline.web.kit.i18n import LANGUAGE_COOKIE
from hotline.web.kit.told.web_feature import pop_parts
from hotline.web.operators import words_call as console_words_call
from hotline.web.operators import words_place as console_words_place
from tests.support.web import PASSWORD, Web, sign_in

SCRIPTS = sorted((TREE / "hotline" / "web" / "static" / "js" / "operators").glob("*.js"))
WORDS = {**console_words_call.WORDS, **console_words_place.WORDS}

#: Kinds of words that the page adds from elsewhere: outcomes of calls and dials, reasons of callbacks.
ADDED = ("outcome.", "callback.", "dial_outcome.")


def at_the_console(web: Web, *roles: Role, extension: str | None = "1001", username: str = "zhao") -> FlaskClient:
    client = web.signed_in(*roles, username=username)
    with web.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username(username)
        assert user is not None
        UserStore(tx).update(replace(user, extension=extension))
    return client


def data_of(client: FlaskClient) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="console-data">(.*?)</script>', client.get("/console").text)
    assert found is not None
    return json.loads(found[1])


def test_an_operator_with_an_extension_gets_the_console(web: Web) -> None:
    client = at_the_console(web, Role.OPERATOR)
    page = client.get("/console")
    assert page.status_code == 200
    assert "赵敏" in page.text
    data = data_of(client)
    assert data["extension"] == "1001"
    assert data["words"]["state.ready"] == "就绪"
    assert data["by_menu"]["售后服务"] == "service"
    assert data["settings"]["ring_cycle_seconds"] == 5


def test_the_words_are_in_the_persons_language(web: Web) -> None:
    client = at_the_console(web, Role.OPERATOR)
    client.set_cookie(LANGUAGE_COOKIE, "en")
    assert data_of(client)["words"]["state.ready"] == "Ready for calls"


def test_whoever_takes_calls_begins_at_the_console(web: Web) -> None:
    client = at_the_console(web, Role.OPERATOR)
    assert client.get("/").location == "/console"
    assert sign_in(web.client(), "zhao", PASSWORD).location == "/"


@pytest.mark.parametrize(
    ("role", "said"), [(Role.OPERATOR, "您还没有分机"), (Role.SUPERVISOR, "工作台供接听来电的人使用")]
)
def test_without_an_extension_the_page_says_whom_to_ask(web: Web, role: Role, said: str) -> None:
    client = web.signed_in(role)
    page = client.get("/console")
    assert page.status_code == 200
    assert said in page.text
    assert "console-data" not in page.text
    assert client.get("/").location != "/console"


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.OPERATOR, "/calls"),
        (Role.LEADER, "/floor"),
        (Role.SUPERVISOR, "/floor"),
        (Role.EXAMINER, "/examinations"),
        (Role.AUDITOR, "/calls"),
        (Role.ADMINISTRATOR, "/admin/people"),
        (Role.DEPARTMENT, "/directory"),
    ],
)
def test_each_role_begins_where_its_work_is(web: Web, role: Role, first: str) -> None:
    client = web.signed_in(role)
    assert client.get("/").location == first
    assert client.get(first).status_code == 200


def test_a_closed_line_is_told_with_time_and_reason(web: Web) -> None:
    """A1: by its hours, or because somebody declared it."""
    client, storage = at_the_console(web, Role.OPERATOR), web.hotline.storage
    until = web.now + timedelta(hours=2)
    declare(storage, "closed", until, "boss", "设备检修", web.now)
    told = client.get("/console/summary").json
    assert told["all_closed"] is True
    assert told["closed"] == [f"线路 400-765-4321 已宣布关闭至 {minute_text(until)}：设备检修"]
    go_by_calendar(storage, "boss", web.now)
    declare(storage, "open", until, "boss", "加班", web.now)
    told = client.get("/console/summary").json
    assert (told["all_closed"], told["closed"]) == (False, [])


def test_an_extension_that_the_settings_have_lost_is_said(web: Web) -> None:
    client = at_the_console(web, Role.OPERATOR, extension="1999")
    assert "您的分机已不存在" in client.get("/console").text


def test_an_examiner_has_no_console(web: Web) -> None:
    """F5"""
    assert web.signed_in(Role.EXAMINER).get("/console").status_code == 403


def test_the_summary_gives_the_token_of_the_present_session(web: Web) -> None:
    """After signing in again in another tab the page goes on with it."""
    client = at_the_console(web, Role.OPERATOR)
    summary = client.get("/console/summary").get_json()
    assert summary["extension"] == "1001"
    assert summary["callbacks"] == 0
    assert summary["csrf_token"]
    assert web.client().get("/console/summary").status_code == 302


def test_whatever_the_scripts_say_has_a_word() -> None:
    text = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    said = set(re.findall(r'\bt\(\s*(?:[^"`()]*\? )?"([a-z]+(?:[._][A-Za-z0-9_.]+)?)"', text))
    beginnings = set(re.findall(r"\bt\(`([a-z_.]+)\$\{", text))
    assert {word for word in said if word not in WORDS} == set()
    assert {
        start
        for start in beginnings
        if not start.startswith(ADDED) and not any(word.startswith(start) for word in WORDS)
    } == set()


def test_each_key_has_its_name_in_the_help() -> None:
    keys = (TREE / "hotline/web/static/js/operators/keys.js").read_text("utf-8")
    actions = set(re.findall(r'action: "(\w+)"', keys))
    assert {action for action in actions if f"key.{action}" not in WORDS} == set()


def test_each_icon_of_the_scripts_is_brought_along() -> None:
    text = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    listed = set((TREE / "hotline/web/icons.txt").read_text("utf-8").split())
    assert set(re.findall(r'\bicon\("([a-z-]+)"', text)) - listed == set()


def test_the_consoles_script_has_the_features_parts_of_the_pop_in_it(web: Web) -> None:
    page = at_the_console(web, Role.OPERATOR).get("/console").text
    scripts = re.findall(r'<script type="module" src="/static/([a-z_/]+\.js)\?v=', page)
    assert scripts == ["made/operators/main.js"]
    parts = pop_parts()
    assert parts == [
        "js/dialling/pop.js",
        "js/callbacks/pop.js",
        "js/forms/pop.js",
        "js/satisfaction/pop.js",
        "js/cases/pop.js",
        "js/visits/pop.js",
    ]
    made = (TREE / "hotline/web/static/made/operators/main.js").read_text("utf-8")
    for script in parts:
        written = (TREE / "hotline/web/static" / script).read_text("utf-8")
        assert "addPopPart(" in written
        words = re.findall(r'\bt\("([a-z_.]+)"', written) + re.findall(r'icon\("([a-z-]+)"', written)
        assert words and all(f'"{word}"' in made for word in words)
