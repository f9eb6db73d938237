"""Vosk (Kaldi) as the recogniser.

Its native code can take the process with it: it is loaded by the transcriber alone. A new recogniser a file: one that
is reset keeps something of the last file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from hotline.domain.recordings.transcript import Word
from recordings.sound import RATE, Samples
from recordings.speech.models import unfit
from recordings.speech.recogniser import NoModel

#: Given to the recogniser at a time, in samples: a fifth of a second, as the model's makers do.
_CHUNK = RATE // 5
#: What the model does not know; no word.
_UNKNOWN = "[unk]"


class VoskRecogniser:
    """Fulfils recordings.speech.recogniser.Recogniser. Raises NoModel for a folder that holds no model."""

    engine = "vosk"

    def __init__(self, folder: Path) -> None:
        problem = unfit(folder)
        if problem:  # Vosk itself would end the process
            raise NoModel.of(problem)
        import vosk  # here: it loads native code, which only the transcriber needs

        vosk.SetLogLevel(-1)
        self.model = folder.name
        self._vosk = vosk
        self._loaded = vosk.Model(str(folder))

    def words(self, one_side: Samples) -> tuple[Word, ...]:
        recogniser = self._vosk.KaldiRecognizer(self._loaded, RATE)
        recogniser.SetWords(True)
        sound = np.ascontiguousarray(one_side, "<i2")
        found: list[Word] = []
        for start in range(0, len(sound), _CHUNK):
            # A pause ends a result; what follows is a result of its own.
            if recogniser.AcceptWaveform(sound[start : start + _CHUNK].tobytes()):
                found += _words(json.loads(recogniser.Result()))
        found += _words(json.loads(recogniser.FinalResult()))
        return tuple(found)


def _words(result: Mapping[str, object]) -> Iterable[Word]:
    entries = result.get("result", ())
    assert isinstance(entries, list | tuple)
    for entry in entries:
        if entry["word"] != _UNKNOWN:
            yield Word(entry["word"], round(entry["start"], 3), round(entry["end"], 3), round(entry["conf"], 4))
