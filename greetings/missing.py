"""Prompts that something refers to and that nobody could hear: a reason to refuse the start."""

from __future__ import annotations

from collections.abc import Iterator

from greetings import audio
from greetings.manifest import Manifest, load_manifest
from greetings.plan import MUSIC_FILE, prompt_file
from hotline.domain.menu_target import Leads, target_of
from hotline.domain.reasons import Reason, because
from hotline.settings import Home, Settings

#: What the dialplan and the IVR play on every instance, whatever its settings.
ALWAYS = (
    "beep",
    "blocked",
    "callback-confirmed",
    "callback-noted",
    "dialled-notice",
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
    "rating-ask",
    "rating-thanks",
    "signed-in",
    "signed-out",
    "to-operator",
    "transfer-failed",
    "voicemail-prompt",
    "voicemail-saved",
)

#: Of these, what the IVR says: it knows a line's own sound. The dialplan plays the others by one name.
SAID_BY_IVR = frozenset(
    {"greeting", "greeting-closed", "greeting-closed-message", "key-invalid", "key-missing", "to-operator"}
)


def missing(settings: Settings, home: Home) -> list[Reason]:
    """A reason for each prompt that is referred to but is in no manifest, or has no audio in [site] language.

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
                found.append(because("prompts.no_audio", place=where, prompt=prompt_id, file=str(file)))
    if not audio.is_ready(home.asterisk / "data" / MUSIC_FILE):
        found.append(because("prompts.no_music", file=str(home.asterisk / "data" / MUSIC_FILE)))
    return [reason for place, reason in enumerate(found) if reason not in found[:place]]


def unknown(settings: Settings, manifest: Manifest) -> list[Reason]:
    """The part of `missing` that no build can mend: references to prompts that are in no manifest."""
    known = sorted(p.id for p in manifest.prompts.values() if not p.asterisk_name)
    return [
        because("prompts.unknown_of", place=where, prompt=prompt_id, known=known)
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
            for target, name in map(target_of, key.targets):
                for prompt_id in (*target.prompts, *([name] if target.leads is Leads.PROMPT else [])):
                    yield f"menus.{menu_id}.keys.{digit}", prompt_id
    for prompt_id in ALWAYS:
        yield "dialplan, IVR", prompt_id
    for prompt in manifest.prompts.values():
        if prompt.asterisk_name and settings.site.language in prompt.languages():
            yield "Asterisk", prompt.id
