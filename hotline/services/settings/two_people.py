"""What decides where calls go is changed by one administrator and agreed to by another, where a site wants it so
(003 办公电话 8). What was asked stands among the decisions, and changes nothing before the second has agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.rights.acts import Act, roles_for
from hotline.domain.second_person import still_asked
from hotline.domain.settings.change import REMOVED, SettingChange
from hotline.domain.settings.change import Act as ChangeAct
from hotline.services.access import require_right
from hotline.services.settings.figures import value_or_none
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.settings.settings import decide
from hotline.services.settings.trial import put_on_trial
from hotline.settings import Settings
from hotline.settings.plain import plain
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.transaction import Transaction

#: What only two may change, where it is wanted; "*" is an entry's name.
GUARDED = (
    "lines.*.number",
    "lines.*.aliases",
    "lines.*.duty.always",
    "trunk",
    "callback_trunk",
    "duty.always",
    "settings.two_people",
)

_SET, _AS_FILE, _REMOVE = "set", "as_file", "remove"


@dataclass(frozen=True, slots=True)
class Asked:
    """`id`: of its first row. `changes`: by key, as `change_settings` takes them."""

    id: int
    ids: tuple[int, ...]
    changes: Mapping[str, Any]
    by: str
    at: datetime
    from_at: datetime | None
    reason: str


def needs_second(current: Settings, changes: Mapping[str, Any]) -> tuple[str, ...]:
    """Which of these keys need a second person; none where a site does not want it."""
    if not current.settings.two_people:
        return ()
    return tuple(key for key, value in changes.items() if any(_touches(current, key, value, each) for each in GUARDED))


def _touches(current: Settings, key: str, value: Any, guarded: str) -> bool:
    """Whether it changes what is guarded: the key lies there, or is an entry in which that becomes another."""
    names, places = key.split("."), guarded.split(".")
    if any(place not in ("*", name) for place, name in zip(places, names, strict=False)):
        return False
    below = places[len(names) :]
    if not below:
        return True
    wanted = None if value is REMOVED else value
    return bool(_inner(plain(value_or_none(current, key)), below) != _inner(wanted, below))


def _inner(value: Any, names: list[str]) -> Any:
    """What lies there; nothing is as good as an empty one."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value or None


def ask_second(
    tx: Transaction,
    actor: Actor,
    changes: Mapping[str, Any],
    guarded: tuple[str, ...],
    now: datetime,
    from_at: datetime | None,
    reason: str,
) -> Asked:
    """Raises Refused where nobody else could agree."""
    if not _others(tx, actor):
        raise Refused("settings.nobody_else")
    made = [
        SettingChange(key, ChangeAct.ASK, _stored(value), from_at or now, actor.name, now, reason.strip())
        for key, value in changes.items()
    ]
    stored = SettingChangeStore(tx).add(made)
    AuditLog(tx).add(now, actor.name, "settings.ask", f"setting:{guarded[0]}", ", ".join(changes))
    return _asked(stored)


def asked_now(changes: Iterable[SettingChange], now: datetime) -> list[Asked]:
    """What waits for a second person, the oldest first."""
    kept = list(changes)
    answered = {each for change in kept if change.act is ChangeAct.ANSWER for each in change.value["ids"]}
    open_ = [
        change
        for change in kept
        if change.act is ChangeAct.ASK and change.id not in answered and still_asked(change.decided_at, now)
    ]
    return [_asked(list(rows)) for _key, rows in groupby(open_, key=lambda row: (row.decided_by, row.decided_at))]


def answer(in_force: SettingsInForce, actor: Actor, asked_id: int, agreed: bool, now: datetime) -> None:
    """Agree, and it is decided, to be confirmed by whoever agrees where it could lock them out; or refuse. Who asked
    may only take it back, which is refusing it themselves.

    Raises Forbidden, NotFound, Conflict, WrongSettings when it does not fit any more.
    """
    require_right(Act.CHANGE_SETTINGS, actor)
    with in_force.storage.writing() as tx:
        store = SettingChangeStore(tx)
        store.lock()
        found = next((each for each in asked_now(store.all(), now) if each.id == asked_id), None)
        if found is None:
            raise NotFound("settings.nothing_asked")
        if agreed and found.by == actor.name:
            raise Forbidden("settings.agreed_by_another")
        if agreed:
            _decide(tx, in_force, actor, found, now)
        value = {"ids": list(found.ids), "agreed": agreed}
        store.add([SettingChange(next(iter(found.changes)), ChangeAct.ANSWER, value, now, actor.name, now)])
        told = f"setting:{next(iter(found.changes))}"
        AuditLog(tx).add(now, actor.name, "settings.agree" if agreed else "settings.refuse", told, found.by)
    in_force.forget()


def _decide(tx: Transaction, in_force: SettingsInForce, actor: Actor, asked: Asked, now: datetime) -> None:
    ids = set(asked.ids)
    later = [
        change.key
        for change in SettingChangeStore(tx).all()
        if change.key in asked.changes and change.act is not ChangeAct.ASK and (change.id or 0) > max(ids)
    ]
    if later:
        raise Conflict("settings.changed_since_asked", keys=tuple(later))
    from_at = asked.from_at if asked.from_at and asked.from_at > now else None
    before = SettingChangeStore(tx).all()
    decide(tx, in_force.layers, actor, asked.changes, now, from_at, asked.reason)
    put_on_trial(tx, in_force.layers, actor, before, asked.changes, now, from_at)


def _others(tx: Transaction, actor: Actor) -> bool:
    roles: set[Role] = set(roles_for(Act.CHANGE_SETTINGS))
    return any(user.active and user.username != actor.name and roles & set(user.roles) for user in UserStore(tx).all())


def _stored(value: Any) -> dict[str, Any]:
    if value is REMOVED:
        return {"act": _REMOVE}
    return {"act": _AS_FILE} if value is None else {"act": _SET, "value": value}


def _read(stored: Mapping[str, Any]) -> Any:
    return {_REMOVE: REMOVED, _AS_FILE: None}.get(stored["act"], stored.get("value"))


def _asked(rows: list[SettingChange]) -> Asked:
    first = rows[0]
    ids = tuple(row.id for row in rows if row.id is not None)
    from_at = first.from_at if first.from_at > first.decided_at else None
    changes = {row.key: _read(row.value) for row in rows}
    return Asked(ids[0], ids, changes, first.decided_by, first.decided_at, from_at, first.reason)
