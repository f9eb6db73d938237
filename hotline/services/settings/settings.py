"""Settings are decided: by whom, from when, and why. What would not fit is refused whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hotline.domain.errors import NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason, because
from hotline.domain.rights import acts
from hotline.domain.settings.change import REMOVED, Act, SettingChange, standing
from hotline.services.access import require_right
from hotline.services.settings.daily import require_may_change
from hotline.services.settings.figures import value_or_none
from hotline.services.settings.in_force import SettingsInForce, apply
from hotline.services.settings.notices import new_notes
from hotline.settings.decidable import MASK, is_entry, is_secret, masked, refusal
from hotline.settings.errors import SettingProblem
from hotline.settings.layers import Layers
from hotline.storage.audit import AuditLog
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.transaction import Transaction

MAX_REASON = 500

#: Ids of what is about to be stored: after all that is.
_LATEST = 2**62


class WrongSettings(Refused):
    """`problems`: by dotted key, what was expected there."""

    def __init__(self, problems: Mapping[str, Reason]) -> None:
        key, expected = next(iter(problems.items()))
        super().__init__("settings.not_taken", field=key, key=key, expected=expected)
        self.problems = dict(problems)


def change_settings(
    in_force: SettingsInForce,
    actor: Actor,
    changes: Mapping[str, Any],
    now: datetime,
    from_at: datetime | None = None,
    reason: str = "",
) -> list[SettingChange]:
    """Decide on settings by dotted key: a value, REMOVED for an entry of a table that is taken away
    ("operators.1003"), None for as the files say. In force in every process within seconds, or from `from_at` on.

    Raises Forbidden, WrongSettings: nothing is changed then.
    """
    with in_force.storage.writing() as tx:
        made = decide(tx, in_force.layers, actor, changes, now, from_at, reason)
    in_force.forget()
    return made


def decide(
    tx: Transaction,
    layers: Layers,
    actor: Actor,
    changes: Mapping[str, Any],
    now: datetime,
    from_at: datetime | None = None,
    reason: str = "",
) -> list[SettingChange]:
    """As `change_settings`, in the caller's transaction; who calls it has the holder `forget` after the commit."""
    store = SettingChangeStore(tx)
    store.lock()
    before = store.all()
    made = _checked(layers, before, actor, changes, now, from_at, reason)
    store.add(new_notes(layers, before, {change.key for change in made} - {change.key for change in before}, now))
    for change in made:
        AuditLog(tx).add(now, actor.name, "settings.change", f"setting:{change.key}", _told(change))
    return store.add(made)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a key would be, and what it would be without the decision, when that comes into force; None: not there."""

    key: str
    before: Any
    after: Any


def foreseen(
    in_force: SettingsInForce,
    actor: Actor,
    changes: Mapping[str, Any],
    now: datetime,
    from_at: datetime | None = None,
    reason: str = "",
) -> list[Difference]:
    """What `change_settings` with the same would come to; nothing is changed. Raises the same."""
    with in_force.storage.reading() as tx:
        return foreseen_in(tx, in_force, actor, changes, now, from_at, reason)


def foreseen_in(
    tx: Transaction,
    in_force: SettingsInForce,
    actor: Actor,
    changes: Mapping[str, Any],
    now: datetime,
    from_at: datetime | None = None,
    reason: str = "",
) -> list[Difference]:
    """As `foreseen`, in the caller's transaction."""
    layers, before = in_force.layers, SettingChangeStore(tx).all()
    made = _checked(layers, before, actor, changes, now, from_at, reason)
    moment = from_at or now
    then, instead = apply(layers, before, moment).settings, apply(layers, [*before, *_last(made)], moment).settings
    pairs = [Difference(key, value_or_none(then, key), value_or_none(instead, key)) for key in changes]
    return [pair for pair in pairs if pair.before != pair.after]


