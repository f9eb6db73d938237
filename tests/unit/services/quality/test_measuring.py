"""A finished call is measured and what was found is written down, anew each time."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.quality import Levels
from hotline.domain.quality.results import StoredFinding
from hotline.domain.recordings.transcript import Side, TranscriptState, Urgency
from hotline.services.calls.ledger import record
from hotline.services.quality.measuring import measure_call, talk_recording
from hotline.storage.calls.store import CallStore
from hotline.storage.engine import make_engine
from hotline.storage.quality.findings import FindingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance
from tests.support.sample_calls import MONDAY_TEN, answered_call, bare_call, duty_call
from tests.support.speech import levels, say

NOW = MONDAY_TEN + timedelta(hours=1)
SITE = """
[site]
company = "公司"
"""


@pytest.fixture
def hotline(tmp_path: Path, database: str) -> Hotline:
    return dataclasses.replace(an_instance(tmp_path, NOW, SITE), storage=Storage(make_engine(database)))


def keep(hotline: Hotline, call: Call) -> StoredCall:
    record(hotline.storage, call.node, [call], [], lambda _call: None, NOW)
    with hotline.storage.reading() as tx:
        stored = CallStore(tx).by_id(CallStore(tx).id_of(call.node, call.linkedid) or 0)
    assert stored is not None
    return stored


def measured(hotline: Hotline, stored: StoredCall, sound: Levels | None = None) -> list[StoredFinding]:
    with hotline.storage.writing() as tx:
        measure_call(tx, hotline.settings, stored, sound, NOW)
    with hotline.storage.reading() as tx:
        return FindingStore(tx).of(stored.call.node, stored.call.linkedid)


def heard(hotline: Hotline, stored: StoredCall, **words: str) -> None:
    """Keep transcripts: what each side said from the talk's begin on."""
    entry = talk_recording(stored)
    assert entry is not None and entry.id is not None
    with hotline.storage.writing() as tx:
        assert TranscriptStore(tx).ask([entry.id], list(Side), Urgency.USUAL, NOW) == 2
        for transcript in TranscriptStore(tx).due(NOW, 10):
            text = words.get(transcript.side.name.lower(), "")
            done = dataclasses.replace(transcript, state=TranscriptState.DONE, words=say(text, 31.0), finished_at=NOW)
            TranscriptStore(tx).update(done)


def test_a8_is_found_by_the_ledger_alone(hotline: Hotline) -> None:
    found = {(f.finding.kind, f.finding.breach) for f in measured(hotline, keep(hotline, answered_call()))}
    assert ("answer_seconds", True) in found and ("answer_rings", False) in found
    assert not any(kind == "opening" for kind, _breach in found)


def test_the_findings_of_each_operator_are_theirs(hotline: Hotline) -> None:
    stored = keep(hotline, answered_call())
    heard(hotline, stored, ours="您好 公司 为 您 服务 这个 不 归 我 管")
    found = measured(hotline, stored)
    [forbidden] = [f for f in found if f.finding.rule == "C4"]
    assert (forbidden.extension, forbidden.finding.words, forbidden.finding.start) == ("1002", "不归我管", 35.0)
    assert {f.extension for f in found} == {"1001", "1002"}
    assert [f.finding.breach for f in found if f.finding.kind == "opening"] == [False]


def test_measuring_again_puts_the_new_in_place_of_the_old(hotline: Hotline) -> None:
    stored = keep(hotline, answered_call())
    before = measured(hotline, stored)
    assert measured(hotline, stored) == before
    heard(hotline, stored, ours="您好")
    assert len(measured(hotline, stored, levels(200, [(31, 35)], [(36, 60)]))) > len(before)
    with hotline.storage.reading() as tx:
        score = FindingStore(tx).score("node1", stored.call.linkedid)
    assert score is not None and score.extension == "1002"
    assert (score.measures["transcribed"], score.measures["sound"]) == (True, True)


@pytest.mark.parametrize("call", [duty_call(), bare_call(), dataclasses.replace(answered_call(), ended_at=None)])
def test_what_no_operator_had_or_still_lasts_is_not_measured(hotline: Hotline, call: Call) -> None:
    assert measured(hotline, keep(hotline, call)) == []


def test_hostile_words_are_kept_as_they_are(hotline: Hotline) -> None:
    stored = keep(hotline, answered_call())
    heard(hotline, stored, ours="<script>alert(1)</script>'\" \u202e🎉 不 归 我 管")
    assert any(f.finding.rule == "C4" for f in measured(hotline, stored))


def test_transcripts_wait_by_priority_and_are_asked_for_once(hotline: Hotline) -> None:
    with hotline.storage.writing() as tx:
        assert TranscriptStore(tx).ask([1, 2], [Side.OURS], Urgency.USUAL, NOW) == 2
        assert TranscriptStore(tx).ask([2], [Side.OURS], Urgency.COMPLAINT, NOW) == 0
        assert TranscriptStore(tx).ask([1], [Side.OURS], Urgency.OLD, NOW) == 0
        assert [(t.recording_id, t.priority) for t in TranscriptStore(tx).due(NOW, 5)] == [(2, 0), (1, 5)]
        assert TranscriptStore(tx).counts() == {"pending": 2}


def test_a_transcript_is_lent_to_one_worker_at_a_time(hotline: Hotline) -> None:
    later = NOW + timedelta(minutes=2)
    with hotline.storage.writing() as tx:
        TranscriptStore(tx).ask([1], [Side.OURS], Urgency.USUAL, NOW)
        [wanted] = TranscriptStore(tx).due(NOW, 5)
        assert wanted.id is not None
        assert TranscriptStore(tx).lend(wanted.id, "a", later, NOW) is not None
        assert TranscriptStore(tx).due(NOW, 5) == []
        assert TranscriptStore(tx).lend(wanted.id, "b", later, NOW) is None
        assert TranscriptStore(tx).lend(wanted.id, "a", later + timedelta(minutes=1), NOW) is not None
        assert TranscriptStore(tx).lend(wanted.id, "b", later, later) is None
        assert TranscriptStore(tx).lend(wanted.id, "b", later, later + timedelta(minutes=1)) is not None
        TranscriptStore(tx).update(dataclasses.replace(wanted, state=TranscriptState.DONE))
        assert TranscriptStore(tx).lend(wanted.id, "a", later, later) is None
