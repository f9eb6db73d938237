"""A call's page: what happened, the bars, its recordings, who may hear them."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings

from hotline.domain.calls.call import Call, Caller, HangUp, Party, PartyKind, Transfer
from hotline.domain.numbers import NO_NUMBER
from hotline.domain.operators.presence import TransferOrder, TransferState
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.domain.recordings.recording import RecordingState
from hotline.services.recordings import playable
from hotline.services.recordings.playable import Playable
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.operators.store import TransferStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage
from hotline.web.calls import bars, timeline
from tests.support.call_strategies import calls
from tests.support.sample_calls import MONDAY_TEN, abandoned_call, answered_call, duty_call, talking_call
from tests.support.web import NOW, Web, a_web

CONTENT = bytes(range(256)) * 40


def keep_recording(web: Web, content: bytes = CONTENT, **changes: Any) -> int:
    """An answered call with its recording in the store; the recording's id."""
    web.keep(answered_call())
    file = web.hotline.home.recordings / "2026" / "one.wav"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    with web.hotline.storage.writing() as tx:
        stored = CallStore(tx).by_id(1)
        assert stored is not None
        ready = replace(
            stored.recordings[0],
            state=RecordingState.READY,
            path="2026/one.wav",
            seconds=198.0,
            size_bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        RecordingStore(tx).update(replace(ready, **changes))
    assert ready.id is not None
    return ready.id


def test_everything_that_happened_is_told_in_order(web: Web) -> None:
    with web.app.test_request_context():
        told = timeline.steps(answered_call())
    assert [step.title for step in told] == [
        "来电呼入",
        "线路应答",
        "进入菜单",
        "未按键",
        "按 2 键",
        "进入队列",
        "开始排队",
        "赵敏 1001 振铃",
        "开始录音",
        "钱伟 1002 振铃",
        "排队 31 秒：已接听",
        "与 钱伟 1002 通话",
        "保持通话",
        "录音暂停",
        "咨询后转接",
        "与 赵敏 1001 通话",
        "来电者挂机",
    ]
    assert [step.offset for step in told] == sorted(step.offset for step in told)
    assert [step.title for step in told if step.rule == "A8"] == ["赵敏 1001 振铃"]
    assert next(step.detail for step in told if step.rule) == "20 秒，4 声：无人接听"


def test_a_duty_mobile_is_named_by_its_keeper_and_never_by_its_number(web: Web) -> None:
    """A14"""
    web.keep(duty_call())
    text = web.signed_in(Role.OPERATOR).get("/calls/1").text
    assert "李四" in text
    assert "13900000001" not in text and "13900000002" not in text


def test_a_call_page_is_written_down(web: Web) -> None:
    """F8"""
    web.keep(answered_call())
    client = web.signed_in(Role.OPERATOR, username="li")
    client.get("/calls/1")
    client.get("/calls/1", headers={"HX-Request": "true"})
    assert web.audit().count(("li", "call.view", "call:1")) == 1


@pytest.mark.parametrize("path", ["/calls/1", "/calls/99999999999999999999", "/calls/0"])
def test_a_call_that_is_not_there(web: Web, path: str) -> None:
    assert web.signed_in(Role.OPERATOR).get(path).status_code == 404


def test_a_call_in_progress_renews_itself_and_a_finished_one_does_not(web: Web) -> None:
    web.keep(talking_call("live"), abandoned_call("done"))
    client = web.signed_in(Role.EXAMINER)
    live = client.get(f"/calls/{web.call_id('live')}").text
    assert 'hx-trigger="every 3s"' in live and "仍在进行" in live
    assert "hx-trigger" not in client.get(f"/calls/{web.call_id('done')}").text


def test_bars_lie_where_things_happened(web: Web) -> None:
    with web.app.test_request_context():
        lanes = {lane.name: lane.bars for lane in bars.lanes(answered_call(), NOW)}
    assert [(bar.start, bar.width, bar.tone) for bar in lanes["振铃"]] == [(6.57, 10.1, "slow"), (17.68, 4.04, "ring")]
    assert [(bar.start, bar.width) for bar in lanes["通话"]] == [(21.72, 48.99), (73.23, 26.77)]
    assert list(lanes) == ["菜单", "排队", "振铃", "通话", "保持", "未录音"]


def test_what_lasts_is_drawn_until_now(web: Web) -> None:
    with web.app.test_request_context():
        lanes = {lane.name: lane.bars for lane in bars.lanes(talking_call(), MONDAY_TEN + timedelta(seconds=40))}
    assert (lanes["通话"][0].start, lanes["通话"][0].width) == (50.0, 50.0)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(calls())
def test_any_call_can_be_shown(any_web: Web, call: Call) -> None:
    with any_web.app.test_request_context():
        told = timeline.steps(call)
        lanes = bars.lanes(call, NOW)
        ticks = bars.ticks(call, NOW)
    assert [step.at for step in told] == sorted(step.at for step in told)
    for bar in (bar for lane in lanes for bar in lane.bars):
        assert bar.start >= 0 and bar.width > 0 and bar.start + bar.width <= 100.01
    assert 1 <= len(ticks) <= 9


def test_why_a_caller_was_passed_on_stays_with_call_and_record(web: Web) -> None:
    """A12: on the call's page, on its record, and in the ledger that they were."""
    zhao, qian = Party(PartyKind.OPERATOR, "1001", "赵敏"), Party(PartyKind.OPERATOR, "1002", "钱伟")
    passed = Transfer(NOW, "blind", zhao, qian)
    web.keep(replace(answered_call("p"), answered_by=zhao, transfers=(passed,)), answered_call("q"))
    order = TransferOrder("node1", "p", NOW, "blind", "1001", "operator", "1002", "钱伟", True, "客户问滤芯")
    with web.hotline.storage.writing() as tx:
        TransferStore(tx).add(replace(order, state=TransferState.DONE))
        form = FormStore(tx).of_calls("node1", ["p"])["p"].id
    client = web.signed_in(Role.SUPERVISOR)
    page = client.get(f"/calls/{web.call_id('p')}").text
    assert "赵敏 1001 发起转接至 钱伟" in page and "客户问滤芯 · 已接手" in page
    assert "客户问滤芯" in client.get(f"/forms/{form}").text
    assert client.get("/calls").text.count("已转给 钱伟 1002") == 1


def test_whoever_hung_up_is_named(web: Web) -> None:
    by_system = HangUp(Party(PartyKind.SYSTEM), NOW, 0)
    restarted = replace(answered_call("r"), hang_up=by_system, remarks=("ended_by_restart",))
    safe = replace(abandoned_call("s"), remarks=("safe_route:ivr_away", "something_new"))
    web.keep(restarted, safe)
    client = web.signed_in(Role.EXAMINER)
    text = client.get(f"/calls/{web.call_id('r')}").text
    assert "系统挂机" in text and "Asterisk 重启" in text
    text = client.get(f"/calls/{web.call_id('s')}").text
    assert "安全路由" in text and "something_new" in text


def test_an_unreadable_caller_is_shown_as_sent(web: Web) -> None:
    web.keep(replace(abandoned_call(), caller=Caller(NO_NUMBER, "s<i>p:1234@x", "")))
    text = web.signed_in(Role.EXAMINER).get("/calls/1").text
    assert "s&lt;i&gt;p:1234@x" in text


@pytest.mark.parametrize("role", Role)
def test_playback_is_offered_to_whom_it_is_given(web: Web, role: Role) -> None:
    recording = keep_recording(web)
    client = web.signed_in(role)
    may = role in (Role.EXAMINER, Role.SUPERVISOR, Role.ADMINISTRATOR)
    assert ("<audio" in client.get("/calls/1").text) == may
    assert client.get(f"/recordings/{recording}/audio").status_code == (200 if may else 403)


def test_a_recording_states_length_size_and_checksum(web: Web) -> None:
    keep_recording(web)
    text = web.signed_in(Role.EXAMINER).get("/calls/1").text
    assert "3:18" in text and "10.2 kB" in text and hashlib.sha256(CONTENT).hexdigest() in text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (RecordingState.PENDING, "通话结束几秒后即可播放"),
        (RecordingState.MISSING, "Asterisk 没有留下录音。"),
        (RecordingState.FAILED, "Asterisk 没有留下录音。"),
    ],
)
def test_a_recording_that_cannot_be_played_says_why(web: Web, state: RecordingState, words: str) -> None:
    recording = keep_recording(web, state=state, problem=because("recordings.none_left"))
    client = web.signed_in(Role.EXAMINER)
    text = client.get("/calls/1").text
    assert words in text and "<audio" not in text
    assert client.get(f"/recordings/{recording}/audio").status_code == 404


