"""What was decided, one version for each decision; and back to any of them by a new decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from hotline.domain.errors import NotFound
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.settings.change import NOTICED, REMOVED, TALK, SettingChange, decided, standing
from hotline.domain.settings.change import Act as ChangeAct
from hotline.services.access import require_right
from hotline.services.settings.figures import value_or_none
from hotline.services.settings.in_force import SettingsInForce, apply
from hotline.services.settings.settings import Difference
from hotline.services.settings.view import history_of
from hotline.settings.layers import Layers
from hotline.storage.settings.store import SettingChangeStore


@dataclass(frozen=True, slots=True)
class Version:
    """What one person decided at once. `id`: of its last row. `planned`: ids that are not in force yet."""

    id: int
    changes: tuple[SettingChange, ...]
    planned: tuple[int, ...]

    @property
    def first(self) -> SettingChange:
        return self.changes[0]


@dataclass(frozen=True, slots=True)
class Compared:
    """`made`: what the version changed. `back`: what going back to it would change now."""

    version: Version
    made: list[Difference]
    back: list[Difference]


def versions(in_force: SettingsInForce, actor: Actor, now: datetime) -> list[Version]:
    """All, the newest first. Raises Forbidden."""
    require_right(Act.CHANGE_SETTINGS, actor)
    with in_force.storage.reading() as tx:
        return _versions(SettingChangeStore(tx).all(), now)


def version(in_force: SettingsInForce, actor: Actor, version_id: int, now: datetime) -> Compared:
    """One, against what was before it and what is now; 0 is before anything was decided. Raises Forbidden, NotFound."""
    require_right(Act.CHANGE_SETTINGS, actor)
    with in_force.storage.reading() as tx:
        changes = SettingChangeStore(tx).all()
    found = _found(changes, version_id, now)
    first = found.changes[0].id if found.changes else 0
    moment = max((change.from_at for change in found.changes), default=now)
    keys = list(dict.fromkeys(change.key for change in found.changes))
    before = [change for change in changes if (change.id or 0) < (first or 0)]
    after = [change for change in changes if (change.id or 0) <= version_id]
    made = _differences(in_force.layers, before, after, keys, moment)
    back = list(changes_back(changes, version_id, now))
    return Compared(found, made, _differences(in_force.layers, changes, after, back, now))


def changes_back(changes: Sequence[SettingChange], version_id: int, now: datetime) -> dict[str, Any]:
    """What has to be decided so that all is as it was when this version had just been decided: what was decided since
    is as the files say again, or as it was decided before. What lies in another comes after it."""
    then = decided(standing(change for change in changes if (change.id or 0) <= version_id), now)
    today = decided(standing(changes), now)
    keys = sorted({*then, *today}, key=lambda key: (key.count("."), key))
    back = {key: value_again(then.get(key)) for key in keys if _said(then.get(key)) != _said(today.get(key))}
    # Deciding on an entry takes away what was decided of its parts: those that stay are decided again.
    again = {
        key: value_again(then[key]) for key in then if key not in back and any(key.startswith(f"{b}.") for b in back)
    }
    return dict(sorted({**back, **again}.items(), key=lambda each: each[0].count(".")))


def back_now(in_force: SettingsInForce, version_id: int, now: datetime) -> dict[str, Any]:
    """As `changes_back`, of what is stored now. Raises NotFound."""
    with in_force.storage.reading() as tx:
        changes = SettingChangeStore(tx).all()
    _found(changes, version_id, now)
    return changes_back(changes, version_id, now)


def _differences(
    layers: Layers, one: list[SettingChange], other: list[SettingChange], keys: Iterable[str], at: datetime
) -> list[Difference]:
    before, after = apply(layers, one, at).settings, apply(layers, other, at).settings
    pairs = [Difference(key, value_or_none(before, key), value_or_none(after, key)) for key in keys]
    return [pair for pair in pairs if pair.before != pair.after]


def _versions(changes: Sequence[SettingChange], now: datetime) -> list[Version]:
    waiting = {change.id for change in standing(changes) if change.from_at > now}
    told = [change for change in reversed(list(history_of(changes, ("",)))) if change.act not in TALK]
    found = []
    for _key, rows in groupby(told, key=lambda row: (row.decided_by, row.decided_at, row.act in NOTICED, row.from_at)):
        made = tuple(rows)
        planned = tuple(row.id for row in made if row.id in waiting and row.id is not None)
        found.append(Version(made[-1].id or 0, made, planned))
    return found[::-1]


def _found(changes: Sequence[SettingChange], version_id: int, now: datetime) -> Version:
    if version_id == 0:
        return Version(0, (), ())
    for each in _versions(changes, now):
        if each.id == version_id:
            return each
    raise NotFound("settings.no_version", id=version_id)


def _said(change: SettingChange | None) -> tuple[ChangeAct, Any] | None:
    return None if change is None else (change.act, change.value)


def value_again(change: SettingChange | None) -> Any:
    """What has to be decided so that it is as by this decision; None, without one, for as the files say."""
    if change is None:
        return None
    return REMOVED if change.act is ChangeAct.REMOVE else change.value
