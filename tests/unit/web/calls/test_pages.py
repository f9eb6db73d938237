"""The ledger page: filters, paging, what each role sees of a number, the audit log."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from hotline.domain.calls.call import Outcome
from hotline.domain.numbers import NO_NUMBER
from hotline.domain.people import Role
from hotline.services.calls import ledger
from hotline.web.calls import query
from hotline.web.kit.paging import MAX_PAGE
from tests.support.instance import at
from tests.support.sample_calls import abandoned_call, answered_call, bare_call, duty_call, talking_call, with_name
from tests.support.web import NOW, Web


def rows(text: str) -> list[str]:
    """The numbers in the table, top to bottom."""
    return re.findall(r'<bdi class="number">([^<]*)</bdi>', text)


def test_newest_first(web: Web) -> None:
    web.keep(
        answered_call("a", NOW, "+8613800000001"),
        answered_call("b", NOW - timedelta(hours=1), "+8613800000002"),
        answered_call("c", NOW + timedelta(seconds=1), "+8613800000003"),
    )
    assert rows(web.signed_in(Role.EXAMINER).get("/calls").text) == ["13800000003", "13800000001", "13800000002"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("outcome=answered", ["a"]),
        ("outcome=abandoned_queue", ["b"]),
        ("outcome=in_progress", ["d"]),
        ("outcome=failed", []),
        ("line=spare", ["c"]),
        ("answered_by=1002", ["a"]),
        ("since=2026-11-16", ["d", "a", "b"]),
        ("until=2026-11-15", ["c"]),
        ("since=2026-11-15&until=2026-11-15", ["c"]),
        ("caller=%2B86+138-0000+0001", ["a"]),
        ("caller=0086+13800000001", ["a"]),
        ("caller=0001", ["a"]),
        ("caller=0755-12345678", ["c"]),
        ("caller=%25", []),
        ("caller=0001&outcome=abandoned_queue", []),
    ],
)
def test_filters(web: Web, asked: str, found: list[str]) -> None:
    numbers = {"a": "13800000001", "b": "13800000002", "c": "075512345678", "d": "13800000004"}
    web.keep(
        answered_call("a", at("2026-11-16 09:30:00"), "+8613800000001"),
        abandoned_call("b", at("2026-11-16 00:00:00"), "+8613800000002"),
        replace(duty_call("c", at("2026-11-15 23:59:59")), line="spare"),
        talking_call("d", at("2026-11-16 10:29:00"), "+8613800000004"),
    )
    assert rows(web.signed_in(Role.EXAMINER).get(f"/calls?{asked}").text) == [numbers[each] for each in found]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("since=yesterday", "日期格式应为"),
        ("since=0001-01-01", "日期格式应为"),
        ("since=2026-11-16&until=2026-11-15", "结束日期早于开始日期"),
        ("until=2026-02-30", "日期格式应为"),
    ],
)
def test_a_wrong_filter_is_told_and_filters_nothing(web: Web, asked: str, words: str) -> None:
    web.keep(answered_call())
    answer = web.signed_in(Role.EXAMINER).get(f"/calls?{asked}")
    assert answer.status_code == 200
    assert words in answer.text


def test_pages_of_fifty_keep_the_filter(web: Web) -> None:
    web.keep(*(abandoned_call(f"c{n}", NOW - timedelta(minutes=n)) for n in range(120)))
    client = web.signed_in(Role.EXAMINER)
    first = client.get("/calls?outcome=abandoned_queue").text
    assert len(rows(first)) == 50 and "共 120 条" in first
    assert "/calls?page=2&amp;outcome=abandoned_queue" in first
    last = client.get("/calls?page=3&outcome=abandoned_queue").text
    assert len(rows(last)) == 20 and "第 101–120 条" in last
    beyond = client.get("/calls?page=9&outcome=abandoned_queue")
    assert beyond.status_code == 200 and "没有这一页" in beyond.text


def test_a_ledger_too_long_to_be_counted_is_turned_page_by_page(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "MOST_COUNTED", 60)
    web.keep(*(abandoned_call(f"c{n}", NOW - timedelta(minutes=n)) for n in range(120)))
    client = web.signed_in(Role.EXAMINER)
    first = client.get("/calls").text
    assert "第 1–50 条，共超过 60 条" in first and "/calls?page=2" in first
    second = client.get("/calls?page=2").text
    assert "第 51–100 条，共超过 100 条" in second and "/calls?page=3" in second
    last = client.get("/calls?page=3").text
    assert len(rows(last)) == 20 and 'rel="next"' not in last
    assert "没有这一页" in client.get("/calls?page=4").text


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999", "1e3", "٣"])
def test_a_made_up_page_is_no_error(web: Web, page: str) -> None:
    assert web.signed_in(Role.EXAMINER).get("/calls", query_string={"page": page}).status_code == 200


def test_empty_states_say_why(web: Web) -> None:
    client = web.signed_in(Role.EXAMINER)
    assert "暂无通话" in client.get("/calls").text
    assert "没有符合条件的通话" in client.get("/calls?outcome=failed").text


@pytest.mark.parametrize("role", Role)
def test_operators_see_masked_numbers_all_others_whole_ones(web: Web, role: Role) -> None:
    """A14"""
    web.keep(answered_call(number="+8613800138000"))
    client = web.signed_in(role)
    text = client.get("/calls").text + client.get("/calls/1").text
    assert ("13800138000" in text) == (role in (Role.EXAMINER, Role.SUPERVISOR, Role.ADMINISTRATOR))
    assert ("138****8000" in text) == (role in (Role.OPERATOR, Role.AUDITOR))


def test_a_withheld_number_is_said_to_be(web: Web) -> None:
    call = bare_call()
    web.keep(replace(call, caller=replace(call.caller, number=NO_NUMBER, original="anonymous", withheld=True)))
    assert "未显示号码" in web.signed_in(Role.EXAMINER).get("/calls").text


def test_a_slow_ring_is_marked_with_its_rule(web: Web) -> None:
    """A8"""
    web.keep(answered_call())
    assert ">A8</abbr>" in web.signed_in(Role.EXAMINER).get("/calls").text


def test_three_rings_are_no_breach(web: Web) -> None:
    """A8: 15 s are three rings."""
    web.keep(abandoned_call())
    assert ">A8</abbr>" not in web.signed_in(Role.EXAMINER).get("/calls").text


def test_a_search_for_a_number_stands_in_the_audit_log(web: Web) -> None:
    """F8"""
    client = web.signed_in(Role.EXAMINER, username="li")
    client.get("/calls?caller=13800138000")
    client.get("/calls?caller=13800138000", headers={"HX-Request": "true"})
    client.get("/calls?outcome=answered")
    assert web.audit().count(("li", "ledger.search", "caller:+8613800138000")) == 1
    assert [entry for entry in web.audit() if entry[1] == "ledger.search"] == [
        ("li", "ledger.search", "caller:+8613800138000")
    ]


def test_the_table_alone_is_sent_when_it_renews_itself(web: Web) -> None:
    web.keep(talking_call())
    text = web.signed_in(Role.EXAMINER).get("/calls", headers={"HX-Request": "true"}).text
    assert text.strip().startswith("<section") and "<html" not in text and "通话中" in text


def test_hostile_text_stays_text(web: Web) -> None:
    for n, name in enumerate(("<script>alert(1)</script>", '"><img src=x>', "\u202egnp", "长" * 10_000)):
        web.keep(with_name(answered_call(f"h{n}"), name))
    client = web.signed_in(Role.EXAMINER)
    for path in ("/calls", "/calls/1", "/calls/2", "/calls/3", "/calls/4"):
        text = client.get(path).text
        assert "<script>alert" not in text and "<img" not in text


def test_every_outcome_has_words_in_both_languages(web: Web) -> None:
    web.keep(*(replace(abandoned_call(f"o{n}"), outcome=outcome) for n, outcome in enumerate(Outcome)))
    client = web.signed_in(Role.EXAMINER)
    for language in ("zh", "en"):
        client.set_cookie("language", language)
        text = client.get("/calls").text
        assert not [outcome for outcome in Outcome if f">{outcome}<" in text]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*query.FIELDS, "page"]), st.text(max_size=80)), st.booleans())
def test_no_address_breaks_the_filter(any_web: Web, args: dict[str, str], parts: bool) -> None:
    with any_web.app.test_request_context():
        found = query.read(args, {"main": object()}, parts)
    assert 1 <= found.page <= MAX_PAGE
    assert "\x00" not in found.filter.caller and len(found.filter.caller) <= 64
    if found.filter.since and found.filter.until:
        assert found.filter.since < found.filter.until


def test_a_page_asks_as_much_for_fifty_calls_as_for_one(web: Web) -> None:
    """Many people page while calls come in, and each question holds up what is pushed to the operators."""
    browser = web.signed_in(Role.SUPERVISOR)
    asked: list[str] = []
    event.listen(web.hotline.storage.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    def selects() -> int:
        asked.clear()
        assert browser.get("/calls").status_code == 200
        return len([text for text in asked if text.startswith("SELECT") and "setting_change" not in text])

    web.keep(answered_call("a", NOW))
    of_one = selects()
    web.keep(*(answered_call(f"b{n}", NOW - timedelta(minutes=n), f"+86138000000{n:02}") for n in range(49)))
    assert selects() == of_one <= 11
