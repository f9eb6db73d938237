"""The process that has a voice's model in memory: asked a sentence at a time, ended by itself when nobody asks.

Its libraries are not ours: another numpy, native code that may crash. In a process of its own nothing of that reaches a
process that serves calls.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import functools
import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from time import monotonic

import numpy as np

from greetings.audio import Samples
from greetings.errors import PromptError

PROGRAM = Path(__file__).with_name("kokoro_speaker.py")
#: Until a text is spoken, and so much more a character: the first waits for the model to be loaded.
TIMEOUT_SECONDS = 60.0
_A_CHARACTER = 0.5
#: After so many failures one after another it is not asked for a while: a build of a hundred prompts must not wait a
#: minute for each.
GIVE_UP_AFTER = 3
GIVEN_UP_SECONDS = 60.0


class Speaking:
    """Threads share it; it speaks one sentence at a time."""

    def __init__(self, folder: Path, program: Path = PROGRAM, timeout: float = TIMEOUT_SECONDS) -> None:
        self._folder, self._program, self._timeout = folder, program, timeout
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._failures, self._asked_again_at = 0, 0.0
        #: What it writes where errors go; a pipe that nobody reads would stop it when it is full.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as this is)

    def speak(self, text: str, speaker: str, speed: float) -> tuple[Samples, int]:
        """Raises PromptError: it is not installed, has crashed, took too long or made no sound of it."""
        with self._lock:
            if self._failures >= GIVE_UP_AFTER and monotonic() < self._asked_again_at:
                raise PromptError("prompts.voice_given_up", failures=self._failures)
            try:
                answer = self._asked({"text": text, "speaker": speaker, "speed": speed})
            except PromptError:
                self._failures, self._asked_again_at = self._failures + 1, monotonic() + GIVEN_UP_SECONDS
                raise
            self._failures = 0
        return np.frombuffer(base64.b64decode(answer["sound"]), "<i2").astype(float), int(answer["rate"])

    def end(self) -> None:
        with self._lock:
            self._end()

    def _asked(self, question: dict[str, object], again: bool = True) -> dict[str, str]:
        process = self._alive()
        assert process.stdin is not None and process.stdout is not None
        late = threading.Timer(self._timeout + _A_CHARACTER * len(str(question["text"])), process.kill)
        late.start()
        line = b""
        try:
            process.stdin.write(json.dumps(question).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
            answer: dict[str, str] = json.loads(line)
        except (OSError, ValueError):
            if line:  # what it says is no answer; nobody knows what comes next
                process.kill()
            ended = process.wait()
            if again and ended == 0:  # nobody had asked it for a while, so it went as we came
                return self._asked(question, again=False)
            raise PromptError("prompts.voice_failed", why=self._last_words() or f"status {ended}") from None
        finally:
            late.cancel()
        if problem := answer.get("problem"):
            raise PromptError("prompts.voice_failed", why=problem[:300])
        return answer

    def _alive(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        # -I -S: neither our libraries nor the environment's reach it; what it needs lies in its folder.
        command = [sys.executable, "-I", "-S", str(self._program), str(self._folder)]
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said)
        except OSError as error:
            raise PromptError("prompts.voice_failed", why=str(error.strerror)) from None
        return self._process

    def _last_words(self) -> str:
        """Of what it wrote where errors go, the last line."""
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip()
        return said.rpartition("\n")[2][:300]

    def _end(self) -> None:
        process, self._process = self._process, None
        self._said.seek(0)
        self._said.truncate()
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was not read any more
                    pipe.close()


@functools.cache
def speaking(folder: Path) -> Speaking:
    """The one of this process for a package's folder."""
    made = Speaking(folder)
    atexit.register(made.end)
    return made
