"""The page of figures: each number leads to exactly the calls behind it; what was taken along is in the audit log."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.storage.calls.store import CallStore
from hotline.web.kit.period import Period, period_at
from tests.support.examination import keep_call, measure
from tests.support.web import NOW, Web, a_web


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Web:
    """Three calls of 1002 in two weeks; each broke A8."""
    made = a_web(Path(tmp_path_factory.mktemp("figures")))
    for linkedid, back in (("a", 7), ("b", 7), ("c", 0)):
        measure(made.hotline, keep_call(made.hotline, linkedid, NOW - timedelta(days=back, minutes=ord(linkedid))))
    return made


@pytest.fixture(scope="module")
def sun(web: Web) -> FlaskClient:
    client = web.signed_in(Role.EXAMINER, username="sun")
    client.set_cookie("language", "en")
    return client


def data_of(page: str) -> dict:
    return json.loads(re.search(r'id="quality-data">(.*?)</script>', page, re.DOTALL)[1])


def rows_of(page: str) -> int:
    return page.count("<tr data-href=")


def test_each_bar_and_point_opens_as_many_calls_as_it_counts(sun: FlaskClient) -> None:
    data = data_of(sun.get("/quality").text)
    [operator] = data["operators"]
    assert (operator["name"], operator["automatic"], operator["examined"]) == ("钱伟 1002", 50.0, None)
    assert rows_of(sun.get(operator["automatic_url"]).text) == 3
    assert [(week["name"], rows_of(sun.get(week["automatic_url"]).text)) for week in data["weeks"]] == [
        ("2026-W46", 2),
        ("2026-W47", 1),
    ]
    assert [rows_of(sun.get(week["passed_url"]).text) for week in data["weeks"]] == [2, 1]
    [rule] = data["rules"]
    assert (rule["name"], rule["value"]) == ("A8 Seconds until answered", 3)
    assert rows_of(sun.get(rule["url"]).text) == 3


def test_the_calls_behind_a_rule_show_value_limit_and_second(sun: FlaskClient, web: Web) -> None:
    page = sun.get("/quality/calls?rule=A8&operator=1002&since=2026-11-01").text
    assert "Calls that broke A8" in page and "#t=" in page and re.search(r"<strong>[0-9.]+ s</strong>", page)
    assert rows_of(sun.get("/quality/calls?rule=A8&operator=1001&since=2026-11-01").text) == 0
    assert rows_of(sun.get("/quality/calls?rule=A8&kind=answer_rings&since=2026-11-01").text) == 0
    assert rows_of(sun.get("/quality/calls?rule=A8&since=2026-11-16&until=2026-11-16").text) == 1
    assert ("sun", "quality.calls", "A8") in web.audit()


def test_figures_of_a_queue_are_those_of_its_calls(sun: FlaskClient, web: Web) -> None:
    with web.hotline.storage.reading() as tx:
        queue = CallStore(tx).get("node1", "a").queues[-1].queue  # type: ignore[union-attr]
    other = next(name for name in [*web.hotline.settings.queues, ""] if name != queue)
    assert data_of(sun.get(f"/quality?queue={queue}").text)["rules"][0]["value"] == 3
    if other:
        assert data_of(sun.get(f"/quality?queue={other}").text)["operators"] == []
    for asked, expected in ((queue, ["1002"]), ("nobodys", [])):
        found = sun.get(f"/api/v1/quality/figures?since=2026-11-01&until=2026-11-30&queue={asked}").json
        assert [each["key"] for each in found["operators"]] == expected


@pytest.mark.parametrize(
    "query",
    [
        "rule=%3Cscript%3E",
        "rule=C5&page=99999",
        "of=nothing",
        "since=morgen&until=2026-02-31",
        "item=x&of=lost",
        "since=2026-11-20&until=2026-11-01",
        "since=0001-01-01",
        "since=2000-01-01&until=2026-11-16",
        "of=not_passed",
        "rule=" + "x" * 3000,
        "operator=../..&queue=%00",
        "period=days",
        "period=quarter&day=2026-13-01",
    ],
)
def test_whatever_stands_in_the_address_the_pages_answer(sun: FlaskClient, query: str) -> None:
    for path in ("/quality", "/quality/calls"):
        answer = sun.get(f"{path}?{query}")
        assert answer.status_code == 200 and "<script>'" not in answer.text


def test_a_wrong_time_is_told(sun: FlaskClient) -> None:
    assert "At most 366 days" in sun.get("/quality?since=2000-01-01&until=2026-11-16").text
    assert 'value="2100-12-31"' in sun.get("/quality?period=days&since=2100-12-01&until=2100-12-31").text
    assert "a later one to end with" in sun.get("/quality?period=days&since=2101-01-01&until=2101-01-31").text
    assert "a later one to end with" in sun.get("/quality?period=days&since=2026-11-20&until=2026-11-01").text


def test_f8_the_table_taken_along_holds_the_figures_and_is_written_down(sun: FlaskClient, web: Web) -> None:
    answer = sun.get("/quality/figures.csv?period=month&day=2026-11-16")
    assert answer.mimetype == "text/csv" and "quality-20261101-20261130.csv" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["what"], row["key"], row["calls"], row["automatic_mean"]) for row in rows[:4]] == [
        ("all", "", "3", "50"),
        ("operator", "1002", "3", "50"),
        ("week", "2026-W46", "2", "50"),
        ("week", "2026-W47", "1", "50"),
    ]
    assert rows[-1]["breaches"] == "3"
    assert ("sun", "quality.export", "operators") in web.audit()


def test_links_of_the_page_keep_operator_and_time(sun: FlaskClient) -> None:
    page = unescape(sun.get("/quality?period=week&day=2026-11-16&operator=1002").text)
    assert "/quality?period=week&day=2026-11-09&operator=1002" in page
    assert "/quality/figures.csv?period=week&day=2026-11-16&operator=1002" in page


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        ("week", "2027-01-01", "2026-12-28", "2027-01-03"),
        ("month", "2028-02-29", "2028-02-01", "2028-02-29"),
        ("month", "2026-12-31", "2026-12-01", "2026-12-31"),
        ("quarter", "2026-11-16", "2026-10-01", "2026-12-31"),
        ("quarter", "2026-01-01", "2026-01-01", "2026-03-31"),
    ],
)
def test_weeks_months_and_quarters_are_those_of_the_calendar(kind: str, day: str, first: str, last: str) -> None:
    found = period_at(kind, date.fromisoformat(day))
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert found.before().last == found.first - timedelta(days=1)
    assert found.after().first == found.last + timedelta(days=1)


def test_from_day_to_day_the_time_before_is_as_long() -> None:
    found = Period("days", date(2026, 11, 10), date(2026, 11, 16))
    assert (found.before().first, found.before().last) == (date(2026, 11, 3), date(2026, 11, 9))
    assert found.after().first == date(2026, 11, 17)
