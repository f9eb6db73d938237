"""Sounds that were chosen for prompts (`PromptStore`), and emergency announcements (`AnnouncementStore`)."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from hotline.domain.prompts.announcement import Announcement
from hotline.domain.prompts.version import Place, PromptVersion, SoundOrigin
from hotline.storage.inserted import new_id
from hotline.storage.prompts.tables import emergency_announcement, prompt_sound, prompt_version
from hotline.storage.transaction import TableStore

_V, _E = prompt_version.c, emergency_announcement.c
_PLACE = tuple(each.name for each in dataclasses.fields(Place))
_PLAIN = ("words", "sha256", "seconds", "loudness", "made_by", "made_at", "id", "voice")
_ANNOUNCED = tuple(each.name for each in dataclasses.fields(Announcement))

#: Asked every second: made once, since making it costs as much as asking.
_NEWEST = select(func.max(_V.id))
_STANDING = (
    select(emergency_announcement).where(_E.ends_at > bindparam("now"), _E.ended_at.is_(None)).order_by(_E.id.desc())
)


class PromptStore(TableStore):
    def keep_sound(self, content: bytes) -> str:
        """Its name; the same sound is kept once."""
        sha256 = hashlib.sha256(content).hexdigest()
        there = select(prompt_sound.c.sha256).where(prompt_sound.c.sha256 == sha256)
        if self._connection.scalar(there) is None:
            self._connection.execute(insert(prompt_sound).values(sha256=sha256, content=content))
        return sha256

    def sound(self, sha256: str) -> bytes | None:
        found = self._connection.scalar(select(prompt_sound.c.content).where(prompt_sound.c.sha256 == sha256))
        return None if found is None else bytes(found)

    def add(self, new: PromptVersion) -> PromptVersion:
        values = {name: getattr(new, name) for name in _PLAIN if name != "id"}
        values |= {name: getattr(new.place, name) for name in _PLACE} | {"origin": new.origin.value}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(prompt_version).values(values))))

    def newest(self) -> int:
        """The id of the latest version; 0 before the first."""
        return self._connection.scalar(_NEWEST) or 0

    def by_id(self, version_id: int) -> PromptVersion | None:
        row = self._connection.execute(select(prompt_version).where(_V.id == version_id)).one_or_none()
        return _version(row) if row else None

    def all(self) -> list[PromptVersion]:
        """In the order in which they were chosen."""
        return [_version(row) for row in self._connection.execute(select(prompt_version).order_by(_V.id))]

    def of_prompt(self, prompt: str) -> list[PromptVersion]:
        """As `all`, of one."""
        wanted = select(prompt_version).where(_V.prompt == prompt).order_by(_V.id)
        return [_version(row) for row in self._connection.execute(wanted)]


class AnnouncementStore(TableStore):
    def add(self, new: Announcement) -> Announcement:
        values = {name: getattr(new, name) for name in _ANNOUNCED if name != "id"}
        written = insert(emergency_announcement).values(
            {**values, "lines": sorted(new.lines), "origin": new.origin.value}
        )
        return dataclasses.replace(new, id=new_id(self._connection.execute(written)))

    def by_id(self, announcement_id: int) -> Announcement | None:
        wanted = select(emergency_announcement).where(_E.id == announcement_id)
        row = self._connection.execute(wanted).one_or_none()
        return _announcement(row) if row else None

    def standing(self, now: datetime) -> list[Announcement]:
        """Those that are not over, the latest first."""
        return [_announcement(row) for row in self._connection.execute(_STANDING, {"now": now})]

    def latest(self, limit: int) -> list[Announcement]:
        wanted = select(emergency_announcement).order_by(_E.id.desc()).limit(limit)
        return [_announcement(row) for row in self._connection.execute(wanted)]

    def end(self, announcement_id: int, by: str, now: datetime) -> bool:
        """False when it was over."""
        still = update(emergency_announcement).where(_E.id == announcement_id, _E.ended_at.is_(None), _E.ends_at > now)
        return self._connection.execute(still.values(ended_at=now, ended_by=by)).rowcount == 1


def _version(row: Row[Any]) -> PromptVersion:
    place = Place(**{name: getattr(row, name) for name in _PLACE})
    return PromptVersion(place, SoundOrigin(row.origin), **{name: getattr(row, name) for name in _PLAIN})


def _announcement(row: Row[Any]) -> Announcement:
    values = {name: getattr(row, name) for name in _ANNOUNCED}
    return Announcement(**{**values, "lines": frozenset(values["lines"]), "origin": SoundOrigin(values["origin"])})
