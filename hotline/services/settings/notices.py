"""What was changed in the files by hand is noticed when a process begins, and told where somebody has decided on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from hotline.domain.reasons import Reason, because, so_many
from hotline.domain.settings.change import NOTICED, Act, SettingChange, decided, standing
from hotline.services.alerts import AlertKind, set_alert
from hotline.services.settings.alert_kinds import SETTING_IN_FILE, SETTING_LEFT_OUT
from hotline.services.settings.history import dated_keys
from hotline.services.settings.in_force import apply
from hotline.settings.decidable import holds_secret
from hotline.settings.layers import Layers
from hotline.storage.alerts import AlertStore
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.transaction import Storage, Transaction

#: Who "decides" what was noticed.
FILE = "file"


def new_notes(
    layers: Layers, changes: Collection[SettingChange], wanted: Collection[str], now: datetime
) -> Iterator[SettingChange]:
    """Of these keys, what files and environment say otherwise than when somebody last looked."""
    latest = {change.key: change for change in changes if change.act in NOTICED}
    for key in sorted(each for each in set(wanted) if not holds_secret(each)):
        act = Act.VARIABLE if layers.variable_of(key) else Act.NOTE
        value, before = layers.said(key), latest.get(key)
        if before is None or (before.act, before.value) != (act, value):
            yield SettingChange(key, act, value, now, FILE, now)


def notice(storage: Storage, layers: Layers, now: datetime) -> Reason | None:
    """Write down what is new, and bring the alerts to what is so now. What it did."""
    with storage.reading() as tx:
        changes = SettingChangeStore(tx).all()
        found = list(new_notes(layers, changes, _watched(changes), now))
        settled = not found and _alerts_are(tx, layers, changes, now)
    if settled:
        return None
    with storage.writing() as tx:
        store = SettingChangeStore(tx)
        store.lock()
        made = store.add(new_notes(layers, store.all(), _watched(store.all()), now))
        _bring_alerts(tx, layers, store.all(), now)
    return so_many("settings.noted", len(made))


def _watched(changes: Collection[SettingChange]) -> set[str]:
    return {*dated_keys(), *(change.key for change in standing(changes))}


def wanted_alerts(
    layers: Layers, changes: Collection[SettingChange], now: datetime
) -> dict[tuple[AlertKind, str], Reason]:
    """By kind and key: what somebody has to attend to."""
    found = {
        (SETTING_LEFT_OUT, change.key): because("settings.left_out", key=change.key, expected=problem.expected)
        for change, problem in apply(layers, list(changes), now).left_out
    }
    for key, decision in decided(standing(changes), now).items():
        notes = [change for change in changes if change.act in NOTICED and change.key == key]
        if len(notes) > 1 and notes[-1].decided_at > decision.decided_at:
            found[SETTING_IN_FILE, key] = because("settings.in_file_too", key=key, by=decision.decided_by)
    return found


def _open(tx: Transaction) -> set[tuple[AlertKind, str]]:
    kinds = (SETTING_LEFT_OUT, SETTING_IN_FILE)
    return {(AlertKind(each.kind), each.object) for each in AlertStore(tx).open() if each.kind in kinds}


def _alerts_are(tx: Transaction, layers: Layers, changes: Collection[SettingChange], now: datetime) -> bool:
    return _open(tx) == wanted_alerts(layers, changes, now).keys()


def _bring_alerts(tx: Transaction, layers: Layers, changes: Collection[SettingChange], now: datetime) -> None:
    wanted = wanted_alerts(layers, changes, now)
    for kind, key in {*_open(tx), *wanted}:
        set_alert(tx, kind, key, wanted.get((kind, key)), now)
