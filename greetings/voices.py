"""The voices that speak texts: espeak-ng by itself, a natural one where it is installed (`hotline voice install`)."""

from __future__ import annotations

from pathlib import Path

from greetings import speech
from greetings.audio import Samples


def speak(text: str, language: str, models: Path, keep_ms: int = 60) -> Samples:
    """By the best voice that is there; see `speech.speak`. `models`: the site's folder of models."""
    return speech.speak(text, language, keep_ms)
