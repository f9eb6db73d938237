"""C12: whether a call is a complaint is often written down only after it was measured."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.recordings.transcript import Side, TranscriptState, Urgency
from hotline.services.calls.ledger import record
from hotline.services.forms.forms import form_of
from hotline.services.quality.complaints import measure_late
from hotline.services.quality.measuring import measure_call, talk_recording
from hotline.storage.calls.store import CallStore
from hotline.storage.engine import make_engine
from hotline.storage.forms.store import FormStore
from hotline.storage.quality.findings import FindingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance
from tests.support.sample_calls import MONDAY_TEN, answered_call
from tests.support.sample_forms import open_form
from tests.support.speech import say

NOW = MONDAY_TEN + timedelta(hours=1)


@pytest.fixture
def hotline(tmp_path: Path, database: str) -> Hotline:
    site = '[site]\ncompany = "公司"\n'
    return dataclasses.replace(an_instance(tmp_path, NOW, site), storage=Storage(make_engine(database)))


@pytest.fixture
def stored(hotline: Hotline) -> StoredCall:
    """Measured with its transcript: our side said neither an apology nor anything forbidden."""
    call = answered_call()
    record(hotline.storage, call.node, [call], [], lambda _call: None, NOW)
    with hotline.storage.writing() as tx:
        found = CallStore(tx).by_id(CallStore(tx).id_of(call.node, call.linkedid) or 0)
        assert found is not None
        entry = talk_recording(found)
        assert entry is not None and entry.id is not None
        TranscriptStore(tx).ask([entry.id], list(Side), Urgency.USUAL, NOW)
        for each in TranscriptStore(tx).due(NOW, 10):
            words = say("好的 我 记下 了", 40.0)
            done = dataclasses.replace(each, state=TranscriptState.DONE, words=words, finished_at=NOW)
            TranscriptStore(tx).update(done)
        form = form_of(tx, call.node, call.linkedid)
        if form is None:
            FormStore(tx).add([open_form(call, NOW, "1001")])
        measure_call(tx, hotline.settings, found, None, NOW)
    return found


def complain(hotline: Hotline, stored: StoredCall, complaint: bool | None) -> None:
    with hotline.storage.writing() as tx:
        form = form_of(tx, stored.call.node, stored.call.linkedid)
        assert form is not None
        written = dataclasses.replace(form, complaint=complaint, version=form.version + 1, updated_at=NOW)
        assert FormStore(tx).update(written, form.version)


def apologies(hotline: Hotline, stored: StoredCall) -> list[bool]:
    with hotline.storage.reading() as tx:
        found = FindingStore(tx).of(stored.call.node, stored.call.linkedid)
    return [each.finding.breach for each in found if each.finding.rule == "C12"]


def test_what_is_written_down_later_is_measured_then(hotline: Hotline, stored: StoredCall) -> None:
    assert apologies(hotline, stored) == []
    assert measure_late(hotline.storage, hotline.in_force, NOW) == 0
    with hotline.storage.reading() as tx:
        before = FindingStore(tx).of(stored.call.node, stored.call.linkedid)
        score = FindingStore(tx).score(stored.call.node, stored.call.linkedid)
    complain(hotline, stored, True)
    assert measure_late(hotline.storage, hotline.in_force, NOW) == 1
    assert apologies(hotline, stored) == [True]
    with hotline.storage.reading() as tx:
        after = FindingStore(tx).of(stored.call.node, stored.call.linkedid)
        anew = FindingStore(tx).score(stored.call.node, stored.call.linkedid)
    assert [each for each in after if each.finding.rule != "C12"] == before, "all else that was found stays"
    assert score is not None and anew is not None
    assert anew.measures["breaches"] == int(str(score.measures["breaches"])) + 1
    assert measure_late(hotline.storage, hotline.in_force, NOW) == 0, "once is enough"


def test_a_complaint_that_was_none_is_measured_back(hotline: Hotline, stored: StoredCall) -> None:
    with hotline.storage.reading() as tx:
        before = FindingStore(tx).score(stored.call.node, stored.call.linkedid)
    complain(hotline, stored, True)
    measure_late(hotline.storage, hotline.in_force, NOW)
    complain(hotline, stored, False)
    assert measure_late(hotline.storage, hotline.in_force, NOW) == 1
    assert apologies(hotline, stored) == []
    with hotline.storage.reading() as tx:
        after = FindingStore(tx).score(stored.call.node, stored.call.linkedid)
    assert before is not None and after is not None and after.measures == before.measures


def test_what_was_written_long_ago_is_left_alone(hotline: Hotline, stored: StoredCall) -> None:
    complain(hotline, stored, True)
    assert measure_late(hotline.storage, hotline.in_force, NOW + timedelta(days=4)) == 0
    assert apologies(hotline, stored) == []
