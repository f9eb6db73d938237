"""Which sound files an instance needs, and what each is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from greetings import audio, music, speech
from greetings.chosen import NOTHING, Chosen, ChosenSound
from greetings.errors import PromptError
from greetings.manifest import LANGUAGES, TREE_FOLDER, Manifest, Prompt, sound
from greetings.voices.catalogue import natural_voice
from hotline.domain.reasons import Reason
from hotline.settings import Home, Settings

MUSIC_FILE = Path("moh/hotline-music.wav")

#: What a caller on hold hears: music, and after each so many seconds the words that it is still being worked on (A13).
HOLD_FILE = Path("moh-hold/hotline-hold.wav")
REMINDER = "hold-working"


@dataclass(frozen=True, slots=True)
class Item:
    """One file to be built. `file` is below Asterisk's data folder. `source`: chosen, site, tree, voice, espeak,
    synthesis.

    `fingerprint` changes when the file would sound different; it costs no synthesis. `instead`: by espeak-ng, where the
    voice in use fails.
    """

    prompt_id: str
    line: str
    language: str
    file: Path
    text: str
    source: str
    fingerprint: str
    make: Callable[[], bytes]
    instead: Callable[[], bytes] | None = None


def made(item: Item) -> tuple[bytes, Reason | None]:
    """Its sound; and where espeak-ng spoke it because the voice in use failed, why that did. Raises PromptError."""
    try:
        return item.make(), None
    except PromptError as error:
        if item.instead is None:
            raise
        return item.instead(), error.reason


def plan(settings: Settings, home: Home, manifest: Manifest, chosen: Chosen = NOTHING) -> list[Item]:
    """Every file of this instance: prompts in each language, by line where said or chosen so, and the music on hold.

    Raises PromptError when two prompts would be one file, or something is to be spoken without espeak-ng.
    """
    items: dict[Path, Item] = {}
    for item in _all(settings, home, manifest, chosen):
        other = items.setdefault(item.file, item)
        if other is not item:
            raise PromptError(
                "prompts.same_file", first=other.prompt_id, second=item.prompt_id, line=item.line, file=str(item.file)
            )
    return list(items.values())


def prompt_file(prompt: Prompt, language: str, line: str = "") -> Path:
    """Where a prompt's audio stands, below Asterisk's data folder."""
    return Path("sounds", language, f"{prompt.sound(line)}.wav")


def line_of_its_own(manifest: Manifest, prompt: Prompt, line: str) -> str:
    """What a prompt that is the same on all lines is called where a line has one of its own; "" where it can't have:
    that name is another prompt's."""
    taken = f"{prompt.id}-{line}" in manifest.prompts or prompt.asterisk_name or prompt.per_line
    return "" if taken else sound(prompt.id, line)


def _all(settings: Settings, home: Home, manifest: Manifest, chosen: Chosen) -> Iterator[Item]:
    for prompt in manifest.prompts.values():
        for language in LANGUAGES:
            for line in settings.lines if prompt.per_line else ("",):
                item = _chosen_item(prompt, language, line, chosen) or _item(settings, home, prompt, language, line)
                if item:
                    yield item
                    if prompt.id == REMINDER and language == settings.site.language:
                        yield _reminding_music(settings.rules.hold_prompt.every_seconds, item)
    for (prompt_id, line, language), one in chosen.prompts.items():
        known = manifest.get(prompt_id)
        name = line_of_its_own(manifest, known, line) if known and line in settings.lines else ""
        if name:
            yield _chosen(one, Path("sounds", language, f"{name}.wav"), prompt_id, line, language)
    for name, one in chosen.others.items():
        language = settings.site.language
        yield _chosen(one, Path("sounds", language, f"{name}.wav"), name.removeprefix("hotline/"), "", language)
    yield _made(
        "music-on-hold", "", "", MUSIC_FILE, "", f"music {music.VERSION}", lambda: audio.to_wav(music.hold_music())
    )


def _reminding_music(seconds: int, reminder: Item) -> Item:
    mark = f"music {music.VERSION}, {seconds} s, then {reminder.fingerprint}"

    def before(reminded: Callable[[], bytes]) -> bytes:
        sound = np.resize(music.hold_music(), seconds * audio.RATE)
        return audio.to_wav(np.concatenate([sound, audio.read_wav(reminded())[0]]))

    item = _made("music-while-held", "", "", HOLD_FILE, "", mark, partial(before, reminder.make))
    return replace(item, instead=partial(before, reminder.instead)) if reminder.instead else item


def _chosen_item(prompt: Prompt, language: str, line: str, chosen: Chosen) -> Item | None:
    one = chosen.prompts.get((prompt.id, line, language)) or chosen.prompts.get((prompt.id, "", language))
    return _chosen(one, prompt_file(prompt, language, line), prompt.id, line, language) if one else None


def _chosen(one: ChosenSound, file: Path, prompt_id: str, line: str, language: str) -> Item:
    return Item(prompt_id, line, language, file, one.words, "chosen", _digest("chosen", one.sha256), one.read)


def _item(settings: Settings, home: Home, prompt: Prompt, language: str, line: str) -> Item | None:
    """None when there is neither a recording nor a text in this language."""
    target = prompt_file(prompt, language, line)
    text = _fill(prompt.texts.get(language, ""), settings, language, line)
    for source, folder in (("site", home.site_greetings), ("tree", TREE_FOLDER)):
        for name in (f"{prompt.id}-{line}", prompt.id) if line else (prompt.id,):
            file = folder / language / f"{name}.wav"
            if file.is_file():
                mark = _digest("file", file.read_bytes().hex())
                return Item(prompt.id, line, language, target, text, source, mark, partial(audio.convert, file))
    if prompt.tones:
        return _made(
            prompt.id,
            line,
            language,
            target,
            "",
            f"tones {prompt.tones}",
            lambda: audio.to_wav(audio.tones(prompt.tones)),
        )
    if not text:
        return None
    said = _fill(prompt.spoken.get(language, ""), settings, language, line) or text
    # Words that stand inside a sentence follow closely on one another.
    keep_ms = 30 if prompt.asterisk_name else 80

    def by_espeak() -> bytes:
        return audio.to_wav(speech.speak(said, language, keep_ms))

    voice = natural_voice(settings, home, language)
    if voice is None:
        mark = _digest("espeak", speech.recipe(language), str(keep_ms), said)
        return Item(prompt.id, line, language, target, text, "espeak", mark, by_espeak)
    mark = _digest("voice", voice.recipe(), str(keep_ms), text)

    def by_voice() -> bytes:
        return audio.to_wav(speech.speak_by(voice, text, language, keep_ms))

    return Item(prompt.id, line, language, target, text, "voice", mark, by_voice, by_espeak)


def _made(
    prompt_id: str, line: str, language: str, file: Path, text: str, mark: str, make: Callable[[], bytes]
) -> Item:
    return Item(prompt_id, line, language, file, text, "synthesis", _digest(mark), make)


def _fill(text: str, settings: Settings, language: str, line: str) -> str:
    if line:
        text = text.replace("{company}", settings.company_of(line))
    return text.replace("{confirm_key}", speech.key_name(settings.duty_of(line).confirm_key, language))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
