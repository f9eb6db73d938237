"""Emergency announcements: made, ended, seen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Actor
from hotline.domain.prompts.announcement import Announcement, require_lines, require_until
from hotline.domain.prompts.version import checked_words
from hotline.domain.rights.acts import Act
from hotline.domain.time import minute_text
from hotline.services.access import require_right
from hotline.services.outbox_topics import LINE
from hotline.services.prompts.sounds import GivenSound, make_sound
from hotline.settings import Home, Settings
from hotline.storage.audit import AuditLog
from hotline.storage.outbox import Outbox
from hotline.storage.prompts.store import AnnouncementStore, PromptStore
from hotline.storage.transaction import Storage, Transaction

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Emergencies:
    """`standing`: those that callers hear now; `over`: the latest of the others."""

    standing: list[Announcement]
    over: list[Announcement]


def announce(
    storage: Storage,
    home: Home,
    settings: Settings,
    given: GivenSound,
    lines: Collection[str],
    until: datetime,
    actor: Actor,
    now: datetime,
) -> Announcement:
    """Callers of these lines (all, where all or none are named) hear it from now on, within ten seconds, until then.
    Raises Forbidden, Refused."""
    require_right(Act.ANNOUNCE_EMERGENCY, actor)
    words = checked_words(given.words)
    require_until(until, now)
    chosen = require_lines(lines, settings.lines)
    made = make_sound(given, home, settings)
    with storage.writing() as tx:
        sha256 = PromptStore(tx).keep_sound(made.content)
        new = Announcement(words, made.origin, chosen, now, until, actor.name, sha256, made.seconds, made.loudness)
        added = AnnouncementStore(tx).add(new)
        _tell(tx, added, True, now)
        said = f"{', '.join(sorted(chosen)) or '*'} until {minute_text(until)}: {words}"
        AuditLog(tx).add(now, actor.name, "emergency.announce", f"emergency:{added.id}", said)
    return added


def end_announcement(storage: Storage, announcement_id: int, actor: Actor, now: datetime) -> None:
    """Nobody hears it any more from now on, but for whoever is hearing it. Raises Forbidden, NotFound, Refused for one
    that is over."""
    require_right(Act.ANNOUNCE_EMERGENCY, actor)
    with storage.writing() as tx:
        found = _read(tx, announcement_id)
        if not AnnouncementStore(tx).end(found.id, actor.name, now):
            raise Refused("prompts.announcement_over")
        _tell(tx, found, False, now)
        AuditLog(tx).add(now, actor.name, "emergency.end", f"emergency:{found.id}", found.words)


def see_emergencies(storage: Storage, now: datetime) -> Emergencies:
    with storage.reading() as tx:
        store = AnnouncementStore(tx)
        standing = store.standing(now)
        known = {each.id for each in standing}
        return Emergencies(standing, [each for each in store.latest(_SHOWN) if each.id not in known])


def standing_now(storage: Storage, now: datetime) -> list[Announcement]:
    """The latest first."""
    with storage.reading() as tx:
        return AnnouncementStore(tx).standing(now)


def announcement_sound(storage: Storage, announcement_id: int) -> tuple[Announcement, bytes]:
    """To listen to. Raises NotFound."""
    with storage.reading() as tx:
        found = _read(tx, announcement_id)
        content = PromptStore(tx).sound(found.sha256)
    if content is None:
        raise NotFound("prompts.no_sound_kept")
    return found, content


def _read(tx: Transaction, announcement_id: int) -> Announcement:
    found = AnnouncementStore(tx).by_id(announcement_id) if is_id(announcement_id) else None
    if found is None:
        raise NotFound("prompts.no_announcement", id=announcement_id)
    return found


def _tell(tx: Transaction, about: Announcement, stands: bool, now: datetime) -> None:
    """Whoever follows the lines' state looks anew."""
    Outbox(tx).add([OutboxEntry(LINE, {"emergency": about.id, "stands": stands}, now)])