def test_a_call_with_no_recording_says_so(web: Web) -> None:
    web.keep(abandoned_call())
    assert "我方无人参与" in web.signed_in(Role.EXAMINER).get("/calls/1").text


def test_ranges_of_a_recording(web: Web) -> None:
    path = f"/recordings/{keep_recording(web)}/audio"
    client = web.signed_in(Role.EXAMINER)
    whole = client.get(path)
    assert whole.data == CONTENT and whole.content_type == "audio/wav"
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = client.get(path, headers={"Range": "bytes=100-199"})
    assert part.status_code == 206 and part.data == CONTENT[100:200]
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(CONTENT)}"
    tail = client.get(path, headers={"Range": "bytes=-5"})
    assert tail.status_code == 206 and tail.data == CONTENT[-5:]
    assert client.get(path, headers={"Range": "bytes=999999-"}).status_code == 416
    head = client.head(path)
    assert head.status_code == 200 and head.data == b"" and head.content_length == len(CONTENT)


def test_a_range_is_never_of_another_file(web: Web) -> None:
    path = f"/recordings/{keep_recording(web)}/audio"
    client = web.signed_in(Role.EXAMINER)
    etag = client.get(path).headers["ETag"]
    same = client.get(path, headers={"Range": "bytes=0-9", "If-Range": etag})
    assert same.status_code == 206
    other = client.get(path, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert other.status_code == 200 and other.data == CONTENT
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(("model", "said"), [("", "未启用语音转写"), ("small-zh", "此通话正在转写")])
def test_a_call_is_being_transcribed_only_where_a_model_is_chosen(tmp_path: Path, model: str, said: str) -> None:
    web = a_web(tmp_path, f'[speech]\nmodel = "{model}"\n')
    keep_recording(web)
    page = web.signed_in(Role.EXAMINER).get("/calls/1").text
    data = re.search(r'<script type="application/json" id="call-data">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert said in json.loads(data[1])["words"]["transcript.pending"]


def test_a_playback_stands_in_the_audit_log_once(web: Web) -> None:
    """F8: a browser asks for many pieces of what is one playback."""
    recording = keep_recording(web)
    client = web.signed_in(Role.EXAMINER, username="li")
    for first in (0, 100, 5000):
        client.get(f"/recordings/{recording}/audio", headers={"Range": f"bytes={first}-{first + 50}"})
    assert web.audit().count(("li", "recording.play", f"recording:{recording}")) == 1
    web.clock.advance(minutes=6)
    client.get(f"/recordings/{recording}/audio", headers={"Range": "bytes=100-"})
    assert web.audit().count(("li", "recording.play", f"recording:{recording}")) == 2


def test_a_download_has_a_name_that_tells_call_and_person_and_stands_in_the_audit_log(web: Web) -> None:
    """F8: each one."""
    recording = keep_recording(web)
    client = web.signed_in(Role.EXAMINER, username="li")
    assert f"/recordings/{recording}/download" in client.get("/calls/1").text
    for answer in (answers := [client.get(f"/recordings/{recording}/download") for _ in range(2)]):
        assert answer.data == CONTENT
    said = unquote(answers[-1].headers["Content-Disposition"])
    assert said.startswith("attachment") and "_call1.wav" in said and "钱伟" in said and "13800138000" in said
    assert web.audit().count(("li", "recording.download", f"recording:{recording}")) == 2
    assert web.signed_in(Role.OPERATOR).get(f"/recordings/{recording}/download").status_code == 403


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ('<script>"a"</script>', "script-a-script"),
        ("a\u202egpj.exe", "a-gpj.exe"),
        ("赵" * 10_000, "赵" * 60),
        ("😀 a\r\nSet-Cookie: b", "😀-a-Set-Cookie-b"),
    ],
)
def test_a_downloads_name_holds_nothing_that_a_file_name_may_not(web: Web, name: str, shown: str) -> None:
    recording = keep_recording(web)
    with web.hotline.storage.writing() as tx:
        stored = CallStore(tx).by_id(1)
        assert stored is not None and stored.call.answered_by is not None
        CallStore(tx).save([replace(stored.call, answered_by=replace(stored.call.answered_by, name=name))], web.now)
    answer = web.signed_in(Role.EXAMINER).get(f"/recordings/{recording}/download")
    assert f"_{shown}_" in unquote(answer.headers["Content-Disposition"])
    assert "b" not in answer.headers.getlist("Set-Cookie")


