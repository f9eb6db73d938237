"""A figure is tried on the last days before it is put in force; nothing is written by it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.domain.quality import Finding
from hotline.services.settings.figures import figure
from hotline.storage.settings.store import SettingChangeStore
from hotline.web.settings.fields import shown
from tests.support.judged import FINE, a_measured_call, judged, verdicts
from tests.support.sample_calls import answered_call
from tests.support.web import Web, a_web, csrf_of

MOST = "rules.talking_over.most_seconds"


@pytest.fixture
def web(tmp_path: Path) -> Web:
    """Two talks in which ours and the caller's speech overlap for one and for two seconds."""
    made = a_web(tmp_path)
    for days in (1, 2):
        over = Finding("C7", "talking_over", False, True, float(days), 3.0, 20.0, 22.0, 1.0)
        found = [*(each for each in FINE if each.rule != "C7"), over]
        a_measured_call(made.hotline, found, answered_call(f"t-{days}", made.now - timedelta(days=days)))
    judged(made.hotline)
    return made


@pytest.fixture
def client(web: Web) -> FlaskClient:
    found = web.signed_in(Role.ADMINISTRATOR)
    found.set_cookie("language", "en")
    return found


def send(web: Web, client: FlaskClient, act: str = "try", rule: str = "C7", **typed: str) -> TestResponse:
    now = {key: shown(key, value) for key, value in figure(web.hotline.in_force, rule, web.now).items()}
    fields = {**now, "reason": "试用", "act": act, **{key.replace("__", "."): text for key, text in typed.items()}}
    token = csrf_of(client.get(f"/rules/{rule}"))
    return client.post(f"/rules/{rule}", data={"csrf_token": token, **fields}, follow_redirects=True)


def test_what_would_change_is_shown_with_its_calls_and_nothing_is_written(web: Web, client: FlaskClient) -> None:
    before = verdicts(web.hotline.storage, standing=False)
    page = send(web, client, **{MOST: "1.5"}).text
    assert "100.0 % · 2" in page and "50.0 % · 2" in page
    assert f'href="/calls/{web.call_id("t-2")}' in page and f'href="/calls/{web.call_id("t-1")}' not in page
    assert 'value="1.5"' in page
    assert web.hotline.settings.rules.talking_over.most_seconds == 3
    assert verdicts(web.hotline.storage, standing=False) == before
    with web.hotline.storage.reading() as tx:
        assert SettingChangeStore(tx).all() == []


def test_a_draft_that_changes_no_verdict_says_so(web: Web, client: FlaskClient) -> None:
    assert "No verdict of that time would be another one." in send(web, client, **{MOST: "2.5"}).text
    assert "No verdict is made by these settings." in send(web, client, rule_limits__C7__red="80").text


def test_as_the_files_say_is_tried_too(web: Web, client: FlaskClient) -> None:
    send(web, client, act="save", **{MOST: "1.5"})
    answer = send(web, client, as_file=MOST)
    assert answer.status_code == 200 and "Tried on the last 30 days" in answer.text


@pytest.mark.parametrize("value", ["-1", "x", "", "1e999", "<script>", "9" * 5000, "\x00"])
def test_what_does_not_fit_is_refused_as_when_it_is_decided(web: Web, client: FlaskClient, value: str) -> None:
    tried, decided = (send(web, client, act=act, **{MOST: value}) for act in ("try", "save"))
    assert tried.status_code == decided.status_code == 422
    assert (
        "<script>" not in tried.text.replace('<script type="module"', "").partition("<main")[2].partition("</main")[0]
    )
    assert 'id="tried"' not in tried.text


def test_who_may_not_decide_may_not_try(web: Web, client: FlaskClient) -> None:
    for role in (Role.SUPERVISOR, Role.EXAMINER, Role.OPERATOR, Role.AUDITOR):
        other = web.signed_in(role)
        assert other.post("/rules/C7", data={"act": "try", MOST: "1.5"}).status_code in (400, 403)
    assert client.post("/rules/C7", data={"act": "try", MOST: "1.5", "reason": "x"}).status_code in (400, 403)
