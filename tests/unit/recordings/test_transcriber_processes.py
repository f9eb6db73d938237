"""Real workers: killed in mid-work, fed by a real Redis; nothing is lost, nothing is done twice."""

from __future__ import annotations

import dataclasses
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from redis.exceptions import RedisError

from hotline.bootstrap import Hotline
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.recordings.transcript import Side, TranscriptState, Urgency
from hotline.services.calls.ledger import record
from hotline.services.recordings.transcription import WORKER_LEASE
from hotline.settings.home import TREE
from hotline.storage.alerts import AlertStore
from hotline.storage.leases import LeaseStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from recordings.sound import read_wav, write_wav
from recordings.speech.queue import Feeder, make_queue
from recordings.speech.transcriber import LENT
from tests.support.instance import an_instance
from tests.support.rig import free_port, wait_until
from tests.support.sample_calls import answered_call
from tests.support.vosk_tiny import MODEL, samples


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, datetime.now(UTC), f'[speech]\nmodel = "{MODEL}"\nattempts = 2\n')


def keep(hotline: Hotline, linkedid: str, repeats: int = 1) -> int:
    """A recording in which both sides speak, and wait to be transcribed."""
    now = hotline.clock()
    call = answered_call(linkedid, now - timedelta(hours=1))
    said = np.tile(read_wav(samples()[0][0])[:, 0], repeats)
    record(hotline.storage, call.node, [call], [], lambda _call: None, now)
    with (hotline.home.recordings / f"{linkedid}.wav").open("wb") as file:
        write_wav(file, np.column_stack([said, said]))
    with hotline.storage.writing() as tx:
        [entry] = RecordingStore(tx).of_sources(call.node, [f"{linkedid}.raw"])
        RecordingStore(tx).update(
            dataclasses.replace(entry, state=RecordingState.READY, path=f"{linkedid}.wav", seconds=len(said) / 8000)
        )
        TranscriptStore(tx).ask([entry.id or 0], list(Side), Urgency.USUAL, now)
    return entry.id or 0


def start(hotline: Hotline, **more: str) -> subprocess.Popen[bytes]:
    database = hotline.storage.engine.url.render_as_string(hide_password=False)
    environment = {**os.environ, "HOTLINE_HOME": str(hotline.home.root), "HOTLINE_DATABASE__URL": f'"{database}"'}
    return subprocess.Popen([sys.executable, "-m", "hotline.cli", "transcriber"], cwd=TREE, env={**environment, **more})


def stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(60)


def counts(hotline: Hotline) -> dict[str, int]:
    with hotline.storage.reading() as tx:
        return TranscriptStore(tx).counts()


def in_hand(hotline: Hotline) -> list[int]:
    """Transcripts that a worker has now."""
    with hotline.storage.reading() as tx:
        figures = TranscriptStore(tx).figures(datetime.now(UTC), datetime.now(UTC), datetime.now(UTC))
        return [recording_id for _worker, recording_id in figures.in_work]


def holders(hotline: Hotline) -> list[str]:
    with hotline.storage.reading() as tx:
        return LeaseStore(tx).holders(WORKER_LEASE, datetime.now(UTC))


def test_what_a_worker_had_when_it_was_killed_is_done_by_the_next_and_once(hotline: Hotline) -> None:
    ids = [keep(hotline, f"c{number}", repeats=12) for number in range(2)]
    first = start(hotline)
    try:
        wait_until(lambda: in_hand(hotline), "it has one in hand", 60)
    finally:
        first.kill()
        first.wait()
    assert counts(hotline).get("done", 0) < 4 and len(in_hand(hotline)) == 1
    with hotline.storage.writing() as tx:  # its two minutes are over
        for transcript in [each for recording_id in ids for each in TranscriptStore(tx).of(recording_id)]:
            if transcript.lent_to:
                TranscriptStore(tx).lend(
                    transcript.id or 0, transcript.lent_to, datetime.now(UTC) - timedelta(seconds=1), datetime.now(UTC)
                )
    second, third = start(hotline), start(hotline)
    try:
        wait_until(lambda: counts(hotline) == {"done": 4}, "all four", 120)
    finally:
        stop(second)
        stop(third)
    with hotline.storage.reading() as tx:
        every = [each for recording_id in ids for each in TranscriptStore(tx).of(recording_id)]
    assert len({each.text for each in every}) == 1 and every[0].text and {each.attempts for each in every} == {0}
    assert all(each.lent_to == "" for each in every)


