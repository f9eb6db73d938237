"""A call with everything that an examiner's page shows: a real two-channel recording, what was said, what was found."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta

import numpy as np

from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.recordings.transcript import Side, Transcript, TranscriptState, Word
from hotline.services.quality.measuring import measure_call
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.transcripts import TranscriptStore
from recordings.files import FolderFiles
from recordings.finalising import Finaliser
from recordings.measure import loudness
from recordings.sound import RATE, Samples
from recordings.worker import Worker
from tests.support import tones
from tests.support.web_site import WebSite

HOSTILE = "<img src=x onerror=document.title='taken'>\u202e反\u202c👩‍👩‍👧 '\"&"

#: (side, second, text): the operator says forbidden words at 60 s, the caller tells their name and number.
SAID = (
    (Side.OURS, 31.0, "您好 很 高兴 为 您 服务"),
    (Side.CALLER, 35.0, "你好 我 叫 王 建国 打印机 卡纸 了"),
    (Side.CALLER, 41.0, "号码 是 一三八 零零一三 八零零零"),
    (Side.OURS, 46.0, "请 您 稍等 我 查 一下"),
    (Side.OURS, 60.0, "不 知道 这 不 归 我 管"),
    (Side.CALLER, 66.0, HOSTILE),
    (Side.OURS, 92.0, "王 先生 感谢 您 的 等待"),
    (Side.CALLER, 134.0, "好的 谢谢"),
)
WORD_SECONDS = 0.4


def words_of(side: Side) -> tuple[Word, ...]:
    return tuple(
        Word(text, start + at * WORD_SECONDS, start + (at + 1) * WORD_SECONDS - 0.05, 0.4 if text == "卡纸" else 0.96)
        for whose, start, line in SAID
        if whose is side
        for at, text in enumerate([line] if line == HOSTILE else line.split())
    )


def sound_of(seconds: float) -> Samples:
    """A tone wherever a word is."""
    sound = np.zeros((round(seconds * RATE), 2), np.int16)
    for side, hertz in ((Side.CALLER, 300), (Side.OURS, 500)):
        for word in words_of(side):
            burst = tones.tone(hertz, word.end - word.start, -20.0)
            first = round(word.start * RATE)
            sound[first : first + len(burst), side] = burst[: len(sound) - first]
    return sound


def examined_call(site: WebSite, call: Call, kept: bool = True, transcribed: bool = True) -> StoredCall:
    """The call in the ledger, its recording taken in (and in its final form, if `kept`), transcribed, measured."""
    site.keep(call)
    [begun] = call.recordings
    assert call.ended_at is not None
    sound = sound_of((call.ended_at - begun.at).total_seconds())
    _take_in(site, begun.file, sound, kept)
    stored = _stored(site, call)
    [entry] = stored.recordings
    if transcribed:
        _transcribe(site, entry)
    with site.storage.writing() as tx:
        measure_call(tx, site.settings, stored, loudness(sound), site.now())
    return stored


def _take_in(site: WebSite, name: str, sound: Samples, kept: bool) -> None:
    incoming, store = site.home.incoming, site.home.recordings
    for folder in (incoming, store):
        folder.mkdir(parents=True, exist_ok=True)
    path = incoming / name
    path.write_bytes(sound.tobytes())
    os.utime(path, (site.now().timestamp() - 3600,) * 2)
    finaliser = Finaliser(site.storage, "node1", incoming, store, FolderFiles(store), lambda: "flac", site.now)
    Worker(site.storage, "node1", incoming, store, lambda: 1, site.now, lambda *_: None, finaliser).round()
    while kept and finaliser.one():
        pass


def _transcribe(site: WebSite, entry: RecordingEntry) -> None:
    now = site.now()
    with site.storage.writing() as tx:
        TranscriptStore(tx).ask([entry.id or 0], list(Side), 5, now)
        for asked in TranscriptStore(tx).of(entry.id or 0):
            TranscriptStore(tx).update(_done(asked, words_of(asked.side)))


def _done(asked: Transcript, words: tuple[Word, ...]) -> Transcript:
    return replace(
        asked,
        state=TranscriptState.DONE,
        words=words,
        text="".join(w.text for w in words),
        confidence=0.9,
        model="tiny",
        finished_at=asked.asked_at + timedelta(seconds=3),
    )


def _stored(site: WebSite, call: Call) -> StoredCall:
    with site.storage.reading() as tx:
        found = CallStore(tx).by_id(CallStore(tx).id_of(call.node, call.linkedid) or 0)
    assert found is not None
    return found
