"""Figures for other systems: who sees whose, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hotline.domain.people import Role
from hotline.domain.staff.records import Tenure
from hotline.services.reports.facts import rebuild
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from tests.support import report_day as hand
from tests.support.web import Web

DAY = {"from": "2026-11-16T00:00", "to": "2026-11-17T00:00"}


@pytest.fixture
def day(web: Web) -> Web:
    hand.put(web.hotline.storage)
    rebuild(web.hotline.storage, web.hotline.settings, hand.EVENING)
    return web


Asking = Callable[..., Any]


@pytest.fixture
def ask(day: Web) -> Asking:
    """As a program of an auditor's."""
    headers = day.program(Role.AUDITOR)

    def asked(path: str = "", **query: str) -> Any:
        return day.client().get(f"/api/v1/reports/figures{path}", query_string=DAY | query, headers=headers)

    return asked


def test_values_and_slices(ask: Asking) -> None:
    """F1."""
    found = ask(names="incoming,service_level", by="line").get_json()
    assert found["figures"]["incoming"] == {"value": 41.0, "of": 41, "unit": "count"}
    assert found["figures"]["service_level"] == {"value": 56.25, "of": 32, "unit": "percent"}
    assert {each["key"]: each["figures"]["incoming"]["value"] for each in found["slices"]} == {
        "main": 37.0,
        "parts": 4.0,
    }


def test_a_rate_of_nothing_is_null(ask: Asking) -> None:
    found = ask(names="service_level", line="none").get_json()
    assert found["figures"]["service_level"] == {"value": None, "of": 0, "unit": "percent"}


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"names": "beauty"}, 404, "reports.no_figure"),
        ({"names": ""}, 422, "reports.names"),
        ({"names": "line_up", "person": "1"}, 422, "reports.no_axis"),
        ({"names": "line_up", "by": "person"}, 422, "reports.no_axis"),
        ({"names": "incoming", "to": "2026-11-15T00:00"}, 422, "reports.time"),
        ({"names": "incoming", "to": "2046-11-15T00:00"}, 422, "reports.time"),
    ],
)
def test_what_is_refused_is_told_by_its_code(ask: Asking, query: dict[str, str], status: int, code: str) -> None:
    answer = ask(**query)
    assert (answer.status_code, answer.get_json()["reason"]) == (status, code)


@pytest.mark.parametrize("value", ["'; DROP TABLE report_call; --", "%", "\x00", "１", "9" * 30, ":start", "{now}"])
def test_hostile_values_find_nothing(ask: Asking, value: str) -> None:
    for name in ("line", "queue", "person", "subject", "region"):
        answer = ask(names="incoming", **{name: value})
        assert answer.status_code in (200, 400, 422)
        if answer.status_code == 200:
            assert answer.get_json()["figures"]["incoming"]["value"] == 0.0
    assert ask(names="incoming").get_json()["figures"]["incoming"]["value"] == 41.0


def test_rows_are_ids_alone(ask: Asking) -> None:
    found = ask("/lost_in_queue/rows").get_json()
    assert found["kind"] == "call" and len(found["ids"]) == 4
    more = ask("/lost_in_queue/rows", limit="2", offset="3").get_json()
    assert more["ids"] == found["ids"][3:]


def test_operators_see_their_own(day: Web) -> None:
    """F1, A14: the figures of a person are that person's, their leader's and those of who oversees."""
    zhao = day.signed_in(Role.OPERATOR, username="zhao")
    with day.hotline.storage.writing() as tx:
        person = next(each for each in StaffStore(tx).all() if each.name == "Zhao")
        TenureStore(tx).add(Tenure(person.id or 0, "1001"))
    rebuild(day.hotline.storage, day.hotline.settings, hand.EVENING)
    own = zhao.get("/api/v1/reports/figures", query_string=DAY | {"names": "answered,signed_in"})
    # A 10, M and N
    assert own.get_json()["figures"]["answered"]["value"] == 12.0
    assert own.get_json()["figures"]["signed_in"]["value"] == 34200.0
    others = zhao.get("/api/v1/reports/figures", query_string=DAY | {"names": "answered", "person": "99"})
    assert others.status_code == 403
    nobody = zhao.get("/api/v1/reports/figures", query_string=DAY | {"names": "line_up"})
    assert (nobody.status_code, nobody.get_json()["reason"]) == (403, "reports.of_nobody")
    rows = zhao.get("/api/v1/reports/figures/answered/rows", query_string=DAY)
    assert len(rows.get_json()["ids"]) == 12


def test_departments_see_none(day: Web) -> None:
    answer = day.signed_in(Role.DEPARTMENT).get("/api/v1/reports/figures", query_string=DAY | {"names": "incoming"})
    assert answer.status_code == 403


def test_the_dictionary_tells_each_figure_in_words_and_sql(web: Web) -> None:
    auditor = web.signed_in(Role.AUDITOR)
    page = auditor.get("/reports/dictionary").text
    assert "呼损率" in page and "figure_abandonment" in page
    assert "SELECT day, line" in auditor.get("/reports/dictionary/abandonment").text
    assert auditor.get("/reports/dictionary/beauty").status_code == 404
