"""A session that nobody uses ends; everybody sees where they are signed in, and ends what they do not know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.services.accounts import sessions
from hotline.storage.accounts.sessions import SessionStore
from hotline.storage.outbox import Outbox
from hotline.web.accounts.sessions import is_activity
from tests.support.web import PASSWORD, Web, csrf_of, post, sign_in

IDLE = 120


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
    ("path", "headers"), [("/api/v1/console", {}), ("/calls", {"HX-Request": "true"}), ("/api/v1/calls", {})]
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