def test_a_worker_tells_that_it_is_alive_and_that_it_has_gone(hotline: Hotline) -> None:
    process = start(hotline)
    try:
        [name] = wait_until(lambda: holders(hotline), "it is alive", 60)
        assert f":{process.pid}:" in str(name)
    finally:
        stop(process)
    assert holders(hotline) == []


def test_a_file_that_cannot_be_read_is_given_up_by_the_real_process(hotline: Hotline) -> None:
    recording_id = keep(hotline, "c1")
    (hotline.home.recordings / "c1.wav").write_bytes(b"no sound")
    with hotline.storage.writing() as tx:  # as after all attempts but the last
        for each in TranscriptStore(tx).of(recording_id):
            TranscriptStore(tx).update(dataclasses.replace(each, attempts=1))
    process = start(hotline)
    try:
        wait_until(lambda: counts(hotline) == {"failed": 2}, "both are given up", 60)
    finally:
        stop(process)
    with hotline.storage.reading() as tx:
        assert {each.state for each in TranscriptStore(tx).of(recording_id)} == {TranscriptState.FAILED}
        assert [alert.kind for alert in AlertStore(tx).open()] == ["transcript"]


@contextmanager
def redis_server(folder: Path, port: int) -> Iterator[str]:
    """The URL of a server of its own."""
    program = shutil.which("redis-server")
    assert program, "redis-server is not installed; scripts/test installs it"
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    try:
        wait_until(lambda: _answers(url), "Redis answers")
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _answers(url: str) -> bool:
    try:
        return len(make_queue(url, Path("unused"))) == 0
    except RedisError:
        return False


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    with redis_server(tmp_path, free_port()) as url:
        yield url


def test_redis_that_is_away_is_waited_for(hotline: Hotline, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    keep(hotline, "c1")
    port, put, stopping = free_port(), list[int](), threading.Event()
    queue = make_queue(f"redis://127.0.0.1:{port}/0", Path("unused"))
    feeder = Feeder(hotline.storage, queue, lambda transcript_id, _priority: put.append(transcript_id), hotline.clock)
    feeding = threading.Thread(target=feeder.run, args=(stopping,))
    feeding.start()
    try:
        wait_until(lambda: "cannot be reached" in caplog.text, "it is told")
        with redis_server(tmp_path, port):
            wait_until(lambda: len(put) >= 2, "both sides are put in")
    finally:
        stopping.set()
        feeding.join(10)


def test_redis_by_setting_carries_the_urgent_first_and_two_workers_share_it(hotline: Hotline, redis: str) -> None:
    ids = [keep(hotline, f"c{number}") for number in range(3)]
    with hotline.storage.writing() as tx:
        assert TranscriptStore(tx).hurry("node1", "c2", Urgency.COMPLAINT) == 2
    queue = make_queue(redis, Path("unused"))
    put: list[int] = []

    @queue.task()
    def transcribe(transcript_id: int) -> None:
        raise AssertionError("nobody takes it here")

    def into(transcript_id: int, priority: int) -> None:
        put.append(transcript_id)
        queue.enqueue(transcribe.s(transcript_id, priority=priority))

    Feeder(hotline.storage, queue, into, hotline.clock).feed()
    with hotline.storage.reading() as tx:
        urgent = {each.id for each in TranscriptStore(tx).of(ids[2])}
    assert set(put[:2]) == urgent
    taken = [queue.dequeue().args[0] for _n in range(2)]
    assert set(taken) == urgent
    queue.flush()
    workers = [start(hotline, HOTLINE_SPEECH__QUEUE=f'"{redis}"') for _n in range(2)]
    try:
        wait_until(lambda: counts(hotline) == {"done": 6}, "all six", 120)
    finally:
        for worker in workers:
            stop(worker)


def test_what_is_lent_is_not_taken_by_another_process(hotline: Hotline) -> None:
    recording_id = keep(hotline, "c1")
    now = datetime.now(UTC)
    with hotline.storage.writing() as tx:
        [caller, _ours] = TranscriptStore(tx).of(recording_id)
        TranscriptStore(tx).lend(caller.id or 0, "another", now + LENT, now)
    process = start(hotline)
    try:
        wait_until(lambda: counts(hotline).get("done") == 1, "the other side", 60)
    finally:
        stop(process)
    assert counts(hotline) == {"done": 1, "pending": 1} and in_hand(hotline) == [recording_id]
