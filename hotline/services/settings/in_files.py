"""What somebody changed in the file under what somebody else had decided: both values, and which of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.domain.errors import NotFound
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.settings.change import REMOVED, SettingChange
from hotline.domain.settings.change import Act as ChangeAct
from hotline.services.access import require_right
from hotline.services.settings.alert_kinds import SETTING_IN_FILE
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.settings.notices import wanted_alerts
from hotline.services.settings.on_page import Outcome, change_on_page, settings_at
from hotline.services.settings.settings import change_settings


@dataclass(frozen=True, slots=True)
class InFile:
    """`decided`: the decision that holds. `said`: what the file, `source`, has, as JSON holds it."""

    key: str
    decided: SettingChange
    said: Any
    source: str


def changed_in_files(in_force: SettingsInForce, actor: Actor, now: datetime) -> list[InFile]:
    """Raises Forbidden."""
    require_right(Act.CHANGE_SETTINGS, actor)
    changes, held = settings_at(in_force, now)
    layers = in_force.layers
    keys = [key for kind, key in wanted_alerts(layers, changes, now) if kind == SETTING_IN_FILE]
    return [InFile(key, held[key], layers.said(key), layers.source(key)) for key in keys]


def settle(in_force: SettingsInForce, actor: Actor, key: str, keep: bool, now: datetime, reason: str) -> Outcome:
    """`keep`: what was decided holds, decided anew; else what the file says does, as any change on a page. Raises
    Forbidden, NotFound, WrongSettings, Refused."""
    found = next((each for each in changed_in_files(in_force, actor, now) if each.key == key), None)
    if found is None:
        raise NotFound("settings.nothing_in_file", key=key[:80])
    if not keep:
        return change_on_page(in_force, actor, lambda _now: {key: None}, now, None, reason)
    held = REMOVED if found.decided.act is ChangeAct.REMOVE else found.decided.value
    change_settings(in_force, actor, {key: held}, now, reason=reason)
    return Outcome()
