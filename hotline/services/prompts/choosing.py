"""Which sound a prompt has: uploaded, recorded, spoken by the machine; each choice is a version and can come back."""

from __future__ import annotations

from datetime import date, datetime

from hotline.domain.calendar import local_day
from hotline.domain.errors import NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.prompts.version import Place, PromptVersion, SoundOrigin, require_period, standing
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.prompts.listing import may_differ_by_line
from hotline.services.prompts.sounds import GivenSound, make_sound
from hotline.settings import Home, Settings
from hotline.storage.audit import AuditLog
from hotline.storage.prompts.store import PromptStore
from hotline.storage.transaction import Storage, Transaction


def choose(
    storage: Storage,
    home: Home,
    settings: Settings,
    prompt_id: str,
    given: GivenSound,
    actor: Actor,
    now: datetime,
    line: str = "",
    from_day: date | None = None,
    to_day: date | None = None,
) -> PromptVersion:
    """Callers of this line (of all: "") hear it within ten seconds, or on these days. Raises Forbidden, NotFound,
    Refused."""
    require_right(Act.EDIT_PROMPTS, actor)
    _require_place(home, settings, prompt_id, line)
    require_period(from_day, to_day, local_day(now))
    made = make_sound(given, home, settings)
    place = Place(prompt_id, settings.site.language, line, from_day, to_day)
    with storage.writing() as tx:
        sha256 = PromptStore(tx).keep_sound(made.content)
        new = PromptVersion(
            place, made.origin, made.words, sha256, made.seconds, made.loudness, actor.name, now, voice=made.voice
        )
        return _added(tx, new, "prompt.choose")


def choose_again(storage: Storage, version_id: int, actor: Actor, now: datetime) -> PromptVersion:
    """A version from before holds again, at its place. Raises Forbidden, NotFound, Refused for one that holds, or whose
    period is over."""
    require_right(Act.EDIT_PROMPTS, actor)
    with storage.writing() as tx:
        found = _read(tx, version_id)
        if standing(PromptStore(tx).of_prompt(found.place.prompt))[found.place].id == found.id:
            raise Refused("prompts.holds_already")
        require_period(found.place.from_day, found.place.to_day, local_day(now))
        return _added(tx, _copied(found, found.origin, found.sha256, actor, now), "prompt.choose_again")


def as_delivered(storage: Storage, version_id: int, actor: Actor, now: datetime) -> PromptVersion:
    """What was chosen for the place of this version holds no more: the prompt sounds there as if nothing had been
    chosen. Raises Forbidden, NotFound, Refused where that is so already."""
    require_right(Act.EDIT_PROMPTS, actor)
    with storage.writing() as tx:
        found = _read(tx, version_id)
        if not standing(PromptStore(tx).of_prompt(found.place.prompt))[found.place].sha256:
            raise Refused("prompts.holds_already")
        return _added(tx, _copied(found, SoundOrigin.DELIVERED, "", actor, now), "prompt.as_delivered")


def _copied(found: PromptVersion, origin: SoundOrigin, sha256: str, actor: Actor, now: datetime) -> PromptVersion:
    words, seconds, loudness = (found.words, found.seconds, found.loudness) if sha256 else ("", 0.0, 0.0)
    voice = found.voice if sha256 else ""
    return PromptVersion(found.place, origin, words, sha256, seconds, loudness, actor.name, now, voice=voice)


def _added(tx: Transaction, new: PromptVersion, action: str) -> PromptVersion:
    added = PromptStore(tx).add(new)
    place = new.place
    days = f" {place.from_day} – {place.to_day}" if place.is_period else ""
    said = f"version {added.id}: {place.line or '*'}{days} {new.origin.value} {new.sha256[:12]}".rstrip()
    AuditLog(tx).add(new.made_at, new.made_by, action, f"prompt:{place.prompt}", said)
    return added


def _read(tx: Transaction, version_id: int) -> PromptVersion:
    found = PromptStore(tx).by_id(version_id) if is_id(version_id) else None
    if found is None:
        raise NotFound("prompts.no_version", id=version_id)
    return found


def _require_place(home: Home, settings: Settings, prompt_id: str, line: str) -> None:
    from greetings.manifest import load_manifest

    manifest = load_manifest(home)
    prompt = manifest.get(prompt_id)
    if prompt is None:
        raise NotFound("prompts.unknown", prompt=prompt_id[:80])
    if line and line not in settings.lines:
        raise Refused("prompts.no_line", field="line", line=line[:60])
    if line and not may_differ_by_line(settings, manifest, prompt):
        raise Refused("prompts.same_for_all_lines", field="line")
