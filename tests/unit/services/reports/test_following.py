"""What comes late is in the figures, once: records, wrap-ups, calls folded anew; and an erasure changes none."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from hotline.domain.operators.presence import ShownState, StateChange
from hotline.domain.outbox import OutboxEntry
from hotline.domain.reports.scope import Axis, Scope
from hotline.services.calls.ledger import record
from hotline.services.outbox_topics import FORM
from hotline.services.reports.facts import follow, make_late_days, rebuild, sum_up_stale
from hotline.services.reports.figures import split, values
from hotline.settings import Settings
from hotline.storage.calls.tables import call
from hotline.storage.forms.tables import call_form
from hotline.storage.operators.store import PresenceStore
from hotline.storage.outbox import Outbox
from hotline.storage.reports.tables import report_day
from hotline.storage.tables import outbox
from hotline.storage.transaction import Storage
from tests.support import report_day as hand
from tests.support.instance import an_instance, at
from tests.support.sample_calls import answered_call

DAY = Scope(at("2026-11-16 00:00"), at("2026-11-17 00:00"))
NOW = hand.EVENING


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return an_instance(tmp_path, NOW).settings


def _value(storage: Storage, settings: Settings, name: str, scope: Scope = DAY) -> float | None:
    with storage.reading() as tx:
        return values(tx, scope, [name], settings)[name].value


def _good_days(storage: Storage) -> int:
    with storage.reading() as tx:
        return tx.connection.scalar(select(func.count()).select_from(report_day)) or 0


def test_a_record_that_is_written_later_is_in_the_figures(storage: Storage, settings: Settings) -> None:
    """B1, F1: the day's sums go, and are made anew by the job."""
    hand.put(storage)
    rebuild(storage, settings, NOW)
    assert _good_days(storage) == 2
    with storage.writing() as tx:
        tx.connection.execute(update(call_form).where(call_form.c.id == 2).values(category="advice"))
        payload = {"form_id": 2, "owner": "1001", "state": "done", "version": 2, "linkedid": ""}
        Outbox(tx).add([OutboxEntry(FORM, payload, NOW)])
    follow(storage, settings, NOW)
    assert _value(storage, settings, "repeats") == 0
    assert _good_days(storage) == 1
    with storage.reading() as tx:
        subjects = {
            each.key: each.values["answered"].value for each in split(tx, DAY, ["answered"], Axis.SUBJECT, settings)
        }
    assert subjects == {"": 21.0, "advice": 1.0, "repair": 1.0}
    assert sum_up_stale(storage, settings, NOW) == 1
    assert (_good_days(storage), _value(storage, settings, "repeats")) == (2, 0)
    assert sum_up_stale(storage, settings, NOW) == 0


def test_followed_twice_nothing_changes(sqlite_storage: Storage, settings: Settings) -> None:
    hand.put(sqlite_storage)
    for _ in range(2):
        follow(sqlite_storage, settings, NOW)
    assert _value(sqlite_storage, settings, "incoming") == hand.FIGURES["incoming"]


def test_where_the_outbox_forgot_the_last_days_are_made_anew(sqlite_storage: Storage, settings: Settings) -> None:
    follow(sqlite_storage, settings, NOW)
    hand.put(sqlite_storage)
    with sqlite_storage.writing() as tx:
        tx.connection.execute(delete(outbox).where(outbox.c.id <= Outbox(tx).last_id() - 1))
    follow(sqlite_storage, settings, NOW)
    assert _value(sqlite_storage, settings, "incoming") == hand.FIGURES["incoming"]


def test_a_wrap_up_that_goes_on_is_waited_for(sqlite_storage: Storage, settings: Settings) -> None:
    """B1."""
    ten = at("2026-11-16 10:00")
    taken = answered_call("one", ten)
    over = taken.talks[0].ended_at or ten
    follow(sqlite_storage, settings, ten)
    record(sqlite_storage, "node1", [taken], [], lambda call: None, over)
    with sqlite_storage.writing() as tx:
        PresenceStore(tx).note([StateChange("1002", over, ShownState.WRAP_UP)])
    now = taken.ended_at or ten
    follow(sqlite_storage, settings, now)
    assert _value(sqlite_storage, settings, "wrap_up_time") == 0
    with sqlite_storage.writing() as tx:
        PresenceStore(tx).note([StateChange("1002", over + timedelta(seconds=90), ShownState.READY)])
    follow(sqlite_storage, settings, now + timedelta(seconds=60))
    assert _value(sqlite_storage, settings, "wrap_up_time") == 90


def test_an_erasure_changes_no_figure(sqlite_storage: Storage, settings: Settings) -> None:
    """G3."""
    hand.put(sqlite_storage)
    rebuild(sqlite_storage, settings, NOW)
    names = list(hand.FIGURES)
    with sqlite_storage.reading() as tx:
        before = values(tx, DAY, names, settings)
    with sqlite_storage.writing() as tx:
        tx.connection.execute(update(call).values(caller_number="", caller_original="", caller_name=""))
    make_late_days(sqlite_storage, settings, NOW)
    with sqlite_storage.reading() as tx:
        assert values(tx, DAY, names, settings) == before
