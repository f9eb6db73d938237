"""The interface of speech recognisers; others than Vosk can be added."""

from __future__ import annotations

from typing import Protocol

from hotline.domain.errors import HotlineError
from hotline.domain.recordings.transcript import Word
from recordings.sound import Samples


class NoModel(HotlineError):
    """There is no model that could be used; the message says what to do."""

    kind = "no_model"


class Recogniser(Protocol):
    """One engine with one model, loaded. One thread at a time may use it."""

    engine: str
    model: str

    def words(self, one_side: Samples) -> tuple[Word, ...]:
        """What is said in one channel at 8 kHz, in order, with seconds from its begin; () for silence."""
