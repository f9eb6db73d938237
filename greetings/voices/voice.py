"""What a voice is: a machine's, that reads a text aloud. espeak-ng is the default; others are adapters beside this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from greetings.audio import Samples

#: The name of the voice that every machine has.
DEFAULT = "espeak-ng"


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """What people know of a voice before they choose it. `package`: what it is installed with, "" for the default.
    `megabytes`: what that package takes on the disk, with all of its voices."""

    name: str
    languages: tuple[str, ...]
    speaker: Literal["woman", "man", "machine"]
    licence: str
    package: str = ""
    megabytes: int = 0


class Voice(Protocol):
    """Speaks texts in its languages; what it can't speak, espeak-ng speaks in its place."""

    @property
    def facts(self) -> VoiceFacts: ...

    def recipe(self) -> str:
        """What decides how a text sounds besides the text. Never raises: it is asked of one that is missing, too."""
        ...

    def speak(self, text: str) -> tuple[Samples, int]:
        """The sound as it comes, and its rate. Raises PromptError, which says why there is none."""
        ...
