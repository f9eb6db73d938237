"""Callbacks owed, the line's state, the banner of alerts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Outcome
from hotline.domain.customers.customer import Customer, read_number
from hotline.domain.numbers import Number, normalise
from hotline.domain.people import Role
from hotline.domain.recordings.recording import NOTHING_SENT, RecordingState
from hotline.services.line.alert_kinds import LINE_FAULT
from hotline.services.line.routing import line_shown
from hotline.storage.alerts import AlertStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.recordings.store import RecordingStore
from hotline.web.kit.alerts_shown import alert_words
from tests.support.rows import a_recording
from tests.support.sample_calls import abandoned_call
from tests.support.web import NOW, Web, post


def owe(web: Web, linkedid: str, minutes_ago: int, number: str = "+8613912345678") -> None:
    queued = NOW - timedelta(minutes=minutes_ago)
    web.keep(abandoned_call(linkedid, queued, number))
    with web.hotline.storage.writing() as tx:
        CallbackStore(tx).open(
            Callback(
                "node1",
                linkedid,
                "main",
                Number(number),
                CallbackReason.ABANDONED,
                queued,
                queued + timedelta(minutes=30),
            )
        )


def test_callbacks_stand_by_their_place_in_the_line_with_their_numbers_masked(web: Web) -> None:
    """A9; A14: supervisors see them whole."""
    owe(web, "later", 10, "+8613900000002")
    owe(web, "first", 50, "+8613900000001")
    text = web.signed_in(Role.OPERATOR, username="li").get("/callbacks").text
    numbers = r'<bdi class="number">([\d*]+)</bdi>'
    assert re.findall(numbers, text) == ["139****0001", "139****0002"]
    whole = web.signed_in(Role.SUPERVISOR).get("/callbacks").text
    assert re.findall(numbers, whole) == ["13900000001", "13900000002"]
    assert text.count("已超期") == 1
    assert ("li", "callbacks.view", "callbacks") in web.audit()


def test_e10_who_does_not_want_to_be_called_stands_in_plain_sight(web: Web) -> None:
    with web.hotline.storage.writing() as tx:
        for name, number, no in (("王丽", "13900000001", True), ("张三", "13900000002", False)):
            CustomerStore(tx).add(
                Customer(name=name, do_not_call=no, numbers=(read_number(number),), created_at=NOW, updated_at=NOW)
            )
    for place, number in enumerate(("13900000001", "13900000002", "13900000003")):
        owe(web, f"c{place}", 50 - place, normalise(number))
    text = web.signed_in(Role.OPERATOR).get("/callbacks").text
    first, second, third = re.findall(r"<tr>.*?</tr>", text.split("<tbody>")[1], re.DOTALL)
    assert "王丽" in first and "请勿致电" in first and ">E10<" in first and "tone-bad" in first
    assert "张三" in second and "请勿致电" not in second
    assert "customers/" not in third and "请勿致电" not in third


def test_a_voicemail_at_which_nothing_was_said_is_told_and_is_no_lost_recording(web: Web) -> None:
    """A9: the callback says so, and the call's page has nothing in red for it."""
    queued = NOW - timedelta(minutes=20)
    web.keep(replace(abandoned_call("said", queued, "+8613900000001"), outcome=Outcome.VOICEMAIL))
    coming = a_recording("said", queued, "voicemail")
    with web.hotline.storage.writing() as tx:
        CallbackStore(tx).open(
            Callback(
                "node1",
                "said",
                "main",
                normalise("13900000001"),
                CallbackReason.VOICEMAIL,
                queued,
                queued + timedelta(minutes=30),
            )
        )
        RecordingStore(tx).announce([coming])
        (entry,) = RecordingStore(tx).of_sources("node1", [coming.source_file])
        RecordingStore(tx).update(replace(entry, state=RecordingState.MISSING, problem=NOTHING_SENT))
    client = web.signed_in(Role.SUPERVISOR)
    assert "无声音" in client.get("/callbacks").text
    page = client.get("/calls/1").text
    assert "无声音" in page and "缺失" not in page


