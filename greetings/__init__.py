"""Every prompt of the hotline: its texts, where its sound comes from, and the audio that Asterisk plays."""

from greetings.build import BuildReport, build
from greetings.chosen import Chosen, ChosenSound
from greetings.errors import PromptError
from greetings.manifest import LANGUAGES, Manifest, Prompt, load_manifest, sound
from greetings.missing import missing

__all__ = [
    "LANGUAGES",
    "BuildReport",
    "Chosen",
    "ChosenSound",
    "Manifest",
    "Prompt",
    "PromptError",
    "build",
    "load_manifest",
    "missing",
    "sound",
]
