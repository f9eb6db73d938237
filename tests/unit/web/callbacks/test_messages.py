"""A9, F8: whoever has taken a callback hears its message right there; nobody else of the operators does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Outcome
from hotline.domain.numbers import normalise
from hotline.domain.people import Role
from hotline.domain.recordings.recording import RecordingState
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.recordings.store import RecordingStore
from tests.support.rows import a_recording
from tests.support.sample_calls import abandoned_call
from tests.support.web import NOW, Web, post


def left_a_message(web: Web) -> int:
    queued = NOW - timedelta(minutes=20)
    web.keep(replace(abandoned_call("said", queued, "+8613900000001"), outcome=Outcome.VOICEMAIL))
    coming = a_recording("said", queued, "voicemail")
    number, due = normalise("13900000001"), queued + timedelta(minutes=30)
    with web.hotline.storage.writing() as tx:
        CallbackStore(tx).open(Callback("node1", "said", "main", number, CallbackReason.VOICEMAIL, queued, due))
        RecordingStore(tx).announce([coming])
        (entry,) = RecordingStore(tx).of_sources("node1", [coming.source_file])
        RecordingStore(tx).update(replace(entry, state=RecordingState.READY, path="2026/11/16/said.wav"))
    return entry.id or 0


def test_f8_whoever_has_taken_it_hears_the_message_and_is_written_down(web: Web) -> None:
    recording = left_a_message(web)
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    assert "收听留言" not in zhao.get("/callbacks").text
    assert zhao.get(f"/recordings/{recording}/audio").status_code == 403
    post(zhao, "/callbacks/1/take", form_page="/callbacks")
    assert "收听留言" in zhao.get("/callbacks").text
    page = post(zhao, f"/callbacks/1/messages/{recording}", form_page="/callbacks").text
    assert f"/recordings/{recording}/audio" in page and "Zhao 于 2026-11-16 10:30 已收听" in page
    assert zhao.get(f"/recordings/{recording}/audio").status_code == 404, "it may be heard; its file is made up"
    with web.hotline.storage.reading() as tx:
        [call] = OwedCallStore(tx).of_call("node1", "said")
    assert (call.heard_by, call.heard_at) == ("zhao", NOW)
    assert ("zhao", "callback.hear", "callback:1") in web.audit()
    qian = web.signed_in(Role.OPERATOR, username="qian")
    assert qian.get(f"/recordings/{recording}/audio").status_code == 403
    assert post(qian, f"/callbacks/1/messages/{recording}", form_page="/callbacks").status_code == 403


def test_a9_a_message_is_heard_no_more_when_its_callback_is_closed(web: Web) -> None:
    recording = left_a_message(web)
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    post(zhao, "/callbacks/1/take", form_page="/callbacks")
    post(zhao, "/callbacks/1/close", form_page="/callbacks", note="已联系", result="done")
    assert zhao.get(f"/recordings/{recording}/audio").status_code == 403
    assert "已联系" in zhao.get("/callbacks?tab=done").text


def test_a9_who_was_not_reached_is_tried_again_at_the_time_that_was_said(web: Web) -> None:
    left_a_message(web)
    zhao = web.signed_in(Role.OPERATOR, username="zhao")
    post(zhao, "/callbacks/1/take", form_page="/callbacks")
    form = {"result": "no_answer", "note": "下午再打", "again_at": "2026-11-16T15:00"}
    post(zhao, "/callbacks/1/close", form_page="/callbacks", **form)
    page = zhao.get("/callbacks?tab=own").text
    assert "2026-11-16 15:00" in page and "无人接听" in page and "下午再打" in page
    post(zhao, "/callbacks/1/close", form_page="/callbacks", **{**form, "again_at": "2026-11-16T09:00"})
    assert "下次回电时间必须在将来" in zhao.get("/callbacks").text


def test_a9_it_is_handed_back_and_assigned(web: Web) -> None:
    left_a_message(web)
    web.add_user("qian", Role.OPERATOR)
    zhao, chen = web.signed_in(Role.OPERATOR, username="zhao"), web.signed_in(Role.SUPERVISOR, username="chen")
    post(zhao, "/callbacks/1/take", form_page="/callbacks")
    post(zhao, "/callbacks/1/hand-back", form_page="/callbacks")
    post(chen, "/callbacks/1/assign", form_page="/callbacks", username="qian")
    with web.hotline.storage.reading() as tx:
        [owed] = CallbackStore(tx).list()
    assert owed.taken_by == "qian"
    assert "qian" in chen.get("/callbacks").text
    assert post(zhao, "/callbacks/1/assign", form_page="/callbacks", username="zhao").status_code == 403
