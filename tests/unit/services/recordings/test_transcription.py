"""Transcription at work: figures, what goes first, what is tried again, what is asked of old."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.cases.case import CaseKind
from hotline.domain.errors import Conflict, NotFound
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.recordings.transcript import Side, TranscriptState, Urgency
from hotline.services.calls.ledger import record
from hotline.services.cases.opening import NewCase, open_case
from hotline.services.consequences import consequences
from hotline.services.forms.saving import form_of_call, save_form
from hotline.services.recordings import transcription
from hotline.services.recordings.transcription import OLD_WAITING, WORKER_LEASE, OldRecordings, progress, try_again
from hotline.settings import Home, Settings, load_settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.leases import LeaseStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage
from tests.support.said import hear, keep_said
from tests.support.sample_calls import MONDAY_TEN, answered_call

NOW = MONDAY_TEN + timedelta(hours=1)
SUPERVISOR = Actor("li", (Role.SUPERVISOR,), "李", 1, "1009")


@pytest.fixture
def with_model(tmp_path: Path) -> Settings:
    return load_settings(Home(tmp_path), {"HOTLINE_SPEECH__MODEL": '"tiny"'})


def keep_waiting(storage: Storage, settings: Settings, linkedid: str = "c1", start: datetime = MONDAY_TEN) -> int:
    """A call with its record, whose recording waits to be transcribed. The recording."""
    call = answered_call(linkedid, start)
    record(storage, call.node, [call], [], lambda _call: None, NOW, also=consequences(settings))
    with storage.writing() as tx:
        [entry] = RecordingStore(tx).of_sources(call.node, [f"{linkedid}.raw"])
        RecordingStore(tx).update(dataclasses.replace(entry, state=RecordingState.READY, path="x", seconds=60.0))
        TranscriptStore(tx).ask([entry.id or 0], list(Side), Urgency.USUAL, NOW)
    return entry.id or 0


def priorities(storage: Storage, recording_id: int) -> set[int]:
    with storage.reading() as tx:
        return {each.priority for each in TranscriptStore(tx).of(recording_id)}


def fail(storage: Storage, recording_id: int, side: Side = Side.OURS) -> int:
    with storage.writing() as tx:
        wanted = next(each for each in TranscriptStore(tx).of(recording_id) if each.side is side)
        TranscriptStore(tx).update(
            dataclasses.replace(
                wanted,
                state=TranscriptState.FAILED,
                attempts=3,
                problem=because("quality.no_such_side"),
                finished_at=NOW,
            )
        )
        return wanted.id or 0


def test_a_record_that_becomes_a_complaint_brings_its_call_to_the_front(storage: Storage, with_model: Settings) -> None:
    recording_id, other = keep_waiting(storage, with_model), keep_waiting(storage, with_model, "c2")
    with storage.reading() as tx:
        call_id = CallStore(tx).id_of("node1", "c1") or 0
    form = form_of_call(storage, with_model, call_id, {}, None, SUPERVISOR, NOW)
    save_form(storage, with_model, form.id, form.version, {"content": "x"}, SUPERVISOR, NOW)
    assert priorities(storage, recording_id) == {Urgency.USUAL}
    save_form(storage, with_model, form.id, form.version + 1, {"complaint": True}, SUPERVISOR, NOW)
    assert priorities(storage, recording_id) == {Urgency.COMPLAINT}
    assert priorities(storage, other) == {Urgency.USUAL}


def test_so_does_a_case(storage: Storage, with_model: Settings) -> None:
    recording_id = keep_waiting(storage, with_model)
    with storage.reading() as tx:
        form = FormStore(tx).of_calls("node1", ["c1"])["c1"]
    open_case(storage, with_model, NewCase(CaseKind.REQUEST, "换货", form_id=form.id), SUPERVISOR, NOW)
    assert priorities(storage, recording_id) == {Urgency.COMPLAINT}


def test_the_figures_say_what_waits_what_is_done_and_who_lives(storage: Storage, with_model: Settings) -> None:
    waiting = keep_waiting(storage, with_model)
    keep_said(storage, answered_call("d1"), NOW, "好", "好")
    fail(storage, waiting)
    with storage.writing() as tx:
        [caller, _ours] = TranscriptStore(tx).of(waiting)
        TranscriptStore(tx).lend(caller.id or 0, "w1", NOW + timedelta(minutes=2), NOW)
        LeaseStore(tx).acquire(f"{WORKER_LEASE}w1", "w1", NOW, 45)
        LeaseStore(tx).acquire(f"{WORKER_LEASE}w0", "w0", NOW - timedelta(minutes=5), 45)
        LeaseStore(tx).acquire("jobs", "host", NOW, 45)
    keep_waiting(storage, with_model, "c2")
    with storage.reading() as tx:
        shown = progress(tx, with_model, NOW)
    figures = shown.figures
    assert (shown.model, shown.workers) == ("tiny", ("w1",))
    assert (dict(figures.by_priority), figures.later) == ({Urgency.USUAL: 1}, 0)
    assert list(figures.in_work) == [("w1", waiting)] and figures.oldest == NOW
    assert (figures.done_today, figures.failed_today, figures.done_lately, figures.seconds_lately) == (1, 1, 1, 60.0)
    assert [(each.transcript.problem, each.call_id) for each in shown.failed] == [(because("quality.no_such_side"), 1)]
    with storage.writing() as tx:
        LeaseStore(tx).forget_expired(WORKER_LEASE, NOW)
        assert LeaseStore(tx).holders("", NOW - timedelta(hours=1)) == ["host", "w1"]
        late = progress(tx, with_model, NOW + timedelta(days=1))
    assert (late.figures.done_today, late.figures.done_lately, late.workers) == (0, 0, ())
    assert late.figures.by_priority == {Urgency.USUAL: 2}  # who had it is dead


def test_what_was_given_up_is_tried_again_once(storage: Storage, with_model: Settings) -> None:
    transcript_id = fail(storage, keep_waiting(storage, with_model))
    again = try_again(storage, transcript_id, SUPERVISOR, NOW)
    assert (again.state, again.attempts, again.problem, again.priority) == (
        TranscriptState.PENDING,
        0,
        None,
        Urgency.CHOSEN,
    )
    with pytest.raises(Conflict, match=r"^quality.transcript_not_given_up"):
        try_again(storage, transcript_id, SUPERVISOR, NOW)
    with pytest.raises(NotFound):
        try_again(storage, 999, SUPERVISOR, NOW)
    with storage.reading() as tx:
        assert [(e["who"], e["action"]) for e in AuditLog(tx).latest(1)] == [("li", "transcript.again")]


def old_recordings(storage: Storage, count: int) -> None:
    """From before transcripts were asked for."""
    calls = [answered_call(f"old{n}") for n in range(count)]
    record(storage, "node1", calls, [], lambda _call: None, NOW)
    with storage.writing() as tx:
        for entry in RecordingStore(tx).of_sources("node1", [f"{call.linkedid}.raw" for call in calls]):
            RecordingStore(tx).update(dataclasses.replace(entry, state=RecordingState.READY, path="x", seconds=1.0))


def test_old_recordings_are_asked_for_in_parts_the_newest_first_and_last_in_line(
    storage: Storage, with_model: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcription, "OLD_AT_ONCE", 7)
    monkeypatch.setattr(transcription, "OLD_WAITING", 6)
    old_recordings(storage, 10)
    keep_said(storage, answered_call("new"), NOW, "好", "好")
    old = OldRecordings(storage, lambda: with_model)
    assert (old.ask(NOW), old.ask(NOW)) == (6, 0)  # enough of them wait
    with storage.writing() as tx:
        assert {each.priority for each in TranscriptStore(tx).due(NOW, 100)} == {Urgency.OLD}
        newest = max(each.recording_id for each in TranscriptStore(tx).due(NOW, 100))
    assert newest == 10
    asked = 6
    for _turn in range(20):
        with storage.reading() as tx:
            waiting = TranscriptStore(tx).due(NOW, 100)
        for each in waiting:
            hear(storage, each.recording_id, each.side, "好", NOW)
        asked += old.ask(NOW)
    assert asked == 20 and old.done and OLD_WAITING == 200


def test_without_a_model_nothing_is_asked_for(storage: Storage, tmp_path: Path) -> None:
    old_recordings(storage, 2)
    assert OldRecordings(storage, lambda: load_settings(Home(tmp_path), {})).ask(NOW) == 0
