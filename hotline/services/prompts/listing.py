"""Every prompt that a caller can hear: what is said, where its sound comes from, when it is heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from hotline.domain.calendar import local_day
from hotline.domain.errors import NotFound
from hotline.domain.people import Actor
from hotline.domain.prompts.version import PromptVersion, for_line, heard, periods, standing
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.attachments.staging import staging_folder
from hotline.services.prompts.in_force import read_sound
from hotline.settings import Home, Settings
from hotline.storage.prompts.store import PromptStore
from hotline.storage.transaction import Storage

if TYPE_CHECKING:
    from greetings.build import Built
    from greetings.manifest import Manifest, Prompt
    from greetings.plan import Item


@dataclass(frozen=True, slots=True)
class HeardPrompt:
    """What is heard of a prompt on one line ("": on all) on one day. `source`: chosen, site, tree, espeak or synthesis.
    `version`: what was chosen. `seconds`: None while it has not been built."""

    line: str
    words: str
    source: str
    version: PromptVersion | None
    seconds: float | None
    loudness: float | None


@dataclass(frozen=True, slots=True)
class ListedPrompt:
    """`places`: who plays it, as settings' keys, "dialplan, IVR" or "Asterisk". `by_line`: a line can have its own."""

    id: str
    places: tuple[str, ...]
    by_line: bool
    heard: Sequence[HeardPrompt]


@dataclass(frozen=True, slots=True)
class PromptSeen:
    """`versions`: all that were chosen, latest first. `standing`: ids of those that hold, now or in their period."""

    listed: ListedPrompt
    versions: Sequence[PromptVersion]
    standing: frozenset[int]
    periods: Sequence[PromptVersion]
    today: date


def see_prompts(storage: Storage, home: Home, settings: Settings, actor: Actor, day: date) -> list[ListedPrompt]:
    """As they are on that day. Raises Forbidden, PromptError for a manifest that is wrong."""
    require_right(Act.READ_PROMPTS, actor)
    with storage.reading() as tx:
        versions = PromptStore(tx).all()
    return list(_listed(home, settings, versions, day))


def see_prompt(
    storage: Storage, home: Home, settings: Settings, prompt_id: str, actor: Actor, now: datetime
) -> PromptSeen:
    """Raises Forbidden, NotFound."""
    require_right(Act.READ_PROMPTS, actor)
    with storage.reading() as tx:
        versions = PromptStore(tx).of_prompt(prompt_id)
    today = local_day(now)
    found = next((each for each in _listed(home, settings, versions, today) if each.id == prompt_id), None)
    if found is None:
        raise NotFound("prompts.unknown", prompt=prompt_id[:80])
    return PromptSeen(
        found,
        versions[::-1],
        frozenset(each.id for each in standing(versions).values()),
        list(periods(versions, today)),
        today,
    )


def version_sound(storage: Storage, version_id: int, actor: Actor) -> tuple[PromptVersion, bytes]:
    """To listen to. Raises Forbidden, NotFound."""
    require_right(Act.READ_PROMPTS, actor)
    with storage.reading() as tx:
        found = PromptStore(tx).by_id(version_id)
    if found is None or not found.sha256:
        raise NotFound("prompts.no_sound_kept")
    return found, read_sound(storage, found.sha256)


def delivered_sound(home: Home, settings: Settings, prompt_id: str, line: str, actor: Actor) -> bytes:
    """What is heard where nothing was chosen. Raises Forbidden, NotFound."""
    require_right(Act.READ_PROMPTS, actor)
    from greetings.manifest import load_manifest
    from greetings.plan import plan

    language = settings.site.language
    for item in plan(settings, home, load_manifest(home)):
        if (item.prompt_id, item.language) == (prompt_id, language) and item.line in ("", line):
            return item.make()
    raise NotFound("prompts.no_sound_kept")


def delivered_loudness(content: bytes, home: Home) -> float:
    """In LUFS."""
    from greetings.levelling import loudness

    return loudness(content, staging_folder(home))


def may_differ_by_line(settings: Settings, manifest: Manifest, prompt: Prompt) -> bool:
    """Whether a line can have its own: what the dialplan plays by itself is one for all lines, unless it has a sound a
    line anyway."""
    from greetings.missing import ALWAYS, SAID_BY_IVR
    from greetings.plan import line_of_its_own

    by_ivr = prompt.id not in ALWAYS or prompt.id in SAID_BY_IVR
    return prompt.per_line or (by_ivr and all(line_of_its_own(manifest, prompt, line) for line in settings.lines))


def _listed(home: Home, settings: Settings, versions: Sequence[PromptVersion], day: date) -> Sequence[ListedPrompt]:
    from greetings.build import read_index
    from greetings.manifest import load_manifest
    from greetings.missing import references
    from greetings.plan import plan

    manifest, language = load_manifest(home), settings.site.language
    places: dict[str, list[str]] = {}
    for place, prompt_id in references(settings, manifest):
        places.setdefault(prompt_id, []).append(place)
    items: dict[str, list[Item]] = {}
    for item in plan(settings, home, manifest):
        if item.language == language:
            items.setdefault(item.prompt_id, []).append(item)
    index, chosen = read_index(home), heard(versions, day)
    found = []
    for prompt in manifest.prompts.values():
        own = items.get(prompt.id, [])
        if not own:
            continue  # it is said in another language alone
        by_line = may_differ_by_line(settings, manifest, prompt)
        rows = [_heard(each, each.line, for_line(chosen, prompt.id, each.line, language), index) for each in own]
        if by_line and not prompt.per_line:
            common = chosen.get((prompt.id, "", language))
            for line in settings.lines:
                other = for_line(chosen, prompt.id, line, language)
                if other is not None and other is not common:
                    rows.append(_heard(own[0], line, other, index))
        found.append(ListedPrompt(prompt.id, tuple(dict.fromkeys(places.get(prompt.id, ()))), by_line, rows))
    return found


def _heard(item: Item, line: str, version: PromptVersion | None, index: Mapping[str, Built]) -> HeardPrompt:
    if version is not None:
        return HeardPrompt(line, version.words or item.text, "chosen", version, version.seconds, version.loudness)
    built = index.get(str(item.file))
    seconds = built.seconds if built is not None and built.source != "chosen" else None
    return HeardPrompt(line, item.text, item.source, None, seconds, None)
