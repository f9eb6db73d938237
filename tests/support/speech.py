"""Talks put together from what is said when, for the rules of speech."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hotline.domain.quality import JudgedTalk, Levels, Ringing, Rules, Stretch
from hotline.domain.recordings.transcript import Word
from hotline.settings import Home, load_settings

STEP = 0.1
LOUD, QUIET = -20.0, -70.0


def default_rules(**changed: dict[str, object]) -> Rules:
    """The product's own, with some fields of some rules changed: default_rules(opening={"similarity": 0.9})."""
    with tempfile.TemporaryDirectory() as folder:
        rules = load_settings(Home(Path(folder)), environment={}).rules.rules()
    parts = {name: dataclasses.replace(getattr(rules, name), **fields) for name, fields in changed.items()}
    return dataclasses.replace(rules, **parts)


def say(text: str, start: float, character_seconds: float = 0.4, confidence: float = 0.95) -> tuple[Word, ...]:
    """Words divided by blanks, one after the other without a pause."""
    found: list[Word] = []
    for word in text.split():
        end = round(start + len(word) * character_seconds, 3)
        found.append(Word(word, start, end, confidence))
        start = end
    return tuple(found)


def level(seconds: float, loud: Sequence[tuple[float, float]], at: float = LOUD, else_at: float = QUIET) -> list[float]:
    """Loud in these stretches, quiet in between."""
    return [
        at if any(start <= index * STEP + STEP / 2 < end for start, end in loud) else else_at
        for index in range(round(seconds / STEP))
    ]


def a_talk(seconds: float = 60.0, start: float = 5.0, **fields: object) -> JudgedTalk:
    """A talk of 1001 from `start` on, whose caller hung up; no transcript, no sound unless given."""
    span = Stretch(start, start + seconds)
    default: dict[str, object] = {
        "extension": "1001",
        "span": span,
        "ringing": Ringing(1, 4.0),
        "hung_up_at": span.end,
        "we_hung_up": False,
    }
    return JudgedTalk(**{**default, **fields})  # type: ignore[arg-type]


def levels(seconds: float, caller: Sequence[tuple[float, float]], ours: Sequence[tuple[float, float]]) -> Levels:
    return Levels(STEP, level(seconds, caller), level(seconds, ours))
