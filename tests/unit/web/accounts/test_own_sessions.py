"""A session that nobody uses ends; everybody sees where they are signed in, and ends what they do not know."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

import hotline.web
from hotline.domain.people import Role
from hotline.services.accounts import sessions
from hotline.storage.accounts.sessions import SessionStore
from hotline.storage.outbox import Outbox
from hotline.web.accounts.sessions import ACTIVE_PATH, BY_ITSELF, is_activity
from tests.support.web import PASSWORD, Web, csrf_of, post, sign_in

IDLE = 120
STATIC = Path(hotline.web.__file__).parent / "static"


def is_in(client: FlaskClient) -> bool:
    return client.get("/calls").status_code == 200


@pytest.fixture
def li(web: Web) -> FlaskClient:
    assert web.hotline.settings.web.idle_minutes == IDLE
    return web.signed_in(Role.OPERATOR, username="li")


def test_a_session_that_nobody_uses_ends(web: Web, li: FlaskClient) -> None:
    web.clock.advance(minutes=IDLE)
    assert is_in(li)
    web.clock.advance(minutes=IDLE, seconds=1)
    assert not is_in(li)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/api/v1/console", {}),
        ("/calls", {"HX-Request": "true"}),
        ("/api/v1/calls", {}),
        ("/menu/waiting", {BY_ITSELF: "1"}),
        ("/session", {BY_ITSELF: "1"}),
    ],
)
def test_what_an_open_page_asks_by_itself_keeps_no_session(
    web: Web, li: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    for _ in range(IDLE // 10):
        web.clock.advance(minutes=10)
        li.get(path, headers=headers)
    web.clock.advance(seconds=61)
    assert not is_in(li)


def test_whoever_moves_or_types_in_an_open_page_stays(web: Web, li: FlaskClient) -> None:
    for _ in range(8):
        web.clock.advance(minutes=60)
        assert li.get("/active").status_code == 204
    assert is_in(li)


def left(client: FlaskClient) -> Any:
    return client.get("/session", headers={BY_ITSELF: "1"}).json


def test_a_page_asks_how_long_its_session_lasts_and_does_not_prolong_it_by_that(web: Web, li: FlaskClient) -> None:
    web.clock.advance(minutes=100)
    told = left(li)
    assert (told["left_seconds"], told["extends"]) == (20 * 60, True)
    web.clock.advance(minutes=10)
    assert left(li)["left_seconds"] == 10 * 60
    assert li.get("/active").status_code == 204
    assert left(li)["left_seconds"] == IDLE * 60


def test_an_end_that_nothing_prolongs_is_told_as_that(web: Web, li: FlaskClient) -> None:
    hours = web.hotline.settings.web.session_hours
    for _ in range(hours - 1):
        web.clock.advance(minutes=60)
        li.get("/active")
    assert (left(li)["left_seconds"], left(li)["extends"]) == (3600, False)
    assert 'data-left="3600"' in li.get("/calls").text


def test_before_its_end_a_session_is_begun_anew_in_another_tab(web: Web, li: FlaskClient) -> None:
    before = left(li)["csrf_token"]
    assert li.get("/sign-in").status_code == 302
    page = li.get("/sign-in?again=1")
    assert page.status_code == 200
    sent = {"username": "li", "password": PASSWORD, "csrf_token": csrf_of(page)}
    assert li.post("/sign-in?again=1", data=sent).status_code == 302
    after = left(li)
    assert after["csrf_token"] != before
    assert after["reader"] == left(li)["reader"]


def test_what_a_script_asks_for_by_itself_says_so() -> None:
    """Else a page that stands open would keep its session for ever."""
    asked = [
        (path.name, line)
        for path in sorted((STATIC / "js").rglob("*.js"))
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"(?<!#)\bfetch\(", line)
    ]
    assert len(asked) > 4
    allowed = (
        "/api/v1/",
        ACTIVE_PATH,
        BY_ITSELF,
        "fetch(url, {",
    )  # the last: api.js, which has the header in `options`
    assert [each for each in asked if not any(part in each[1] for part in allowed)] == []
    assert f'"{BY_ITSELF}": "1"' in (STATIC / "js" / "operators" / "api.js").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "by_script", "counts"),
    [
        ("/calls", False, True),
        ("/active", False, True),
        ("/recordings/1/audio", False, True),
        ("/calls", True, False),
        ("/api/v1/console/seen", False, False),
        ("/floor/wall/events", False, False),
    ],
)
def test_what_counts_as_somebody_being_there(path: str, by_script: bool, counts: bool) -> None:
    assert is_activity(path, by_script) is counts


def test_an_idle_session_is_told_of_its_end_though_it_asks_for_nothing(web: Web, li: FlaskClient) -> None:
    now = web.now + timedelta(minutes=IDLE, seconds=1)
    limits = web.hotline.settings.web
    assert sessions.end_expired(web.hotline.storage, now, limits.session_hours, limits.idle_minutes) == 1
    with web.hotline.storage.reading() as tx:
        assert [e.payload["why"] for e in Outbox(tx).after(0, 100) if e.topic == "session"] == ["expired"]


def test_everybody_sees_where_they_are_signed_in_and_nobody_elses(web: Web, li: FlaskClient) -> None:
    web.signed_in(Role.OPERATOR, username="wang")
    other = web.client()
    sign_in(other, "li", PASSWORD)
    page = li.get("/my-sessions").text
    assert page.count("127.0.0.1") == 2


def test_one_of_ones_own_is_ended_and_nobody_elses(web: Web, li: FlaskClient) -> None:
    wang = web.signed_in(Role.OPERATOR, username="wang")
    other = web.client()
    sign_in(other, "li", PASSWORD)
    with web.hotline.storage.reading() as tx:
        mine, wangs = (
            max(s.id or 0 for s in SessionStore(tx).open() if s.user_id == 1),
            next(s.id for s in SessionStore(tx).open() if s.user_id == 2),
        )
    assert post(li, f"/my-sessions/{wangs}/end", form_page="/my-sessions").status_code == 302
    assert is_in(wang)
    assert post(li, f"/my-sessions/{mine}/end", form_page="/my-sessions").status_code == 302
    assert not is_in(other) and is_in(li)
    assert ("li", "session.end", "user:li") in web.audit()


def test_all_others_are_ended_at_once(web: Web, li: FlaskClient) -> None:
    others = [web.client() for _ in range(3)]
    for other in others:
        sign_in(other, "li", PASSWORD)
    wang = web.signed_in(Role.OPERATOR, username="wang")
    assert post(li, "/my-sessions/end-others", form_page="/my-sessions").status_code == 302
    assert is_in(li) and is_in(wang) and not any(is_in(other) for other in others)


def test_ending_needs_the_csrf_token(li: FlaskClient) -> None:
    assert li.post("/my-sessions/end-others").status_code == 400
    assert csrf_of(li.get("/my-sessions"))
