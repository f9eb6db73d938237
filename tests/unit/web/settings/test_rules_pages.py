"""The page of the rules: administrators see each rule with its figure and decide on it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.domain.rules.registry import RULES
from hotline.domain.time import SHANGHAI
from hotline.services.settings.figures import figure, figure_keys
from hotline.settings.rule_limits import limits_of
from hotline.web.settings.fields import read, setting_field, shown
from tests.support.web import Web, a_web, csrf_of

HOLD = "rules.hold_prompt.every_seconds"


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


@pytest.fixture
def client(web: Web) -> FlaskClient:
    found = web.signed_in(Role.ADMINISTRATOR)
    found.set_cookie("language", "en")
    return found


def inputs(web: Web, rule: str, **typed: str) -> dict[str, str]:
    """What a browser sends of a page as it stands, with these typed."""
    now = figure(web.hotline.in_force, rule, web.now)
    return {
        **{key: shown(key, value) for key, value in now.items()},
        "reason": "客户反映等得太久",
        "act": "save",
        **{key.replace("__", "."): text for key, text in typed.items()},
    }


def send(client: FlaskClient, path: str, fields: dict[str, str]) -> TestResponse:
    """With the token of the rule's page; the page that follows."""
    page = "/".join(path.split("/")[:3])
    return client.post(path, data={"csrf_token": csrf_of(client.get(page)), **fields}, follow_redirects=True)


def hold_seconds(web: Web) -> int:
    seconds: int = web.hotline.settings.rules.hold_prompt.every_seconds
    return seconds


def test_every_rule_is_listed_and_has_a_page(client: FlaskClient) -> None:
    page = client.get("/rules").text
    for rule in RULES.values():
        assert f'href="/rules/{rule.id}"' in page
        assert rule.title.en in client.get(f"/rules/{rule.id}").text.replace("&#39;", "'")


def test_a_rules_page_quotes_the_regulation(client: FlaskClient) -> None:
    page = client.get("/rules/A13").text
    assert "应提示客户" in page
    assert "《紫金400电话管理细则》七.5" in page
    assert "Seconds between two prompts" in page


def test_a_figure_is_decided_with_reason_and_shown_with_who_and_when(web: Web, client: FlaskClient) -> None:
    answer = send(client, "/rules/A13", inputs(web, "A13", **{HOLD: "45"}))
    assert answer.status_code == 200
    assert hold_seconds(web) == 45
    assert "This is decided." in answer.text
    assert "客户反映等得太久" in answer.text
    assert "U-Administrator" in answer.text
    assert "U-Administrator" in client.get("/rules").text


def test_the_preview_shows_before_and_after_and_changes_nothing(web: Web, client: FlaskClient) -> None:
    page = send(client, "/rules/A13", inputs(web, "A13", **{HOLD: "45"}, act="preview")).text
    assert "<del>60</del>" in page
    assert "<ins>45</ins>" in page
    assert hold_seconds(web) == 60


def test_what_does_not_fit_is_said_at_its_field(web: Web, client: FlaskClient) -> None:
    answer = send(client, "/rules/A13", inputs(web, "A13", **{HOLD: "1"}))
    assert answer.status_code == 422
    said = re.search(rf'id="setting-{re.escape(HOLD)}-problem">([^<]+)<', answer.text)
    assert said is not None
    assert "2" in said[1]
    assert 'value="1"' in answer.text
    assert hold_seconds(web) == 60


def test_of_two_who_decide_on_a_figure_the_second_is_told(web: Web, client: FlaskClient) -> None:
    """What was typed stands; who typed another figure has not undone what was decided meanwhile."""
    seen = {f"shown:{HOLD}": "60"}
    assert send(client, "/rules/A13", inputs(web, "A13", **{HOLD: "45"}, **seen)).status_code == 200
    stale = send(client, "/rules/A13", inputs(web, "A13", **{HOLD: "50"}, **seen))
    assert stale.status_code == 409 and "Somebody else has changed this" in stale.text
    assert f'name="shown:{HOLD}" value="45"' in stale.text and 'value="50"' in stale.text and hold_seconds(web) == 45
    untouched = send(client, "/rules/A13", inputs(web, "A13", **{HOLD: "60"}, **seen))
    assert untouched.status_code == 422 and hold_seconds(web) == 45, "it is not changed back"
    again = inputs(web, "A13", **{HOLD: "50", f"shown:{HOLD}": "45"})
    assert send(client, "/rules/A13", again).status_code == 200 and hold_seconds(web) == 50, "saving again is insisting"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"reason": ""}, "Please give a reason."),
        ({"from_at": "2020-01-01T00:00"}, "A moment to come was expected."),
        ({HOLD: "60"}, "Something else than what is in force was expected."),
    ],
)
def test_a_decision_that_is_none_is_refused_in_words(
    web: Web, client: FlaskClient, typed: dict[str, str], words: str
) -> None:
    answer = send(client, "/rules/A13", inputs(web, "A13", **{HOLD: "45", **typed}))
    assert answer.status_code == 422
    assert words in answer.text
    assert hold_seconds(web) == 60


