"""A sound as it is sent or typed, made into what Asterisk plays."""

from __future__ import annotations

import logging
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from greetings.errors import PromptError
from hotline.domain.errors import Refused
from hotline.domain.prompts.version import MAX_SECONDS, MAX_WORDS, SoundOrigin, checked_words
from hotline.domain.text import several_lines
from hotline.services.attachments.staging import staging_folder
from hotline.settings import Home, Settings

if TYPE_CHECKING:
    from greetings.levelling import LevelledSound
    from greetings.voices.voice import Voice

log = logging.getLogger(__name__)

MOST_BYTES = 30_000_000
MEGABYTES = MOST_BYTES // 1_000_000
#: So much must stay free for calls.
_FREE_BYTES = 500_000_000
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class GivenSound:
    """What somebody gives: a file that was uploaded or recorded in the browser, with the words in it if they were
    typed; or words alone, to be spoken by the machine."""

    words: str
    stream: BinaryIO | None = None
    recorded: bool = False

    @property
    def origin(self) -> SoundOrigin:
        if self.stream is None:
            return SoundOrigin.SPOKEN
        return SoundOrigin.RECORDED if self.recorded else SoundOrigin.UPLOADED


@dataclass(frozen=True, slots=True)
class MadeSound:
    words: str
    origin: SoundOrigin
    content: bytes
    seconds: float
    loudness: float
    voice: str = ""


def make_sound(given: GivenSound, home: Home, settings: Settings) -> MadeSound:
    """Takes a second or two. Where the voice in use fails, espeak-ng speaks, and the job that speaks anew tries again.
    Raises Refused, which says what is wrong with it."""
    try:
        if given.stream is None:
            words = checked_words(given.words)
            made, voice = _spoken_somehow(words, home, settings)
        else:
            words = several_lines(given.words)
            if len(words) > MAX_WORDS:
                raise Refused("prompts.words_too_long", field="words", most=MAX_WORDS)
            made, voice = _uploaded(given.stream, home), ""
    except PromptError as error:
        raise Refused.of(error.reason, "words" if given.stream is None else "sound") from error
    return MadeSound(words, given.origin, made.content, made.seconds, made.loudness, voice)


def respoken(words: str, home: Home, settings: Settings) -> LevelledSound:
    """By the voice in use alone. Raises Refused where it fails."""
    from greetings.voices.catalogue import natural_voice

    try:
        return _spoken(words, home, settings, natural_voice(settings, home, settings.site.language))
    except PromptError as error:
        raise Refused.of(error.reason) from error


def _spoken_somehow(words: str, home: Home, settings: Settings) -> tuple[LevelledSound, str]:
    """And who spoke it."""
    from greetings.voices.catalogue import natural_voice
    from greetings.voices.voice import DEFAULT

    if voice := natural_voice(settings, home, settings.site.language):
        try:
            return _spoken(words, home, settings, voice), voice.facts.name
        except PromptError as error:
            log.warning("%s did not speak it, espeak-ng does: %s", voice.facts.name, error)
    return _spoken(words, home, settings, None), DEFAULT


def _spoken(words: str, home: Home, settings: Settings, voice: Voice | None) -> LevelledSound:
    from greetings import audio, speech  # they load what would slow down every page
    from greetings.levelling import levelled_file

    with _place(home) as file:
        file.write_bytes(audio.to_wav(speech.speak_by(voice, words, settings.site.language)))
        return levelled_file(file, MAX_SECONDS)


def _uploaded(stream: BinaryIO, home: Home) -> LevelledSound:
    from greetings.levelling import levelled_file

    with _place(home) as file:
        size = 0
        with file.open("xb") as written:
            while block := stream.read(_BLOCK):
                size += len(block)
                if size > MOST_BYTES:
                    raise Refused("prompts.sound_too_large", field="sound", megabytes=MEGABYTES)
                written.write(block)
        if not size:
            raise Refused("prompts.sound_empty", field="sound")
        return levelled_file(file, MAX_SECONDS)


@contextmanager
def _place(home: Home) -> Iterator[Path]:
    folder = staging_folder(home)
    if shutil.disk_usage(folder).free < _FREE_BYTES + MOST_BYTES:
        raise Refused("prompts.no_room", field="sound")
    file = folder / f"{uuid.uuid4().hex}.sound"
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)
