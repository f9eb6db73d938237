"""Reports are counted in turn: whoever waits too long is told in words, and what they asked for stays (F1)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.services.reports import report_pages
from hotline.web.kit.context import WebContext
from hotline.web.kit.turns import Turning
from tests.support.web import Web, a_web

ASKED = "/reports/view/volume?period=days&since=2026-11-01&until=2026-11-15&line=main"
PAGES = (
    ASKED,
    "/reports/view/volume.xlsx?period=year",
    "/reports/rows/answered",
    "/reports/menus",
    "/reports/menus/table.xlsx",
    "/reports/rules",
    "/reports/rules/A8",
    "/reports/supervision",
    "/reports/supervision/report.xlsx",
    "/satisfaction",
    "/satisfaction/table.xlsx",
    "/dashboards",
    "/dashboards/tiles",
)
APIS = (
    "/api/v1/reports/figures?names=incoming&from=2026-11-01T00:00&to=2026-11-15T00:00",
    "/api/v1/reports/figures/answered/rows?from=2026-11-01T00:00&to=2026-11-15T00:00",
    "/api/v1/satisfaction?since=2026-11-01T00:00:00%2B08:00&until=2026-11-15T00:00:00%2B08:00",
)


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path, "[reports]\nwait_seconds = 1\n")


@pytest.fixture
def boss(web: Web) -> FlaskClient:
    return web.signed_in(Role.SUPERVISOR, username="boss")


def _context(web: Web) -> WebContext:
    found = web.app.extensions["hotline"]
    assert isinstance(found, WebContext)
    return found


@contextmanager
def _counted(web: Web, who: str = "qian") -> Iterator[None]:
    """Somebody else's report."""
    with _context(web).turns.taken(who, Turning(10, 10, 10, 10), lambda: False):
        yield


def test_f1_a_refused_report_says_so_in_the_readers_language_and_keeps_what_was_asked(
    web: Web, boss: FlaskClient
) -> None:
    with _counted(web):
        page = boss.get(ASKED, headers={"Accept-Language": "zh"})
        boss.set_cookie("language", "en")
        english = boss.get(ASKED)
    assert (page.status_code, english.status_code) == (503, 503)
    assert page.headers["Retry-After"] == "5"
    assert "别人的报表" in page.text and "再查一次" in page.text
    assert "Others&#39; reports went first for 1 s." in english.text and "Ask again" in english.text
    assert f'href="{ASKED.replace("&", "&amp;")}"' in page.text
    assert boss.get(ASKED).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_f1_every_page_that_counts_much_waits_for_its_turn(web: Web, boss: FlaskClient, address: str) -> None:
    with _counted(web):
        assert boss.get(address).status_code == 503
    assert boss.get(address).status_code == 200


@pytest.mark.parametrize("address", APIS)
def test_f1_programs_are_told_when_to_ask_again(web: Web, address: str) -> None:
    program = web.program(Role.SUPERVISOR)
    with _counted(web):
        refused = web.client().get(address, headers=program)
    assert refused.status_code == 503 and refused.headers["Retry-After"] == "5"
    assert refused.json is not None
    assert (refused.json["code"], refused.json["reason"]) == ("busy", "reports.no_turn")
    assert web.client().get(address, headers=program).status_code == 200


def test_f1_other_pages_and_whoever_may_not_see_it_wait_for_nobody(web: Web, boss: FlaskClient) -> None:
    with _counted(web):
        assert boss.get("/reports").status_code == 200
        assert web.client().get("/api/v1/health").status_code == 200
        assert web.client().get(ASKED).status_code == 302  # to sign in
        assert web.client().get(APIS[0]).status_code == 401


def test_f1_a_report_that_fails_frees_its_place(web: Web, boss: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(report_pages, "see_report", lambda *_given: 1 / 0)
        assert boss.get(ASKED).status_code == 500
    assert boss.get(ASKED).status_code == 200


def test_f1_a_report_that_takes_the_database_too_long_is_told_in_words(
    web: Web, boss: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("hotline.storage.bounded._STEPS", 1)
        patched.setattr("hotline.storage.bounded.time.monotonic", iter(range(0, 10**9, 1000)).__next__)
        told = boss.get(ASKED, headers={"Accept-Language": "zh"})
    assert told.status_code == 503 and "数据库" in told.text and "再查一次" in told.text
    assert boss.get(ASKED).status_code == 200


def test_f1_one_person_cannot_take_all_the_places(web: Web, boss: FlaskClient) -> None:
    with ExitStack() as tabs:
        for _tab in range(4):
            tabs.enter_context(_counted(web, "boss"))
        refused = boss.get(ASKED)
        others = web.signed_in(Role.EXAMINER).get(ASKED)
    assert "您已有 4 个报表在统计" in refused.text
    assert "别人的报表先办" in others.text
