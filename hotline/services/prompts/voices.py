"""Who speaks what nobody recorded: voices are looked at, tried, installed and put to use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from greetings.errors import PromptError
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.prompts.version import checked_words
from hotline.domain.prompts.voice_task import VoiceTask
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.settings.settings import change_settings
from hotline.settings import Home, Settings
from hotline.storage.audit import AuditLog
from hotline.storage.prompts.voice_tasks import VoiceTaskStore
from hotline.storage.transaction import Storage

if TYPE_CHECKING:
    from greetings.voices.catalogue import ListedVoice

#: The setting that names the voice.
KEY = "spoken.voice"
#: Of a text that is tried: somebody waits for it.
MOST_TRIED = 120
#: A natural voice takes a core and half a gigabyte while it speaks, and whoever waits holds one of the pages' threads.
_TRYING, _WAIT_SECONDS = BoundedSemaphore(1), 3


@dataclass(frozen=True, slots=True)
class SeenVoices:
    """`unknown`: the name in the settings, where nobody knows a voice of that name; "" else. `task`: what was last
    asked for."""

    voices: list[ListedVoice]
    unknown: str
    task: VoiceTask | None


def see_voices(storage: Storage, home: Home, settings: Settings, actor: Actor) -> SeenVoices:
    """Raises Forbidden."""
    require_right(Act.READ_PROMPTS, actor)
    from greetings.voices.catalogue import VOICES, voices  # what it loads would slow down every command

    with storage.reading() as tx:
        task = VoiceTaskStore(tx).latest()
    name = settings.spoken.voice
    return SeenVoices(voices(settings, home), "" if name in VOICES else name, task)


def ask_to_install(storage: Storage, package: str, actor: Actor, now: datetime) -> None:
    """A job fetches it. Raises Forbidden, NotFound for one that there is not, Conflict while one is installed."""
    require_right(Act.EDIT_PROMPTS, actor)
    from greetings.voices.catalogue import PACKAGES

    if package not in PACKAGES:
        raise NotFound("prompts.unknown_voice_package", package=package[:40])
    with storage.writing() as tx:
        if VoiceTaskStore(tx).open():
            raise Conflict("prompts.voice_under_way")
        VoiceTaskStore(tx).add(VoiceTask(package, actor.name, now))
        AuditLog(tx).add(now, actor.name, "voice.ask", f"voice:{package}")


def use_voice(in_force: SettingsInForce, home: Home, name: str, actor: Actor, now: datetime) -> bool:
    """From now on it speaks; False where it did already. Raises Forbidden, Refused for one that is not installed: what
    nobody can speak with is not put to use; WrongSettings."""
    require_right(Act.EDIT_PROMPTS, actor)
    from greetings.voices.catalogue import facts_of, problem_of

    try:
        facts = facts_of(name)
    except PromptError as error:
        raise Refused.of(error.reason) from error
    if problem := problem_of(home, facts):
        raise Refused("prompts.voice_unusable", voice=facts.name, why=problem)
    if in_force().spoken.voice == facts.name:
        return False
    change_settings(in_force, actor, {KEY: facts.name}, now)
    return True


def try_voice(home: Home, name: str, words: str, actor: Actor) -> bytes:
    """The words as that voice speaks them, as a caller would hear it; one at a time in this process, whose pages have
    others to serve. Raises Forbidden, Refused, and Conflict while others are tried."""
    require_right(Act.EDIT_PROMPTS, actor)
    text = words_to_try(words)
    if not _TRYING.acquire(timeout=_WAIT_SECONDS):
        raise Conflict("prompts.voice_busy")
    try:
        return spoken(home, name, text)
    finally:
        _TRYING.release()


def words_to_try(words: str) -> str:
    """Raises Refused for none, and for more than somebody waits for."""
    text = checked_words(words)
    if len(text) > MOST_TRIED:
        raise Refused("prompts.words_too_long", field="words", most=MOST_TRIED)
    return text


def spoken(home: Home, name: str, text: str) -> bytes:
    """As `try_voice`, for whoever has the machine."""
    from greetings import audio, speech
    from greetings.voices.catalogue import facts_of, problem_of, voice_named

    try:
        if problem := problem_of(home, facts_of(name)):
            raise Refused("prompts.voice_unusable", voice=name, why=problem)
        return audio.to_wav(speech.speak_by(voice_named(name, home, "zh"), text, "zh"))
    except PromptError as error:
        raise Refused.of(error.reason, "words") from error