def test_a_callback_is_closed_with_what_came_of_it(web: Web) -> None:
    owe(web, "one", 10)
    client = web.signed_in(Role.OPERATOR, username="li")
    post(client, "/callbacks/1/take", form_page="/callbacks")
    post(client, "/callbacks/1/close", form_page="/callbacks", note="已联系上\r\n<b>")
    with web.hotline.storage.reading() as tx:
        (closed,) = CallbackStore(tx).list(include_closed=True)
    assert (closed.closed_by, closed.closing_note, closed.closed_at) == ("li", "已联系上 <b>", NOW)
    assert ("li", "callback.close", "callback:1") in web.audit()
    assert "没有待回电" in client.get("/callbacks").text


def test_a_callback_is_not_closed_without_a_note_nor_twice(web: Web) -> None:
    owe(web, "one", 10)
    owe(web, "two", 10)
    client = web.signed_in(Role.OPERATOR)
    post(client, "/callbacks/1/take", form_page="/callbacks")
    assert post(client, "/callbacks/1/close", form_page="/callbacks", note="").location == "/callbacks?focus=1"
    assert "请填写处理结果" in client.get("/callbacks").text
    assert post(client, "/callbacks/1/close", form_page="/callbacks", note="done").status_code == 302
    assert post(client, "/callbacks/1/close", form_page="/callbacks", note="again").status_code == 404
    assert post(client, "/callbacks/99999999999/close", form_page="/callbacks", note="x").status_code == 404


def test_the_line_page_says_what_is_so_and_until_when(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR)
    text = client.get("/line").text
    assert "线路开放" in text and "2026-11-16 12:00 关闭" in text and "无人值班" in text
    web.clock.advance(hours=2)
    text = client.get("/line").text
    assert "线路关闭" in text and "午休" in text and "2026-11-16 13:00 开放" in text
    assert "/line/declare" not in text


def test_a_supervisor_declares_and_goes_back_to_the_calendar(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR, username="chen")
    fields = {"mode": "closed", "until": "2026-11-16T15:00", "reason": "消防演习"}
    answer = post(client, "/line/declare", form_page="/line", **fields)
    assert answer.status_code == 302
    text = client.get("/line").text
    assert "线路关闭" in text and "由 Chen 宣布，至 2026-11-16 15:00" in text and "消防演习" in text
    post(client, "/line/calendar", form_page="/line")
    assert line_shown(web.hotline.storage, web.hotline.settings, NOW).declared is None
    assert [entry[1] for entry in web.audit() if entry[0] == "chen"][-2:] == ["line.closed", "line.auto"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"until": "2026-11-16T10:00"}, "截止时间应晚于现在"),
        ({"until": "2027-11-16T10:00"}, "不超过 60 天"),
        ({"until": "0001-01-01T00:00"}, "2000 年到 2100 年"),
        ({"until": "soon"}, "请填写截止时间"),
        ({"until": ""}, "请填写截止时间"),
        ({"reason": ""}, "请填写原因"),
        ({"mode": "ajar"}, "请选择"),
    ],
)
def test_a_wrong_declaration_is_refused_with_words(web: Web, fields: dict[str, str], words: str) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    right = {"mode": "closed", "until": "2026-11-16T15:00", "reason": "x"}
    answer = post(client, "/line/declare", form_page="/line", **{**right, **fields})
    assert answer.status_code == 422
    assert re.search(words, answer.text)
    assert line_shown(web.hotline.storage, web.hotline.settings, NOW).declared is None


@pytest.mark.parametrize("role", Role)
def test_alerts_stand_on_every_page_of_those_who_steer(web: Web, role: Role) -> None:
    """A4"""
    with web.hotline.storage.writing() as tx:
        AlertStore(tx).raise_(LINE_FAULT, "main", "no answer <b>within</b> 30 s", NOW)
    client = web.signed_in(role)
    for path in ("/calls", "/line", "/roster"):
        text = client.get(path).text
        assert ("线路故障" in text) == (role in (Role.SUPERVISOR, Role.ADMINISTRATOR))
        assert "<b>within" not in text


def test_the_banner_shows_some_of_many_alerts(web: Web) -> None:
    with web.hotline.storage.writing() as tx:
        for kind in alert_words():
            AlertStore(tx).raise_(kind, "", "x", NOW)
    assert "另有" in web.signed_in(Role.SUPERVISOR).get("/calls").text
