"""Speaking a text with espeak-ng, where nobody has recorded it."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np

from greetings.audio import RATE, Samples, levelled, read_wav, resample, trim
from greetings.errors import PromptError
from greetings.voices.voice import Voice

#: Voices that read a language, the best first. espeak-ng 1.51's "cmn" reads its own dictionary's pinyin as
#: English ("gan three"), so the pinyin voice comes first; 1.50 knows "cmn" alone, which is right there.
VOICES = {"zh": ("cmn-latn-pinyin", "cmn"), "en": ("en-us", "en")}
#: Words a minute as espeak counts them; 140 makes 165 Chinese characters a minute, near the pace of rule C5.
SPEED = {"zh": 140, "en": 145}
PITCH = {"zh": 50, "en": 45}
TIMEOUT_SECONDS = 30

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&'. -]*[A-Za-z0-9]|[A-Za-z]")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_KEY_NAMES = {"zh": {"*": "星号键", "#": "井号键"}, "en": {"*": "the star key", "#": "the hash key"}}


def key_name(key: str, language: str) -> str:
    """How a telephone key is called; digits by themselves."""
    return _KEY_NAMES[language].get(key, key)


@functools.cache
def engine() -> str:
    """espeak-ng's version, part of what a spoken file is known by. Raises PromptError if it is missing."""
    if shutil.which("espeak-ng") is None:
        raise PromptError("prompts.no_espeak")
    return _run(["espeak-ng", "--version"]).split("Data at")[0].strip()


@functools.cache
def voice(language: str) -> str:
    """The best voice that this espeak-ng has for the language. Raises PromptError when there is none."""
    engine()
    listed = _run(["espeak-ng", "--voices"]).split()
    for name in VOICES[language]:
        if name in listed:
            return name
    raise PromptError("prompts.no_voice", language=language, voices=tuple(VOICES[language]))


def recipe(language: str) -> str:
    """What decides how a text sounds besides the text."""
    other = "en" if language == "zh" else "zh"
    return f"{engine()} {voice(language)} {voice(other)} {SPEED[language]} {PITCH[language]}"


def speak(text: str, language: str, keep_ms: int = 60) -> Samples:
    """The text spoken by espeak-ng: 8 kHz, levelled, silence at the ends cut to `keep_ms`.

    Raises PromptError if no sound comes of it.
    """
    command = [
        "espeak-ng",
        "-m",
        "-b",
        "1",
        "-v",
        voice(language),
        "-s",
        str(SPEED[language]),
        "-p",
        str(PITCH[language]),
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "speech.wav"
        _run([*command, "-w", str(file), "--stdin"], markup(text, language))
        samples, rate = read_wav(file.read_bytes()) if file.exists() else (np.zeros(0), RATE)
    return prepared(samples, rate, keep_ms, text)


def speak_by(voice: Voice | None, text: str, language: str, keep_ms: int = 60) -> Samples:
    """As `speak`, by another voice; None: by espeak-ng."""
    return prepared(*voice.speak(text), keep_ms, text) if voice else speak(text, language, keep_ms)


def prepared(samples: Samples, rate: int, keep_ms: int, text: str) -> Samples:
    """What a voice gives, as prompts are. Raises PromptError for silence."""
    samples = levelled(trim(levelled(resample(samples, rate)), keep_ms))
    if not len(samples):
        raise PromptError("prompts.nothing_spoken", words=repr(text))
    return samples


def markup(text: str, language: str) -> str:
    """SSML that has each piece of the other script read by a voice of its language.

    A Latin company name in a Chinese sentence, and the reverse. Each piece names its voice: espeak does not
    find back to the one before.
    """
    other = "en" if language == "zh" else "zh"
    pieces, last = [], 0
    for found in (_LATIN if language == "zh" else _HAN).finditer(text):
        pieces += [(language, text[last : found.start()]), (other, found.group())]
        last = found.end()
    pieces.append((language, text[last:]))
    if len(pieces) == 1:
        return escape(text)
    return "".join(f'<voice name="{voice(lang)}">{escape(piece)}</voice>' for lang, piece in pieces if piece)


def _run(command: list[str], text: str = "") -> str:
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PromptError("prompts.espeak_failed", why=str(error)) from None
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip() or f"exit status {done.returncode}"
        raise PromptError("prompts.espeak_failed", why=reason)
    return done.stdout.decode(errors="replace")
