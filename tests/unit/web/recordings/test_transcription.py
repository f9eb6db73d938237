"""The page of transcription at work, and its API."""

from __future__ import annotations

import dataclasses

import pytest
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.domain.reasons import Reason, because
from hotline.domain.recordings.transcript import Side, TranscriptState
from hotline.storage.recordings.transcripts import TranscriptStore
from tests.support.said import keep_said
from tests.support.sample_calls import answered_call
from tests.support.web import NOW, Web, a_web, post


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Web:
    return a_web(tmp_path_factory.mktemp("speech"))


@pytest.fixture(scope="module")
def examiner(site: Web) -> FlaskClient:
    return site.signed_in(Role.EXAMINER)


def give_up(site: Web, linkedid: str, problem: Reason) -> int:
    recording_id = keep_said(site.hotline.storage, answered_call(linkedid, NOW), NOW, "好", "好")
    with site.hotline.storage.writing() as tx:
        [said] = [each for each in TranscriptStore(tx).of(recording_id) if each.side is Side.OURS]
        TranscriptStore(tx).update(dataclasses.replace(said, state=TranscriptState.FAILED, problem=problem))
    return said.id or 0


def test_without_a_model_the_page_says_so(examiner: FlaskClient) -> None:
    assert "未选择语音模型" in examiner.get("/transcription").text


def test_what_was_given_up_stands_with_its_reason_and_is_tried_again(site: Web, examiner: FlaskClient) -> None:
    transcript_id = give_up(site, "a", because("storage.legacy", text="<script>broken"))
    page = examiner.get("/transcription").text
    assert "&lt;script&gt;broken" in page and f'href="/calls/{site.call_id("a")}"' in page
    answer = post(examiner, f"/transcription/{transcript_id}/again", form_page="/transcription")
    assert answer.status_code == 302
    page = examiner.get("/transcription").text
    assert "已重新安排转写" in page and "没有放弃的转写" in page
    post(examiner, f"/transcription/{transcript_id}/again", form_page="/transcription")
    assert ("u-examiner", "transcript.again", "recording:1") in site.audit()


def test_known_reasons_are_translated(site: Web, examiner: FlaskClient) -> None:
    give_up(site, "b", because("quality.no_such_side"))
    assert "该录音没有这一声道" in examiner.get("/transcription", headers={"HX-Request": "true"}).text


def test_operators_do_not_see_it(site: Web) -> None:
    assert site.signed_in(Role.OPERATOR).get("/transcription").status_code == 403


def test_programs_see_the_figures_and_try_again(site: Web) -> None:
    transcript_id = give_up(site, "c", because("quality.no_such_side"))
    client, headers = site.client(), site.program(Role.SUPERVISOR)
    shown = client.get("/api/v1/transcription", headers=headers).get_json()
    assert shown["model"] == "" and shown["waiting"].keys() == {"complaint", "chosen", "usual", "old"}
    assert transcript_id in [each["id"] for each in shown["failed"]]
    again = f"/api/v1/transcription/{transcript_id}/again"
    assert client.post(again, headers=headers).get_json() == {"id": transcript_id, "state": "pending"}
    assert client.post(again, headers=headers).status_code == 409
    assert client.post("/api/v1/transcription/99999/again", headers=headers).status_code == 404
