"""A1: that the carrier has no channel left for the next caller is told, since whom it turns away leaves no trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hotline.domain.calls.call import Outcome
from hotline.services.calls.ledger import record
from hotline.services.line.channels import ChannelWatch
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.sample_calls import bare_call

NOW = at("2026-11-16 10:30:00")
TWO_CHANNELS = "[trunk]\nmax_channels = 2\n"


def begins(storage: Storage, *linkedids: str) -> None:
    calls = [bare_call(each, NOW - timedelta(minutes=2)) for each in linkedids]
    record(storage, "node1", calls, [], lambda call: None, NOW)


def ends(storage: Storage, *linkedids: str) -> None:
    calls = [bare_call(each, NOW - timedelta(minutes=2)) for each in linkedids]
    over = [replace(each, ended_at=NOW, outcome=Outcome.ABANDONED_IVR) for each in calls]
    record(storage, "node1", over, [], lambda call: None, NOW)


def test_a1_all_taken_is_told_and_for_ten_minutes_after(storage: Storage, tmp_path: Path) -> None:
    settings, watch = an_instance(tmp_path, NOW, TWO_CHANNELS).settings, ChannelWatch()
    begins(storage, "l1")
    assert watch.look(storage, settings, NOW) is None
    begins(storage, "l2")
    told = watch.look(storage, settings, NOW)
    assert told is not None and told.values == {"most": 2, "since_at": NOW}
    ends(storage, "l1", "l2")
    assert watch.look(storage, settings, NOW + timedelta(minutes=9)) == told
    assert watch.look(storage, settings, NOW + timedelta(minutes=10)) is None


def test_a1_where_nobody_knows_how_many_there_are_nothing_is_told(sqlite_storage: Storage, tmp_path: Path) -> None:
    begins(sqlite_storage, "l1", "l2")
    assert ChannelWatch().look(sqlite_storage, an_instance(tmp_path, NOW).settings, NOW) is None