def _checked(
    layers: Layers,
    before: list[SettingChange],
    actor: Actor,
    changes: Mapping[str, Any],
    now: datetime,
    from_at: datetime | None,
    reason: str,
) -> list[SettingChange]:
    """What is to be stored. Raises Forbidden, WrongSettings, Refused."""
    require_may_change(actor, changes)
    made = [_change(key, value, actor, now, from_at, reason) for key, value in changes.items()]
    _require_decidable(layers, made)
    if len(reason) > MAX_REASON:
        raise Refused("settings.reason_too_long", field="reason", most=MAX_REASON)
    if from_at is not None and from_at < now:
        raise Refused("settings.from_the_past", field="from_at")
    _require_fitting(layers, before, _last(made))
    return made


def _last(made: list[SettingChange]) -> list[SettingChange]:
    """As if they were stored now."""
    return [replace(change, id=_LATEST + n) for n, change in enumerate(made)]


def withdraw(in_force: SettingsInForce, actor: Actor, change_id: int, now: datetime, reason: str = "") -> None:
    """Take back a change that is not in force yet. Raises Forbidden, NotFound, Refused for one that is in force."""
    require_right(acts.Act.CHANGE_DAILY_SETTINGS, actor)
    with in_force.storage.writing() as tx:
        store = SettingChangeStore(tx)
        store.lock()
        before = store.all()
        planned = next((change for change in standing(before) if change.id == change_id), None)
        if planned is None:
            raise NotFound("settings.no_change", id=change_id)
        require_may_change(actor, [planned.key])
        if planned.from_at <= now:
            raise Refused("settings.in_force_already")
        withdraw_planned(tx, in_force.layers, actor, planned, now, reason)
    in_force.forget()


def withdraw_planned(
    tx: Transaction, layers: Layers, actor: Actor, planned: SettingChange, now: datetime, reason: str
) -> None:
    """In the caller's transaction, which has the lock. Raises WrongSettings where the others need it."""
    store = SettingChangeStore(tx)
    made = SettingChange(planned.key, Act.WITHDRAW, planned.id, now, actor.name, now, reason.strip())
    _require_fitting(layers, store.all(), _last([made]))
    store.add([made])
    AuditLog(tx).add(now, actor.name, "settings.withdraw", f"setting:{planned.key}", _told(planned))


def _change(key: str, value: Any, actor: Actor, now: datetime, from_at: datetime | None, reason: str) -> SettingChange:
    act = Act.REMOVE if value is REMOVED else Act.AS_FILE if value is None else Act.SET
    stored = value if act is Act.SET else None
    return SettingChange(key, act, stored, from_at or now, actor.name, now, reason.strip())


def _require_decidable(layers: Layers, changes: list[SettingChange]) -> None:
    problems: dict[str, Reason] = {}
    for change in changes:
        if found := refusal(change.key):
            problems[change.key] = found
        elif variable := layers.variable_of(change.key):
            problems[change.key] = because("settings.variable_sets_it", variable=variable)
        elif change.act is Act.REMOVE and not is_entry(change.key):
            problems[change.key] = because("settings.no_entry")
    if problems:
        raise WrongSettings(problems)


def _require_fitting(layers: Layers, before: list[SettingChange], made: list[SettingChange]) -> None:
    """From when they hold, and at each later moment that is decided already."""
    both = [*before, *made]
    start = made[0].from_at if made else None
    moments = sorted({change.from_at for change in both if start and change.from_at >= start})
    for moment in moments:
        known = {(change.key, problem.key) for change, problem in apply(layers, before, moment).left_out}
        left_out = apply(layers, both, moment).left_out
        new = {
            _place(change, problem): problem.expected
            for change, problem in left_out
            if (change.key, problem.key) not in known
        }
        if new:
            raise WrongSettings(new)


def _place(change: SettingChange, problem: SettingProblem) -> str:
    """Where in what was decided it is."""
    return problem.key if problem.key.startswith(f"{change.key}.") else change.key


def _told(change: SettingChange) -> str:
    """For the audit log: what it is from then on; secrets are not."""
    said = {Act.AS_FILE: "as the file says", Act.REMOVE: "removed"}.get(change.act)
    if said is None:
        value = masked(change.key, change.value)
        said = MASK if is_secret(change.key) else json.dumps(value, ensure_ascii=False)
    from_at = f" from {change.from_at.isoformat()}" if change.from_at > change.decided_at else ""
    return f"{said}{from_at}{f': {change.reason}' if change.reason else ''}"