def test_a_planned_change_is_shown_and_can_be_taken_back(web: Web, client: FlaskClient) -> None:
    tomorrow = (web.now + timedelta(days=1)).astimezone(SHANGHAI)
    data = inputs(web, "A13", **{HOLD: "45"}, from_at=f"{tomorrow:%Y-%m-%dT%H:%M}")
    page = send(client, "/rules/A13", data).text
    assert hold_seconds(web) == 60
    assert "next:" in page
    assert figure(web.hotline.in_force, "A13", web.now + timedelta(days=2))[HOLD] == 45
    address = page.split("/take-back/")[1].split('"')[0]
    send(client, f"/rules/A13/take-back/{address}", {})
    assert figure(web.hotline.in_force, "A13", web.now + timedelta(days=2))[HOLD] == 60


def test_as_the_files_say_takes_a_decision_back(web: Web, client: FlaskClient) -> None:
    send(client, "/rules/A13", inputs(web, "A13", **{HOLD: "45"}))
    send(client, "/rules/A13", {**inputs(web, "A13"), "as_file": HOLD})
    assert hold_seconds(web) == 60


def test_working_hours_are_decided_as_people_write_them(web: Web, client: FlaskClient) -> None:
    send(client, "/rules/A1", inputs(web, "A1", **{"hours.sat": "09:00-12:00，13:00-15:00"}))
    assert len(web.hotline.settings.hours.sat) == 2


def test_a_rule_that_is_none_is_not_found(client: FlaskClient) -> None:
    assert client.get("/rules/Z9").status_code == 404


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EXAMINER, Role.SUPERVISOR])
def test_others_neither_see_nor_decide(web: Web, role: Role) -> None:
    client = web.signed_in(role)
    assert client.get("/rules").status_code == 403
    data = {"csrf_token": csrf_of(client.get("/password")), **inputs(web, "A13", **{HOLD: "45"})}
    assert client.post("/rules/A13", data=data).status_code == 403
    assert hold_seconds(web) == 60


@pytest.mark.parametrize("rule", RULES)
def test_what_is_shown_of_a_figure_is_read_as_the_same(web: Web, rule: str) -> None:
    """So that a page that is sent as it stands changes nothing."""
    settings = web.hotline.settings
    decided = {key: read(key, shown(key, value)) for key, value in figure(web.hotline.in_force, rule, web.now).items()}
    whole = {key: value for key, value in decided.items() if key not in ("queues", "categories")}
    assert web.hotline.in_force.layers.settings(whole) == settings
    assert all(setting_field(each.key).key == each.key for each in figure_keys(rule))


def test_tables_are_shown_by_the_names_of_their_entries(client: FlaskClient) -> None:
    """A7: how queues are set is a table; who reads the rules reads which there are."""
    page = client.get("/rules").text
    assert not re.search(r"<strong>[^<]*(?:\{|&#34;|strategy)", page)
    assert re.search(r"<strong>[^<{]+</strong>", page)


def test_a_rule_is_switched_off_with_reason_and_day_and_has_limits_of_its_own(web: Web, client: FlaskClient) -> None:
    typed = inputs(web, "A3", rule_limits__A3__off="测试期间", rule_limits__A3__off_since="2026-12-01")
    assert send(client, "/rules/A3", {**typed, "rule_limits.A3.red": "80"}).status_code == 200
    limits = limits_of(web.hotline.settings.rule_limits, "A3")
    assert (limits.red, limits.off, limits.off_since) == (80, "测试期间", date(2026, 12, 1))
    page = client.get("/rules/A3").text
    assert "测试期间" in page and 'value="2026-12-01"' in page


def test_a_rule_is_not_switched_off_without_a_day(web: Web, client: FlaskClient) -> None:
    answer = send(client, "/rules/A3", inputs(web, "A3", rule_limits__A3__off="测试期间"))
    assert answer.status_code == 422 and 'value="测试期间"' in answer.text
    assert limits_of(web.hotline.settings.rule_limits, "A3").off == ""
