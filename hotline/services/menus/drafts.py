"""Drafts of the menus: begun from what is in force, changed by administrators, seen by all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import greetings
from hotline.domain.errors import Conflict, NotFound, Outdated, Refused
from hotline.domain.menus.draft import MOST_NAME, Content, MenuDraft
from hotline.domain.menus.faults import MenuFault
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.text import one_line
from hotline.services.access import require_right
from hotline.services.menus.content import changes_to, content_of, faults_of, same_menus, with_content
from hotline.services.settings.figures import value_or_none
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.settings.settings import Difference
from hotline.settings import Home, Settings
from hotline.storage.audit import AuditLog
from hotline.storage.menus.store import MenuDraftStore
from hotline.storage.transaction import Transaction

#: So many drafts are shown, the last changed first.
MOST_DRAFTS = 100

#: What becomes of a draft's content. Raises HotlineError.
Edit = Callable[[Content], Content]


@dataclass(frozen=True, slots=True)
class DraftShown:
    """`settings`: as they would be. `faults`: for which it can't be put in force. `differences`: from what is in force.
    `is_behind`: the menus in force were changed since it was begun."""

    draft: MenuDraft
    settings: Settings
    faults: list[MenuFault]
    differences: list[Difference]
    is_behind: bool


class DraftChanged(Outdated):
    """Somebody else has changed the draft since it was shown."""

    def __init__(self, by: str) -> None:
        super().__init__("menus.changed_meanwhile", by=by)


def drafts(in_force: SettingsInForce, actor: Actor) -> list[MenuDraft]:
    """Raises Forbidden."""
    require_right(Act.CHANGE_SETTINGS, actor)
    with in_force.storage.reading() as tx:
        return MenuDraftStore(tx).all(MOST_DRAFTS)


def begin_draft(in_force: SettingsInForce, actor: Actor, name: str, now: datetime) -> MenuDraft:
    """From the menus in force. Raises Forbidden, Refused."""
    require_right(Act.CHANGE_SETTINGS, actor)
    name = one_line(name)
    if not 1 <= len(name) <= MOST_NAME:
        raise Refused("menus.name", field="name", most=MOST_NAME)
    content = content_of(in_force())
    with in_force.storage.writing() as tx:
        draft = MenuDraftStore(tx).add(MenuDraft(name, content, content, 1, actor.name, now, actor.name, now))
        AuditLog(tx).add(now, actor.name, "menu_draft.begin", f"menu_draft:{draft.id}", name)
    return draft


def draft_shown(in_force: SettingsInForce, home: Home, actor: Actor, draft_id: int) -> DraftShown:
    """Raises Forbidden, NotFound."""
    require_right(Act.CHANGE_SETTINGS, actor)
    with in_force.storage.reading() as tx:
        draft = draft_of(tx, draft_id)
    current = in_force()
    wanted = with_content(current, draft.content)
    pairs = [
        Difference(key, value_or_none(current, key), value_or_none(wanted, key))
        for key in changes_to(current, draft.content)
    ]
    faults = faults_of(wanted, greetings.load_manifest(home))
    return DraftShown(draft, wanted, faults, pairs, not same_menus(current, draft.base))


def change_draft(
    in_force: SettingsInForce, actor: Actor, draft_id: int, version: int, edit: Edit, now: datetime
) -> MenuDraft:
    """`version`: what the page had shown. Raises Forbidden, NotFound, Conflict, Refused, DraftChanged."""
    return _changed(in_force, actor, draft_id, version, lambda draft: (edit(draft.content), draft.base), now)


def take_over_base(in_force: SettingsInForce, actor: Actor, draft_id: int, version: int, now: datetime) -> MenuDraft:
    """What is in force now is what it is compared with from now on: whoever does so has seen the difference. Raises as
    `change_draft`."""
    return _changed(in_force, actor, draft_id, version, lambda draft: (draft.content, content_of(in_force())), now)


def remove_draft(in_force: SettingsInForce, actor: Actor, draft_id: int, now: datetime) -> None:
    """Raises Forbidden, NotFound."""
    require_right(Act.CHANGE_SETTINGS, actor)
    with in_force.storage.writing() as tx:
        draft = draft_of(tx, draft_id)
        MenuDraftStore(tx).remove(draft_id)
        AuditLog(tx).add(now, actor.name, "menu_draft.remove", f"menu_draft:{draft_id}", draft.name)


def draft_of(tx: Transaction, draft_id: int) -> MenuDraft:
    """Raises NotFound."""
    draft = MenuDraftStore(tx).by_id(draft_id)
    if draft is None:
        raise NotFound("menus.no_draft", id=draft_id)
    return draft


def open_draft_of(tx: Transaction, draft_id: int, version: int) -> MenuDraft:
    """That can still be changed. Raises NotFound, Conflict, DraftChanged."""
    draft = draft_of(tx, draft_id)
    if draft.taken_at is not None:
        raise Conflict("menus.taken")
    if draft.version != version:
        raise DraftChanged(draft.changed_by)
    return draft


def _changed(
    in_force: SettingsInForce,
    actor: Actor,
    draft_id: int,
    version: int,
    edit: Callable[[MenuDraft], tuple[Content, Content]],
    now: datetime,
) -> MenuDraft:
    require_right(Act.CHANGE_SETTINGS, actor)
    with in_force.storage.writing() as tx:
        draft = open_draft_of(tx, draft_id, version)
        content, base = edit(draft)
        if not MenuDraftStore(tx).change(draft, content, base, actor.name, now):
            raise DraftChanged(draft.changed_by)
        told = ", ".join(sorted(_other(draft.content, content))) or "base"
        AuditLog(tx).add(now, actor.name, "menu_draft.change", f"menu_draft:{draft_id}", told)
        return draft_of(tx, draft_id)


def _other(before: Content, after: Content) -> set[str]:
    """Which menus and lines are otherwise."""
    return {
        name
        for part in before
        for name in {*before[part], *after[part]}
        if before[part].get(name) != after[part].get(name)
    }