@pytest.mark.parametrize("kind", ["flac", "opus"])
def test_every_format_is_played_as_what_it_is(web: Web, kind: str) -> None:
    recording = keep_recording(web, path=f"2026/one.{kind}")
    (web.hotline.home.recordings / "2026" / f"one.{kind}").write_bytes(CONTENT)
    answer = web.signed_in(Role.EXAMINER).get(f"/recordings/{recording}/audio", headers={"Range": "bytes=5-9"})
    assert (answer.status_code, answer.data) == (206, CONTENT[5:10])
    assert answer.content_type == {"flac": "audio/flac", "opus": "audio/ogg"}[kind]


def test_a_recording_that_came_into_its_final_form_a_moment_ago_is_played(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row was read just before."""
    recording = keep_recording(web)
    client = web.signed_in(Role.EXAMINER)
    folder = web.hotline.home.recordings / "2026"
    real = playable.find

    def found(storage: Storage, recording_id: int, actor: Actor) -> Playable:
        before = real(storage, recording_id, actor)
        if before.entry.path.endswith(".wav"):
            (folder / "one.wav").rename(folder / "one.flac")
            with storage.writing() as tx:
                RecordingStore(tx).update(replace(before.entry, path="2026/one.flac"))
        return before

    monkeypatch.setattr(playable, "find", found)
    assert client.get(f"/recordings/{recording}/audio").data == CONTENT


@pytest.mark.parametrize("path", ["../../secrets.toml", "/etc/passwd", "2026/gone.wav", "2026", ""])
def test_no_path_leads_out_of_the_store(web: Web, path: str, tmp_path: Path) -> None:
    (web.hotline.home.root / "secrets.toml").write_text("x")
    recording = keep_recording(web, path=path)
    assert web.signed_in(Role.ADMINISTRATOR).get(f"/recordings/{recording}/audio").status_code == 404
