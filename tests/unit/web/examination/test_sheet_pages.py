"""The examiner's page and its data, and examples without who the customer is (E6, F5, F8, F9)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.people import Role
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.recordings.transcript import Side, TranscriptState, Word
from hotline.storage.accounts.users import UserStore
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.forms.store import FormStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from recordings.sound import RATE, parse_wav, write_wav
from tests.support.examination import keep_call, measure
from tests.support.recording_site import expected_sound
from tests.support.sample_calls import CALLER, answered_call
from tests.support.web import NOW, Web, a_web

HOSTILE = "</script><script>alert(1)</script>\u202e👩‍👩‍👧"
CALLED = NOW - timedelta(days=7)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Web:
    return a_web(tmp_path_factory.mktemp("sheet"))


@pytest.fixture(scope="module")
def examiner(site: Web) -> FlaskClient:
    return site.signed_in(Role.EXAMINER, username="zhou")


@pytest.fixture(scope="module")
def operator(site: Web) -> FlaskClient:
    return site.signed_in(Role.OPERATOR, username="wang")


def token(client: FlaskClient) -> dict[str, str]:
    page = client.get("/password").text
    return {"X-CSRFToken": page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]}


def a_heard_call(site: Web, linkedid: str) -> StoredCall:
    """Three seconds of two tones as a WAV in the store; the caller says their name and number, and worse."""
    caller = replace(answered_call().caller, name="王建国")
    stored = keep_call(site.hotline, linkedid, CALLED, caller=caller)
    path = site.hotline.home.recordings / f"{linkedid}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_wav(file, expected_sound(3.0))
    [entry] = stored.recordings
    with site.hotline.storage.writing() as tx:
        RecordingStore(tx).update(
            replace(
                entry,
                state=RecordingState.READY,
                path=path.name,
                seconds=3.0,
                sha256="ab" * 32,
                size_bytes=path.stat().st_size,
            )
        )
        TranscriptStore(tx).ask([entry.id or 0], list(Side), 5, site.now)
        words = (
            Word("我叫王建国", 0.2, 0.8, 0.9),
            Word("一三八零零", 1.0, 1.6, 0.9),
            Word(HOSTILE, 1.7, 1.9, 0.9),
            Word("再见", 2.4, 2.8, 0.9),
        )
        for asked in TranscriptStore(tx).of(entry.id or 0):
            said = words if asked.side is Side.CALLER else ()
            TranscriptStore(tx).update(replace(asked, state=TranscriptState.DONE, words=said))
    measure(site.hotline, stored)
    with site.hotline.storage.reading() as tx:
        again = CallStore(tx).by_id(stored.id)
    assert again is not None
    return again


def chosen(client: FlaskClient, call_id: int) -> int:
    made = client.post("/api/v1/examinations", json={"call_id": call_id}, headers=token(client))
    assert made.status_code == 201
    return int(made.json["id"])


def data_of(text: str, name: str) -> dict:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_one_answer_gives_all_that_the_page_shows(site: Web, examiner: FlaskClient) -> None:
    call = a_heard_call(site, "s-1")
    number = chosen(examiner, call.id)
    sheet = examiner.get(f"/api/v1/examinations/{number}/sheet").json
    assert sheet["examination"]["may_give_points"] and sheet["may_comment"] and sheet["may_show_as_example"]
    facts = sheet["call"]
    assert (facts["rings"], facts["hung_up_by"], facts["number_shown"]) == (2, CALLER.kind, "13800138000")
    # From the begin of the recording, 13 s into the call: hold 80–102, pause 110–120, transfer at 140.
    assert facts["holds"] == [{"from_second": 67.0, "to_second": 89.0}]
    assert facts["pauses"] == [{"from_second": 97.0, "to_second": 107.0}]
    assert [(t["second"], t["from_name"], t["to_name"]) for t in facts["transfers"]] == [(127.0, "钱伟", "赵敏")]
    assert sheet["sound"] == {
        "id": call.recordings[0].id,
        "state": "ready",
        "seconds": 3.0,
        "problem": "",
        "kept": False,
        "peaks": False,
        "may_hear": True,
    }
    assert [len(t["words"]) for t in sheet["quality"]["transcripts"]] == [4, 0]
    assert sheet["quality"]["findings"] and sheet["form"]["call_id"] == call.id


def test_the_page_holds_hostile_words_as_data_and_lets_in_one_style_by_its_nonce(
    site: Web, examiner: FlaskClient
) -> None:
    call = a_heard_call(site, "s-2")
    answer = examiner.get(f"/examinations/{chosen(examiner, call.id)}")
    data = data_of(answer.text, "examination-data")
    assert "<script>alert" not in answer.text
    assert data["sheet"]["quality"]["transcripts"][0]["words"][2]["text"] == HOSTILE
    policy = answer.headers["Content-Security-Policy"]
    assert f"style-src 'self' 'nonce-{data['nonce']}'" in policy and "unsafe-inline" not in policy
    other = examiner.get(f"/calls/{call.id}")
    assert data_of(other.text, "call-data")["nonce"] != data["nonce"], "another for each page"
    assert "nonce" not in examiner.get("/calls").headers["Content-Security-Policy"]


def test_f5_operators_see_their_result_once_it_is_published_and_nobody_elses(
    site: Web, examiner: FlaskClient, operator: FlaskClient
) -> None:
    qian = site.signed_in(Role.OPERATOR, username="qian")
    with site.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username("qian")
        assert user is not None
        UserStore(tx).update(replace(user, extension="1002"))
    call = a_heard_call(site, "s-3")
    number = chosen(examiner, call.id)
    one = f"/api/v1/examinations/{number}"
    sound = f"/recordings/{call.recordings[0].id}/audio"
    assert [client.get(f"/examinations/{number}").status_code for client in (qian, operator)] == [403, 403]
    assert qian.get(sound).status_code == 403 and sound not in qian.get(f"/calls/{call.id}").text
    points = {"courtesy": 10, "plain_language": 5, "record": 10, "solving": None, "way": 5}
    assert examiner.put(f"{one}/points", json={"version": 1, "points": points}, headers=token(examiner)).json
    assert examiner.post(f"{one}/finish", json={"version": 2}, headers=token(examiner)).status_code == 200
    seen = data_of(qian.get(f"/examinations/{number}").text, "examination-data")["sheet"]
    assert seen["call"]["number_shown"] == "138****8000" and seen["form"]["number_shown"] == "138****8000"
    assert (seen["may_comment"], seen["may_show_as_example"], seen["sound"]["may_hear"]) == (False, False, True)
    assert seen["examination"]["may_appeal"] and not seen["examination"]["may_give_points"]
    assert qian.get(sound).status_code == 200
    page = qian.get(f"/calls/{call.id}").text
    assert sound in page and "/download" not in page, "heard, not taken along"
    assert operator.get(f"/examinations/{number}").status_code == 403
    assert [examiner.get(f"/examinations/{wrong}").status_code for wrong in (99_999, 2**40)] == [404, 404]


def test_e5_an_examiner_who_handled_the_case_is_given_no_player(site: Web) -> None:
    """Not one that would be refused either; and is told why."""
    call, li = a_heard_call(site, "s-8"), site.signed_in(Role.EXAMINER, username="li-handled")
    sound = f"/recordings/{call.recordings[0].id}/audio"
    assert sound in li.get(f"/calls/{call.id}").text and li.get(sound).status_code == 200
    with site.hotline.storage.writing() as tx:
        form = FormStore(tx).of_calls(call.call.node, [call.call.linkedid])[call.call.linkedid]
        CaseStore(tx).add(
            ServiceCase("", CaseKind.COMPLAINT, "卡纸", "", "li-handled", "1002", site.now, form.id), site.now.date()
        )
    page = li.get(f"/calls/{call.id}").text
    assert sound not in page and "/download" not in page and "E5" in page
    assert li.get(sound).status_code == 403


def test_f8_a_look_at_the_page_and_a_playback_stand_in_the_audit_log_once(site: Web, examiner: FlaskClient) -> None:
    call = a_heard_call(site, "s-4")
    number = chosen(examiner, call.id)
    before = len(site.audit())
    examiner.get(f"/examinations/{number}")
    for start in (0, 100, 200):
        examiner.get(f"/recordings/{call.recordings[0].id}/audio", headers={"Range": f"bytes={start}-"})
    assert list(site.audit()[before:]) == [
        ("zhou", "examination.view", f"examination:{number}"),
        ("zhou", "recording.play", f"recording:{call.recordings[0].id}"),
    ]


def test_f9_everybody_hears_the_part_alone_without_the_caller_and_reads_it_masked(
    site: Web, examiner: FlaskClient, operator: FlaskClient
) -> None:
    call = a_heard_call(site, "s-5")
    body = {"call_id": call.id, "title": "道别", "lesson": f"要点 {HOSTILE}", "from_second": 0.5, "to_second": 2.0}
    assert operator.post("/api/v1/examples", json=body, headers=token(operator)).status_code == 403
    made = examiner.post("/api/v1/examples", json=body, headers=token(examiner)).json
    assert made["caller_silenced"] is True
    one = f"/api/v1/examples/{made['id']}"
    shown = operator.get(one).json
    assert (shown["seconds"], shown["call_id"]) == (1.5, None)
    # "我叫王建国" begins before the part, "再见" after it.
    assert [w["text"] for w in shown["said"][0]["words"]] == ["＊＊＊＊＊", HOSTILE.replace("1", "＊")]
    assert [w["start"] for w in shown["said"][0]["words"]] == [0.5, 1.2]
    clip = operator.get(f"{one}/clip")
    sound = parse_wav(clip.data)
    assert (clip.status_code, clip.mimetype, len(sound)) == (200, "audio/wav", RATE * 3 // 2)
    assert not sound[:, Side.CALLER].any() and sound[:, Side.OURS].any()
    part = operator.get(f"{one}/clip", headers={"Range": "bytes=44-1043"})
    assert (part.status_code, part.data) == (206, clip.data[44:1044])
    assert site.audit().count(("wang", "example.play", f"example:{made['id']}")) == 1
    page = operator.get("/examples").text
    assert "道别" in page and "王建国" not in page and "13800138000" not in page and "<script>alert" not in page
    assert f"/calls/{call.id}" not in page and "data-remove" not in page
    assert "data-remove" in examiner.get("/examples").text
    examiner.delete(one, headers=token(examiner))
    assert [operator.get(path).status_code for path in (one, f"{one}/clip")] == [404, 404]


def test_f9_with_the_callers_voice_only_where_it_was_said_so(site: Web, examiner: FlaskClient) -> None:
    call, boss = a_heard_call(site, "s-6"), site.signed_in(Role.SUPERVISOR, username="boss-6")
    made = boss.post(
        "/api/v1/examples",
        headers=token(boss),
        json={
            "call_id": call.id,
            "title": "道别",
            "lesson": "要点",
            "caller_silenced": False,
            "caller_reason": "客户同意",
        },
    ).json
    sound = parse_wav(examiner.get(f"/api/v1/examples/{made['id']}/clip").data)
    assert len(sound) == RATE * 3 and sound[:, Side.CALLER].any()
    with site.hotline.storage.writing() as tx:
        entry = RecordingStore(tx).by_id(call.recordings[0].id or 0)
        assert entry is not None
        RecordingStore(tx).update(replace(entry, state=RecordingState.MISSING))
    assert examiner.get(f"/api/v1/examples/{made['id']}/clip").status_code == 404
    assert examiner.get(f"/api/v1/examples/{made['id']}").json["said"] == []
    assert "录音不存在" in examiner.get("/examples").text


@pytest.mark.parametrize(
    ("part", "says"), [((0.0, 2.0e3), "part_too_long"), ((1.0, 9.0), "part_beyond"), ((2.0, 1.0), "part_order")]
)
def test_f9_a_part_lies_within_the_recording(
    site: Web, examiner: FlaskClient, part: tuple[float, float], says: str
) -> None:
    call = a_heard_call(site, f"s-7-{part[1]:g}")
    answer = examiner.post(
        "/api/v1/examples",
        headers=token(examiner),
        json={"call_id": call.id, "title": "道别", "lesson": "要点", "from_second": part[0], "to_second": part[1]},
    )
    assert (answer.status_code, answer.json["reason"]) == (422, f"examination.{says}")
