"""What could lock its maker out goes back by itself unless they confirm it: the way back is decided with it, for two
minutes later, and confirming withdraws that. So every process goes back without being told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from hotline.domain.errors import NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.settings.change import REMOVED, SettingChange, decided, standing
from hotline.domain.settings.change import Act as ChangeAct
from hotline.services.access import require_right
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.settings.settings import decide, withdraw_planned
from hotline.settings.layers import Layers
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.transaction import Transaction

#: Who has changed one of these wrongly may not reach the pages any more.
COULD_LOCK_OUT = frozenset(
    ("web.public_url", "web.hosts", "web.secure_cookie", "web.hsts_subdomains", "web.session_hours", "web.idle_minutes")
)

CONFIRMED_WITHIN = timedelta(minutes=2)

#: The reason of the way back, as it is stored; pages say it in words.
GOES_BACK = "settings.goes_back"


def put_on_trial(
    tx: Transaction,
    layers: Layers,
    actor: Actor,
    before: list[SettingChange],
    changes: Mapping[str, Any],
    now: datetime,
    from_at: datetime | None,
) -> datetime | None:
    """Decide the way back of what was just decided; when it is taken, None where nothing need go back. Raises Refused
    while the change before still waits to be confirmed."""
    keys = [key for key in changes if key in COULD_LOCK_OUT]
    if not keys:
        return None
    if any(change.key in keys for change in _ways_back(before, now)):
        raise Refused("settings.confirm_first")
    then = decided(standing(before), from_at or now)
    back = {key: _value(then.get(key)) for key in keys}
    back_at = (from_at or now) + CONFIRMED_WITHIN
    decide(tx, layers, actor, back, now, back_at, GOES_BACK)
    return back_at


def waiting(changes: Iterable[SettingChange], actor: Actor, now: datetime) -> datetime | None:
    """When what this person has changed goes back; None when nothing of theirs waits."""
    mine = [change.from_at for change in _ways_back(changes, now) if change.decided_by == actor.name]
    return min(mine, default=None)


def confirm(in_force: SettingsInForce, actor: Actor, now: datetime) -> None:
    """What they changed stays. Raises Forbidden, NotFound when nothing waits (any more)."""
    require_right(Act.CHANGE_SETTINGS, actor)
    with in_force.storage.writing() as tx:
        store = SettingChangeStore(tx)
        store.lock()
        mine = [change for change in _ways_back(store.all(), now) if change.decided_by == actor.name]
        if not mine:
            raise NotFound("settings.went_back")
        for change in mine:
            withdraw_planned(tx, in_force.layers, actor, change, now, "")
    in_force.forget()


def _ways_back(changes: Iterable[SettingChange], now: datetime) -> list[SettingChange]:
    return [change for change in standing(changes) if change.reason == GOES_BACK and change.from_at > now]


def _value(change: SettingChange | None) -> Any:
    """None: nothing was decided, it is as the files say."""
    if change is None:
        return None
    return REMOVED if change.act is ChangeAct.REMOVE else change.value
