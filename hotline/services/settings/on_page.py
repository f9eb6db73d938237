"""Settings decided on pages, by several people at once: what they decide follows from what is in force when it is
their turn, not from what they saw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.domain.errors import NotFound, Outdated, Refused
from hotline.domain.people import Actor
from hotline.domain.settings.change import REMOVED, SettingChange, decided, standing
from hotline.services.entries_used import require_unused
from hotline.services.settings.figures import value_or_none
from hotline.services.settings.in_force import SettingsInForce, apply
from hotline.services.settings.settings import Difference, decide, foreseen, foreseen_in
from hotline.services.settings.trial import put_on_trial
from hotline.services.settings.two_people import Asked, ask_second, needs_second
from hotline.settings import Settings
from hotline.settings.decidable import is_entry
from hotline.settings.referrers import referrers
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.transaction import Transaction

#: What is to be decided, by key, when these settings are in force. Raises ChangedMeanwhile.
Build = Callable[[Settings], Mapping[str, Any]]


class ChangedMeanwhile(Outdated):
    """Somebody else has changed the same since it was shown. `keys`: what both have changed."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__("settings.changed_meanwhile", keys=keys)
        self.keys = keys


@dataclass(frozen=True, slots=True)
class Outcome:
    """`goes_back_at`: when it goes back by itself unless its maker confirms it. `asked`: nothing is decided before a
    second person has agreed."""

    goes_back_at: datetime | None = None
    asked: Asked | None = None


def change_on_page(
    in_force: SettingsInForce, actor: Actor, build: Build, now: datetime, from_at: datetime | None, reason: str
) -> Outcome:
    """Decide what `build` makes of the settings in force, while others who decide wait.

    Raises Forbidden, WrongSettings, ChangedMeanwhile, Refused: nothing is changed then.
    """
    with in_force.storage.writing() as tx:
        outcome = decide_built(tx, in_force, actor, build, now, from_at, reason)
    in_force.forget()
    return outcome


def decide_built(
    tx: Transaction,
    in_force: SettingsInForce,
    actor: Actor,
    build: Build,
    now: datetime,
    from_at: datetime | None,
    reason: str,
) -> Outcome:
    """As `change_on_page`, in the caller's transaction; who calls it has the holder `forget` after the commit."""
    store = SettingChangeStore(tx)
    store.lock()
    before = store.all()
    current = apply(in_force.layers, before, now).settings
    changes = build(current)
    if not changes:
        raise Refused("settings.nothing_changed")
    require_unused(tx, [key for key, value in changes.items() if value is REMOVED])
    if second := needs_second(current, changes):
        foreseen_in(tx, in_force, actor, changes, now, from_at, reason)
        return Outcome(asked=ask_second(tx, actor, changes, second, now, from_at, reason))
    decide(tx, in_force.layers, actor, changes, now, from_at, reason)
    return Outcome(goes_back_at=put_on_trial(tx, in_force.layers, actor, before, changes, now, from_at))


def foreseen_on_page(
    in_force: SettingsInForce, actor: Actor, build: Build, now: datetime, from_at: datetime | None, reason: str
) -> list[Difference]:
    """What `change_on_page` with the same would come to; nothing is changed. Raises the same."""
    changes = build(in_force())
    if not changes:
        raise Refused("settings.nothing_changed")
    return foreseen(in_force, actor, changes, now, from_at, reason)


def removing(key: str) -> Build:
    """Takes an entry of a table away. Raises NotFound, Refused while something leads to it."""

    def build(current: Settings) -> dict[str, Any]:
        if not is_entry(key) or value_or_none(current, key) is None:
            raise NotFound("settings.no_setting", key=key[:80])
        if found := referrers(current, key):
            raise Refused("settings.still_referred", entry=key, by=found)
        return {key: REMOVED}

    return build


def settings_at(in_force: SettingsInForce, moment: datetime) -> tuple[list[SettingChange], dict[str, SettingChange]]:
    """What was ever decided, and what each key has by it at that moment."""
    with in_force.storage.reading() as tx:
        changes = SettingChangeStore(tx).all()
    return changes, decided(standing(changes), moment)
