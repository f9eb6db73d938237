"""A draft is put in force by the settings' own way: at once or from a moment, for good or until another; and the menus
before come back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import greetings
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.settings.change import SettingChange, decided, standing
from hotline.services.access import require_right
from hotline.services.menus.content import changes_to, faults_of, is_menu_key, with_content
from hotline.services.menus.drafts import DraftChanged, open_draft_of
from hotline.services.settings.in_force import SettingsInForce, apply
from hotline.services.settings.on_page import Outcome, change_on_page
from hotline.services.settings.settings import decide
from hotline.services.settings.versions import value_again
from hotline.settings import Home, Settings
from hotline.storage.audit import AuditLog
from hotline.storage.menus.store import MenuDraftStore
from hotline.storage.settings.store import SettingChangeStore

_INSTANT = timedelta(microseconds=1)


def put_in_force(
    in_force: SettingsInForce,
    home: Home,
    actor: Actor,
    draft_id: int,
    version: int,
    now: datetime,
    from_at: datetime | None,
    until_at: datetime | None,
    reason: str,
) -> None:
    """Callers who are in a menu already end in the one that they began with. With `until_at` what is decided for that
    moment by now comes back then, by itself.

    Raises Forbidden, NotFound, Conflict, DraftChanged, WrongSettings, Refused: nothing is changed then.
    """
    require_right(Act.CHANGE_SETTINGS, actor)
    begins = from_at or now
    if from_at is not None and from_at < now:
        raise Refused("settings.from_the_past", field="from_at")
    if until_at is not None and until_at <= begins:
        raise Refused("menus.until_before_from", field="until_at")
    with in_force.storage.writing() as tx:
        draft = open_draft_of(tx, draft_id, version)
        store = SettingChangeStore(tx)
        store.lock()
        before = store.all()
        current = apply(in_force.layers, before, begins).settings
        if behind := changes_to(current, draft.base):
            raise Conflict("menus.in_force_changed", menus=tuple(behind))
        if faults := faults_of(with_content(current, draft.content), greetings.load_manifest(home)):
            raise Refused("menus.wrong", faults=[fault.reason for fault in faults])
        changes = changes_to(current, draft.content)
        if not changes:
            raise Refused("settings.nothing_changed")
        decide(tx, in_force.layers, actor, changes, now, from_at, reason)
        if until_at is not None:
            then = decided(standing(before), until_at)
            back = {key: value_again(then.get(key)) for key in changes}
            decide(tx, in_force.layers, actor, back, now, until_at, reason)
        if not MenuDraftStore(tx).take(draft, actor.name, now, begins, until_at):
            raise DraftChanged(draft.changed_by)
        AuditLog(tx).add(now, actor.name, "menu_draft.in_force", f"menu_draft:{draft_id}", draft.name)
    in_force.forget()


def back_to_before(in_force: SettingsInForce, actor: Actor, now: datetime, reason: str) -> Outcome:
    """The menus are again as they were before the last decision on them came into force. Raises as `change_on_page`,
    and NotFound where there was none."""
    require_right(Act.CHANGE_SETTINGS, actor)

    def build(_current: Settings) -> dict[str, Any]:
        with in_force.storage.reading() as tx:
            found = changes_before(SettingChangeStore(tx).all(), now)
        if not found:
            raise NotFound("menus.nothing_before")
        return found

    return change_on_page(in_force, actor, build, now, None, reason)


def changes_before(changes: list[SettingChange], now: datetime) -> dict[str, Any]:
    """By key, what has to be decided for that; {} where nothing was."""
    kept = standing(changes)
    moments = [change.from_at for change in kept if change.from_at <= now and is_menu_key(change.key)]
    if not moments:
        return {}
    then, today = decided(kept, max(moments) - _INSTANT), decided(kept, now)
    keys = [key for key in {**then, **today} if is_menu_key(key)]
    return {
        key: value_again(then.get(key))
        for key in keys
        if (then[key].id if key in then else None) != (today[key].id if key in today else None)
    }


def planned(changes: list[SettingChange], now: datetime) -> list[SettingChange]:
    """Decisions on menus that wait for their moment."""
    return [change for change in standing(changes) if change.from_at > now and is_menu_key(change.key)]
