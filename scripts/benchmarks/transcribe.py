"""Seconds of sound transcribed a second: ours, from database to database, beside bare libvosk on the same files.

Recordings of two sides, put together from utterances of espeak-ng, and the small model that knows its voices. Ours is
`hotline transcriber` as it is: queue, lending, reading from the store, words and index written, the call measured by
the rules. The reference reads the same files and throws the words away. Both at the lowest priority, with one and
two processes, each with its model loaded before the clock starts.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import psutil

from hotline.bootstrap import Hotline, bootstrap
from hotline.cli.processes.transcriber import LOWEST_PRIORITY
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.recordings.transcript import Side, Urgency
from hotline.services.calls.ledger import record
from hotline.services.recordings.transcription import WORKER_LEASE
from hotline.settings import Home, load_settings
from hotline.settings.home import TREE
from hotline.storage.engine import database_url
from hotline.storage.leases import LeaseStore
from hotline.storage.migrate import upgrade
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from recordings.sound import RATE, read_wav, write_wav
from scripts.benchmarks._result import Result
from tests.support.rig import wait_until
from tests.support.sample_calls import answered_call
from tests.support.vosk_tiny import MODEL, samples

RECORDINGS = 96
SECONDS = 60
_PATIENCE = 300


def run(say: Callable[[str], None], recordings: int = RECORDINGS) -> Iterator[Result]:
    sound = 2.0 * SECONDS * recordings
    with tempfile.TemporaryDirectory() as folder:
        files = list(_files(Path(folder), recordings))
        for workers in (1, 2):
            theirs = _bare(files, workers)
            say(f"  bare libvosk, {workers}: {theirs[0]:.1f} s, {theirs[1]:.1f} s of CPU")
            ours = _ours(Path(folder) / f"home-{workers}", files, workers)
            say(f"  hotline transcriber, {workers}: {ours[0]:.1f} s, {ours[1]:.1f} s of CPU")
            of = f"{workers} worker{'s'[: workers - 1]}"
            notes = f"{recordings} recordings of {SECONDS} s, two sides each"
            for what, mine, other in (("a second", ours[0], theirs[0]), ("a second of CPU", ours[1], theirs[1])):
                yield Result(
                    "transcribe",
                    f"sound transcribed {what}, {of}",
                    sound / mine,
                    sound / other,
                    "bare libvosk",
                    "s/s",
                    notes,
                )


def _files(folder: Path, count: int) -> Iterator[Path]:
    """Two people who speak in turns, as in a call: no side is silent for long, none is ever loud alone."""
    said = [read_wav(file)[:, 0] for file, _text in samples()]
    for number in range(count):
        both = np.zeros((SECONDS * RATE, 2), np.int16)
        at, turn = 0, number
        while at + len(said[turn % len(said)]) < len(both):
            utterance = said[turn % len(said)]
            both[at : at + len(utterance), turn % 2] = utterance
            at, turn = at + len(utterance) + RATE // 2, turn + 1
        path = folder / f"{number}.wav"
        with path.open("wb") as file:
            write_wav(file, both)
        yield path


def _bare(files: list[Path], workers: int) -> tuple[float, float]:
    """Seconds that so many processes take, on the clock and of CPU."""
    context = multiprocessing.get_context("spawn")
    ready, done = context.Barrier(workers + 1), context.Queue()
    processes = [context.Process(target=_recognise, args=(files[n::workers], ready, done)) for n in range(workers)]
    for process in processes:
        process.start()
    ready.wait(_PATIENCE)
    began = perf_counter()
    used = sum(done.get(timeout=_PATIENCE) for _process in processes)
    seconds = perf_counter() - began
    for process in processes:
        process.join(_PATIENCE)
    return seconds, used


def _recognise(files: list[Path], ready: Barrier, done: Queue[float]) -> None:
    import vosk

    os.nice(LOWEST_PRIORITY)
    vosk.SetLogLevel(-1)
    model = vosk.Model(str(MODEL))
    ready.wait(_PATIENCE)
    before = process_time()
    for file in files:
        sound = read_wav(file)
        for side in Side:
            recogniser = vosk.KaldiRecognizer(model, RATE)
            recogniser.SetWords(True)
            one_side = np.ascontiguousarray(sound[:, side], "<i2").tobytes()
            for start in range(0, len(one_side), 4000):
                if recogniser.AcceptWaveform(one_side[start : start + 4000]):
                    recogniser.Result()
            recogniser.FinalResult()
    done.put(process_time() - before)


def _ours(folder: Path, files: list[Path], workers: int) -> tuple[float, float]:
    """Seconds from asking for all transcripts to having them, on the clock and of the workers' CPU."""
    home = Home(folder)
    home.create()
    home.settings_file.write_text(f'[speech]\nmodel = "{MODEL}"\n', "utf-8")
    upgrade(database_url(load_settings(home), home))
    hotline = bootstrap(home)
    ids = _keep(hotline, [files[0], *files])
    environment = {**os.environ, "HOTLINE_HOME": str(home.root)}
    command = [sys.executable, "-m", "hotline.cli", "transcriber"]
    processes = [
        subprocess.Popen(command, cwd=TREE, env=environment, stderr=subprocess.DEVNULL) for _n in range(workers)
    ]
    try:
        wait_until(lambda: len(_alive(hotline)) == workers, "the workers are alive", _PATIENCE)
        _transcribe(hotline, ids[:1], 2)  # with it the model is loaded
        began, before = perf_counter(), _cpu(processes)
        _transcribe(hotline, ids[1:], 2 * len(ids))
        return perf_counter() - began, _cpu(processes) - before
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(30)
        hotline.storage.close()


def _transcribe(hotline: Hotline, ids: list[int], done: int) -> None:
    """Ask for these, and wait until so many are done."""
    with hotline.storage.writing() as tx:
        TranscriptStore(tx).ask(ids, list(Side), Urgency.USUAL, hotline.clock())
    wait_until(lambda: _done(hotline) == done, "all transcripts", _PATIENCE)


def _keep(hotline: Hotline, files: list[Path]) -> list[int]:
    """The files as recordings of finished calls in the store."""
    start = datetime.now(UTC) - timedelta(hours=1)
    calls = [answered_call(f"c{number}", start) for number in range(len(files))]
    record(hotline.storage, "node1", calls, [], lambda _call: None, start)
    ids: list[int] = []
    with hotline.storage.writing() as tx:
        for file, call in zip(files, calls, strict=True):
            [entry] = RecordingStore(tx).of_sources("node1", [f"{call.linkedid}.raw"])
            path = f"{call.linkedid}.wav"
            (hotline.home.recordings / path).write_bytes(file.read_bytes())
            RecordingStore(tx).update(replace(entry, state=RecordingState.READY, path=path, seconds=float(SECONDS)))
            ids.append(entry.id or 0)
    return ids


def _cpu(processes: list[subprocess.Popen[bytes]]) -> float:
    times = [psutil.Process(process.pid).cpu_times() for process in processes]
    return sum(each.user + each.system for each in times)


def _alive(hotline: Hotline) -> list[str]:
    with hotline.storage.reading() as tx:
        return LeaseStore(tx).holders(WORKER_LEASE, hotline.clock())


def _done(hotline: Hotline) -> int:
    with hotline.storage.reading() as tx:
        return TranscriptStore(tx).counts().get("done", 0)
