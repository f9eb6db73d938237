"""Reads texts aloud with Kokoro. Run by itself, with the package's libraries and none of ours: a JSON line in a text, a
JSON line out its sound (`rate`, and `sound`: 16 bit, base64), or the `problem` with it. Ends when nobody asks."""

from __future__ import annotations

import base64
import json
import os
import re
import select
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

RATE = 24000
#: The model takes no more in one piece.
MOST_TOKENS = 500
#: Of silence between two sentences.
PAUSE_SECONDS = 0.25
#: It takes some 650 MB of memory, which is given back after so long without a text.
IDLE_SECONDS = 30.0

_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z&'. -]*[A-Za-z]|[A-Za-z]")
#: A number that is told digit by digit, as telephone numbers are.
_DIGITS = re.compile(r"\d(?:[\d\s-]*\d){2,}")
_SPOKEN_DIGITS = str.maketrans("0123456789", "零幺二三四五六七八九")


class Speaker:
    def __init__(self, folder: Path) -> None:
        self._numpy: Any = import_module("numpy")
        runtime: Any = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = str(folder / "model.onnx")
        self._session = runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._inputs = [each.name for each in self._session.get_inputs()]
        self._types = {each.name: each.type for each in self._session.get_inputs()}
        # What it makes of its dictionary is kept here: in a folder that all can write to it might be another's.
        words: Any = import_module("jieba")
        words.dt.tmp_dir = str(folder)
        self._phonemes: Any = import_module("misaki.zh").ZHG2P()
        self._vocabulary: dict[str, int] = json.loads((folder / "vocab.json").read_text("utf-8"))["vocab"]
        self._folder = folder
        self._styles: dict[str, Any] = {}

    def speak(self, text: str, speaker: str, speed: float) -> bytes:
        pieces = [self._sentence(each, speaker, speed) for each in _SENTENCE.findall(text)]
        pause = self._numpy.zeros(int(RATE * PAUSE_SECONDS), self._numpy.float32)
        parts = [part for piece in pieces if piece is not None for part in (piece, pause)]
        if not parts:
            raise ValueError("nothing to be spoken")
        sound = self._numpy.concatenate(parts[:-1])
        sound = self._numpy.clip(sound * 0.9, -1, 1) * 32767
        made: bytes = sound.astype("<i2").tobytes()
        return made

    def _sentence(self, text: str, speaker: str, speed: float) -> Any:
        tokens = [self._vocabulary[sign] for sign in self._spelled(text) if sign in self._vocabulary]
        if not tokens:
            return None
        tokens = tokens[:MOST_TOKENS]
        given = ([[0, *tokens, 0]], self._style(speaker)[len(tokens) - 1].reshape(1, -1), [speed])
        feed = {name: self._array(name, value) for name, value in zip(self._inputs, given, strict=True)}
        return self._session.run(None, feed)[0].reshape(-1)

    def _array(self, name: str, value: Any) -> Any:
        return self._numpy.asarray(value, "int64" if "int64" in self._types[name] else "float32")

    def _spelled(self, text: str) -> str:
        """Its sounds, as the model knows them: Chinese by misaki, Latin words by espeak-ng."""
        text = _DIGITS.sub(lambda found: re.sub(r"\D", "", found[0]).translate(_SPOKEN_DIGITS), text)
        spelled, last = [], 0
        for found in _LATIN.finditer(text):
            spelled += [self._chinese(text[last : found.start()]), _english(found[0])]
            last = found.end()
        return " ".join([*spelled, self._chinese(text[last:])])

    def _chinese(self, text: str) -> str:
        found = self._phonemes(text) if text.strip() else ""
        while isinstance(found, tuple):  # of some releases a pair within a pair
            found = found[0]
        return str(found)

    def _style(self, speaker: str) -> Any:
        if speaker not in self._styles:
            raw = self._numpy.fromfile(self._folder / "voices" / f"{speaker}.bin", "<f4")
            self._styles[speaker] = raw.reshape(-1, 256)
        return self._styles[speaker]


def _english(text: str) -> str:
    command = ["espeak-ng", "-q", "--ipa", "-v", "en-us", "--", text]
    done = subprocess.run(command, capture_output=True, timeout=10, check=False)
    return " ".join(done.stdout.decode(errors="replace").split()) if not done.returncode else ""


def main() -> None:
    os.nice(10)  # calls come first
    folder = Path(sys.argv[1])
    sys.path.insert(0, str(folder / "lib"))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not stand among the answers
    speaker = Speaker(folder)
    while select.select([sys.stdin.buffer], [], [], IDLE_SECONDS)[0]:
        line = sys.stdin.buffer.readline()
        if not line:
            return
        asked = json.loads(line)
        try:
            sound = speaker.speak(asked["text"], asked["speaker"], asked["speed"])
            answer: dict[str, object] = {"rate": RATE, "sound": base64.b64encode(sound).decode()}
        except Exception as error:  # the next text may be spoken all the same
            answer = {"problem": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
