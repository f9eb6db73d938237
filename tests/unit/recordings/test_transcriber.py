"""Transcribing: nothing is lost, nothing is done twice, what cannot be done is given up with its reason."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from unittest import mock

import numpy as np
import pytest

from hotline.bootstrap import Hotline
from hotline.domain.people import Actor, Role
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.recordings.transcript import Side, Transcript, TranscriptState, Urgency, Word
from hotline.services.calls.ledger import record
from hotline.services.settings.settings import change_settings
from hotline.settings.home import TREE
from hotline.storage.alerts import AlertStore
from hotline.storage.quality.findings import FindingStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from recordings.evaluation import Evaluation, read_once, sound_reader
from recordings.sound import Samples, read_wav, write_wav
from recordings.speech import queue as queue_module
from recordings.speech.queue import IN_QUEUE, Feeder, make_queue
from recordings.speech.transcriber import LENT, Transcriber
from tests.support.instance import StandingClock, an_instance, run, run_json
from tests.support.rig import wait_until
from tests.support.sample_calls import MONDAY_TEN, answered_call
from tests.support.vosk_tiny import MODEL, samples

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
NOW = MONDAY_TEN + timedelta(hours=1)


class Heard:
    """A recogniser that hears one word, and what else a test has it do meanwhile."""

    engine, model = "heard", "none"

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.meanwhile, self.times = meanwhile, 0

    def words(self, one_side: Samples) -> tuple[Word, ...]:
        self.times += 1
        self.meanwhile()
        return (Word("您好", 0.5, 1.0, 0.9),)


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, NOW)


def keep_recording(hotline: Hotline, sound: Samples | None = None) -> RecordingEntry:
    """A finished call with its recording in the store."""
    call = answered_call()
    record(hotline.storage, call.node, [call], [], lambda _call: None, NOW)
    with hotline.storage.writing() as tx:
        [entry] = RecordingStore(tx).of_sources(call.node, [f"{call.linkedid}.raw"])
        entry = dataclasses.replace(entry, state=RecordingState.READY, path="talk.wav", seconds=2.0)
        RecordingStore(tx).update(entry)
    with (hotline.home.recordings / "talk.wav").open("wb") as file:
        write_wav(file, np.zeros((16000, 2), np.int16) if sound is None else sound)
    return entry


def ask(hotline: Hotline, entry: RecordingEntry) -> list[Transcript]:
    with hotline.storage.writing() as tx:
        TranscriptStore(tx).ask([entry.id or 0], list(Side), Urgency.USUAL, NOW)
        return TranscriptStore(tx).of(entry.id or 0)


def of(hotline: Hotline, entry: RecordingEntry) -> list[Transcript]:
    with hotline.storage.reading() as tx:
        return TranscriptStore(tx).of(entry.id or 0)


def a_worker(hotline: Hotline, recogniser: Heard, name: str = "a", told: list | None = None) -> Transcriber:
    heard = told if told is not None else []
    return Transcriber(
        hotline.storage,
        name,
        lambda: recogniser,
        sound_reader(hotline.files),
        lambda entry, sound: heard.append(entry.id),
        lambda: 3,
        hotline.clock,
    )


def test_each_side_is_transcribed_and_the_call_measured_when_both_are(hotline: Hotline) -> None:
    entry = keep_recording(hotline)
    told: list[object] = []
    wanted = ask(hotline, entry)
    worker = a_worker(hotline, Heard(), told=told)
    assert worker.one(wanted[0].id or 0) is TranscriptState.DONE and told == []
    assert worker.one(wanted[1].id or 0) is TranscriptState.DONE and told == [entry.id]
    assert [(t.text, t.confidence, t.engine, t.lent_to) for t in of(hotline, entry)] == [("您好", 0.9, "heard", "")] * 2


def test_what_is_done_or_lent_is_not_done_again(hotline: Hotline) -> None:
    wanted = ask(hotline, keep_recording(hotline))[0].id or 0
    heard = Heard()
    with hotline.storage.writing() as tx:
        TranscriptStore(tx).lend(wanted, "b", NOW + LENT, NOW)
    assert a_worker(hotline, heard).one(wanted) is None
    assert a_worker(hotline, heard, "b").one(wanted) is TranscriptState.DONE
    assert a_worker(hotline, heard, "b").one(wanted) is None and heard.times == 1


def test_a_worker_that_was_too_slow_does_not_overwrite_what_another_did(hotline: Hotline) -> None:
    entry = keep_recording(hotline)
    wanted = ask(hotline, entry)[0].id or 0
    clock = hotline.clock
    assert isinstance(clock, StandingClock)

    def another() -> None:
        clock.advance(minutes=3)
        assert a_worker(hotline, Heard(), "fast").one(wanted) is TranscriptState.DONE

    assert a_worker(hotline, Heard(another), "slow").one(wanted) is None
    assert of(hotline, entry)[0].state is TranscriptState.DONE


def test_a_file_that_is_away_is_tried_again_later_and_then_given_up_with_an_alert(hotline: Hotline) -> None:
    entry = keep_recording(hotline)
    wanted = ask(hotline, entry)[0].id or 0
    (hotline.home.recordings / "talk.wav").unlink()
    clock = hotline.clock
    assert isinstance(clock, StandingClock)
    worker = a_worker(hotline, Heard())
    assert worker.one(wanted) is TranscriptState.PENDING
    assert worker.one(wanted) is None  # not before its time
    clock.advance(minutes=1)
    assert worker.one(wanted) is TranscriptState.PENDING
    clock.advance(minutes=2)
    assert worker.one(wanted) is TranscriptState.FAILED
    assert "No such file" in str(of(hotline, entry)[0].problem)
    with hotline.storage.reading() as tx:
        assert [(a.kind, a.object) for a in AlertStore(tx).open()] == [("transcript", str(entry.id))]


def test_a_recording_that_is_gone_or_has_no_such_side_is_given_up(hotline: Hotline) -> None:
    entry = keep_recording(hotline, np.zeros((8000, 1), np.int16))
    wanted = ask(hotline, entry)
    assert a_worker(hotline, Heard()).one(wanted[1].id or 0) is TranscriptState.FAILED
    with hotline.storage.writing() as tx:
        RecordingStore(tx).update(dataclasses.replace(entry, state=RecordingState.MISSING))
    assert a_worker(hotline, Heard()).one(wanted[0].id or 0) is TranscriptState.FAILED


def test_the_best_priority_goes_first_and_what_the_queue_loses_is_put_in_anew(hotline: Hotline) -> None:
    queue = make_queue("", hotline.home.speech_queue)
    put: list[tuple[int, int]] = []

    @queue.task()
    def work_on(transcript_id: int) -> None:
        raise AssertionError("nobody takes it here")

    def into(transcript_id: int, priority: int) -> None:
        put.append((transcript_id, priority))
        queue.enqueue(work_on.s(transcript_id, priority=priority))

    with hotline.storage.writing() as tx:
        TranscriptStore(tx).ask(list(range(1, 9)), [Side.OURS], Urgency.USUAL, NOW)
        TranscriptStore(tx).ask([7], [Side.OURS], Urgency.COMPLAINT, NOW)
    feeder = Feeder(hotline.storage, queue, into, hotline.clock)
    assert feeder.feed() == IN_QUEUE and feeder.feed() == 0
    assert put[0] == (7, 9)
    queue.dequeue()
    assert feeder.feed() == 1 and len({transcript_id for transcript_id, _p in put}) == IN_QUEUE + 1
    queue.flush()  # a worker took them and died, or the queue was lost
    assert feeder.feed() == IN_QUEUE and put[-IN_QUEUE][0] == 7


def test_what_one_feeder_has_put_in_no_other_puts_in_again(hotline: Hotline) -> None:
    queue = make_queue("", hotline.home.speech_queue)

    @queue.task()
    def work_on(transcript_id: int) -> None:
        raise AssertionError("nobody takes it here")

    def into(transcript_id: int, priority: int) -> None:
        queue.enqueue(work_on.s(transcript_id, priority=priority))

    with hotline.storage.writing() as tx:
        TranscriptStore(tx).ask(list(range(1, 9)), [Side.OURS], Urgency.USUAL, NOW)
    feeders = [Feeder(hotline.storage, queue, into, hotline.clock) for _process in range(2)]
    taken: list[int] = []
    for turn in range(8):
        for feeder in feeders:
            feeder.feed()
        taken.append(queue.dequeue().args[0])
        with hotline.storage.writing() as tx:
            assert TranscriptStore(tx).lend(taken[-1], f"worker-{turn}", NOW + LENT, NOW)
    assert sorted(taken) == sorted(set(taken)) and not queue.pending()


def test_room_in_the_queue_is_filled_before_the_next_look(hotline: Hotline) -> None:
    queue, fed, stop = make_queue("", hotline.home.speech_queue), threading.Event(), threading.Event()
    feeder = Feeder(hotline.storage, queue, lambda _id, _priority: fed.set(), hotline.clock)
    worker = dataclasses.replace(a_worker(hotline, Heard()), taken=feeder.look)
    entry = keep_recording(hotline)
    with mock.patch.object(queue_module, "LOOK_SECONDS", 3600.0):
        running = threading.Thread(target=feeder.run, args=(stop,))
        running.start()
        first, _second = ask(hotline, entry)
        worker.one(first.id or 0)
        assert fed.wait(20)
        stop.set()
        feeder.look()
        running.join(20)
    assert not running.is_alive()


@pytest.mark.parametrize(("hours", "breach"), [(-2, False), (0, True)])
def test_a_call_is_measured_by_the_figures_of_its_own_moment(hotline: Hotline, hours: int, breach: bool) -> None:
    """Whoever decides that callers may wait longer (A8) changes nothing for a call of an hour ago."""
    entry = keep_recording(hotline)
    decided_at = NOW + timedelta(hours=hours)
    change_settings(hotline.in_force, ADMIN, {"rules.answered.most_seconds": 600}, decided_at)
    Evaluation(hotline.storage, hotline.in_force, hotline.clock).measure(entry, np.zeros((16000, 2), np.int16))
    with hotline.storage.reading() as tx:
        found = {each.finding.kind: each.finding.breach for each in FindingStore(tx).of(entry.node, entry.linkedid)}
    assert found["answer_seconds"] is breach


# ---- the real process with the real Vosk
@pytest.fixture
def spoken(hotline: Hotline) -> RecordingEntry:
    """A call in which the caller complains and the operator greets."""
    said = {file.stem: read_wav(file)[:, 0] for file, _text in samples()}
    length = max(len(said["complaint"]), len(said["greeting_closing"]))
    both = np.zeros((length, 2), np.int16)
    both[: len(said["complaint"]), 0] = said["complaint"]
    both[: len(said["greeting_closing"]), 1] = said["greeting_closing"]
    entry = keep_recording(hotline, both)
    ask(hotline, entry)
    Evaluation(hotline.storage, hotline.in_force, hotline.clock).measure(entry, both)
    return entry


def start(hotline: Hotline) -> subprocess.Popen[bytes]:
    database = hotline.storage.engine.url.render_as_string(hide_password=False)
    environment = {**os.environ, "HOTLINE_HOME": str(hotline.home.root), "HOTLINE_DATABASE__URL": f'"{database}"'}
    return subprocess.Popen([sys.executable, "-m", "hotline.cli", "transcriber"], cwd=TREE, env=environment)


def test_a_model_is_installed_used_and_transcribes_what_a_killed_worker_left(
    hotline: Hotline, spoken: RecordingEntry
) -> None:
    run(hotline, "model", "install", str(MODEL), "--name", "tiny")
    assert [m["name"] for m in run_json(hotline, "model", "list")] == ["tiny"]
    with hotline.storage.writing() as tx:  # as if a worker had died with it in hand a while ago
        [first, _second] = TranscriptStore(tx).of(spoken.id or 0)
        TranscriptStore(tx).lend(first.id or 0, "dead", NOW + LENT, NOW)
    process = start(hotline)  # which waits: no model is chosen yet
    try:
        assert "within ten seconds" in run(hotline, "model", "use", "tiny").output
        wait_until(lambda: all(t.state is TranscriptState.DONE for t in of(hotline, spoken)), "both transcripts", 60)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    caller, ours = of(hotline, spoken)
    assert "我要投诉" in caller.text and ours.text.startswith("您好很高兴为您服务")
    with hotline.storage.reading() as tx:
        rules = {f.finding.rule for f in FindingStore(tx).of(spoken.node, spoken.linkedid)}
    assert {"A8", "C8"} <= rules


def test_an_unknown_model_is_refused_and_the_settings_stay(hotline: Hotline) -> None:
    before = hotline.home.settings_file.read_text("utf-8")
    assert "no speech model nothing" in run(hotline, "model", "use", "nothing").output
    assert hotline.home.settings_file.read_text("utf-8") == before


def test_a_recording_is_decoded_once_for_both_of_its_sides() -> None:
    entries = [RecordingEntry("node1", f"a.{n}", "talk", "", NOW, path=f"a.{n}.flac", sha256=str(n)) for n in range(2)]
    changed = dataclasses.replace(entries[0], sha256="another")
    decoded: list[RecordingEntry] = []

    def decode(entry: RecordingEntry) -> np.ndarray:
        decoded.append(entry)
        return np.full((8000, 2), len(decoded), np.int16)

    read = read_once(decode)
    asked = [entries[0], entries[0], entries[1], entries[1], entries[0], changed]
    assert [int(read(entry)[0, 0]) for entry in asked] == [1, 1, 2, 2, 3, 4]
    assert decoded == [entries[0], entries[1], entries[0], changed]
