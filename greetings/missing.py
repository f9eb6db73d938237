"""Prompts that something refers to and that nobody could hear: a reason to refuse the start."""

from __future__ import annotations

from collections.abc import Iterator

from greetings import audio
from greetings.manifest import Manifest, load_manifest
from greetings.plan import MUSIC_FILE, prompt_file
from hotline.settings import Home, Settings

#: What the dialplan and the IVR play on every instance, whatever its settings.
ALWAYS = (
    "beep",
    "blocked",
    "callback-confirmed",
    "callback-noted",
    "duty-confirm",
    "duty-wait",
    "goodbye",
    "greeting",
    "greeting-closed",
    "greeting-closed-message",
    "hold-working",
    "key-invalid",
    "key-missing",
    "operator-lost",
    "outbound-refused",
    "queue-callback-offer",
    "signed-in",
    "signed-out",
    "to-operator",
    "transfer-failed",
    "voicemail-prompt",
    "voicemail-saved",
)


def missing(settings: Settings, home: Home) -> list[str]:
    """One line for each prompt that is referred to but is in no manifest, or has no audio in [site] language.

    Each names the settings' key (or who plays it) and the prompt. Empty: all is there.
    Raises PromptError when a manifest is wrong.
    """
    manifest = load_manifest(home)
    found = unknown(settings, manifest)
    for where, prompt_id in references(settings, manifest):
        prompt = manifest.get(prompt_id)
        if prompt is None:
            continue
        for line in settings.lines if prompt.per_line else ("",):
            file = home.asterisk / "data" / prompt_file(prompt, settings.site.language, line)
            if not audio.is_ready(file):
                found.append(f"{where}: prompt {prompt_id!r} has no audio ({file}); run `hotline greetings build`")
    if not audio.is_ready(home.asterisk / "data" / MUSIC_FILE):
        found.append(f"music on hold: no audio ({home.asterisk / 'data' / MUSIC_FILE}); run `hotline greetings build`")
    return list(dict.fromkeys(found))


def unknown(settings: Settings, manifest: Manifest) -> list[str]:
    """The part of `missing` that no build can mend: references to prompts that are in no manifest."""
    known = ", ".join(sorted(p.id for p in manifest.prompts.values() if not p.asterisk_name))
    return [
        f"{where}: an existing prompt was expected ({known}), got {prompt_id!r}"
        for where, prompt_id in references(settings, manifest)
        if manifest.get(prompt_id) is None
    ]


def references(settings: Settings, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """(who refers, prompt id) of everything that this instance may play."""
    for line_id, line in settings.lines.items():
        yield f"lines.{line_id}.greeting", line.greeting
    for menu_id, menu in settings.menus.items():
        yield f"menus.{menu_id}.prompt", menu.prompt
        for digit, key in menu.keys.items():
            kind, _, name = key.to.partition(":")
            if kind == "announcement":
                yield f"menus.{menu_id}.keys.{digit}", name
    for prompt_id in ALWAYS:
        yield "dialplan and IVR", prompt_id
    for prompt in manifest.prompts.values():
        if prompt.asterisk_name and settings.site.language in prompt.languages():
            yield "Asterisk", prompt.id
