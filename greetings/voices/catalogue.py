"""Which voices there are, which of them this machine has, and which one the settings name."""

from __future__ import annotations

from dataclasses import dataclass

from greetings.errors import PromptError
from greetings.voices.kokoro import PACKAGE, SPEAKERS, Kokoro, package_problem
from greetings.voices.voice import DEFAULT, Voice, VoiceFacts
from hotline.domain.reasons import Reason
from hotline.settings import Home, Settings

ESPEAK = VoiceFacts(DEFAULT, ("zh", "en"), "machine", "GPL-3.0")

#: By name, the default first.
VOICES = {facts.name: facts for facts in (ESPEAK, *SPEAKERS.values())}
PACKAGES = (PACKAGE,)


@dataclass(frozen=True, slots=True)
class ListedVoice:
    """`problem`: why this machine can't speak with it, None where it can."""

    facts: VoiceFacts
    problem: Reason | None
    used: bool


def voices(settings: Settings, home: Home) -> list[ListedVoice]:
    """All that are known, the default first."""
    return [ListedVoice(each, problem_of(home, each), each.name == settings.spoken.voice) for each in VOICES.values()]


def problem_of(home: Home, facts: VoiceFacts) -> Reason | None:
    return package_problem(home.voices / facts.package) if facts.package else None


def facts_of(name: str) -> VoiceFacts:
    """Raises PromptError for a voice that nobody knows."""
    found = VOICES.get(name)
    if found is None:
        raise PromptError("prompts.unknown_voice", voice=name, known=tuple(VOICES))
    return found


def natural_voice(settings: Settings, home: Home, language: str) -> Voice | None:
    """The voice that speaks this language in espeak-ng's place; None where espeak-ng does."""
    return voice_named(settings.spoken.voice, home, language)


def voice_named(name: str, home: Home, language: str) -> Voice | None:
    """As `natural_voice`, of one that is tried."""
    facts = SPEAKERS.get(name)
    return Kokoro(facts, home.voices / facts.package) if facts and language in facts.languages else None


def spoken_by(settings: Settings, language: str) -> str:
    """The name of the voice that speaks this language by the settings."""
    facts = VOICES.get(settings.spoken.voice)
    return facts.name if facts and language in facts.languages else DEFAULT
