"""A recording, from Asterisk's incoming folder to the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from hotline.domain.reasons import Reason, because


class RecordingState(StrEnum):
    PENDING = "pending"
    READY = "ready"
    MISSING = "missing"
    FAILED = "failed"
    #: Its time was over: the file is gone, the entry stays in its chain (E2).
    DELETED = "deleted"


#: Why there is no file of a voicemail at which nothing was sent: nothing is lost.
NOTHING_SENT = because("recordings.nothing_sent")


def of_file(file: str, problem: Reason | None) -> Reason | None:
    """The problem with the file that it is about; None for none."""
    return because("recordings.about_file", file=file, why=problem) if problem else None


def voicemail_file(linkedid: str) -> str:
    """As config/asterisk/extensions.conf.j2 names it."""
    return f"{linkedid}-voicemail.wav"


@dataclass(frozen=True, slots=True)
class RecordingEntry:
    """One recording: its name in the incoming folder, and once taken in its `path` below the store.

    `measures`: what was found in the sound (per channel dBFS, silent or not…). `seconds` of sound, `sha256` of the
    file at `path`. `kept_at`: since then it is in its final form and has its place in the chain of that day
    (hotline.domain.recordings.chain), with the peaks of its waveform at `peaks_path`.
    """

    node: str
    linkedid: str
    kind: str
    source_file: str
    started_at: datetime
    state: RecordingState = RecordingState.PENDING
    path: str = ""
    seconds: float | None = None
    size_bytes: int | None = None
    sha256: str = ""
    measures: Mapping[str, object] = field(default_factory=dict, hash=False)
    attempts: int = 0
    next_attempt_at: datetime | None = None
    problem: Reason | None = None
    id: int | None = None
    kept_at: datetime | None = None
    chain_day: str | None = None
    chain_number: int | None = None
    chain_hash: str = ""
    peaks_path: str = ""

    @property
    def nothing_said(self) -> bool:
        """A voicemail at whose tone the caller said nothing (A9: they are called back all the same)."""
        if self.kind != "voicemail":
            return False
        heard = self._channels
        return self.problem == NOTHING_SENT or (bool(heard) and all(each["silent"] for each in heard))

    @property
    def has_two_sides(self) -> bool:
        """The caller's and ours, each on its own channel; before it is taken in nobody knows."""
        return len(self._channels) > 1

    @property
    def _channels(self) -> list[Any]:
        channels = self.measures.get("channels")
        return list(channels.values()) if isinstance(channels, Mapping) else []


#: What was written to so short a time ago may still grow: Asterisk writes a recording's end after the call's last
#: event.
SETTLE_SECONDS = 1.0

#: The recording of a talk; others are voicemails.
TALK = "talk"
