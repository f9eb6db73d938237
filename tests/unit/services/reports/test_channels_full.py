"""How long all channels of the trunk were taken, counted by hand (figure 37, A1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from hotline.domain.calls.call import Call, Outcome, Ring, Talk
from hotline.domain.reports.scope import Scope
from hotline.services.calls.ledger import record
from hotline.services.reports.facts import rebuild
from hotline.services.reports.figures import rows, values
from hotline.settings import Settings
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.sample_calls import DUTY, bare_call

LATER = at("2026-11-18 08:00")
DAY = Scope(at("2026-11-16 00:00"), at("2026-11-17 00:00"))
NAMES = ("peak_channels", "time_channels_full", "share_channels_full")


def called(linkedid: str, start: datetime, end: datetime) -> Call:
    return replace(bare_call(linkedid, start), ended_at=end, outcome=Outcome.ABANDONED_IVR)


@pytest.fixture
def day(storage: Storage) -> Storage:
    """One over midnight and one that meets it for 5 min; one of ten minutes and one that meets its second half and is
    led to a mobile until 10:20: 15 min with two channels or more, 4 of them with three."""
    at_mobile = replace(
        called("l4", at("2026-11-16 10:05"), at("2026-11-16 10:20")),
        rings=(Ring(DUTY, at("2026-11-16 10:06"), at("2026-11-16 10:07"), 60.0, 12, "answered"),),
        talks=(Talk(DUTY, at("2026-11-16 10:07"), at("2026-11-16 10:20")),),
    )
    calls = [
        called("l1", at("2026-11-15 23:50"), at("2026-11-16 00:10")),
        called("l2", at("2026-11-16 00:05"), at("2026-11-16 00:20")),
        called("l3", at("2026-11-16 10:00"), at("2026-11-16 10:10")),
        at_mobile,
    ]
    record(storage, "node1", calls, [], lambda call: None, LATER)
    return storage


def known(folder: Path, channels: int) -> Settings:
    return an_instance(folder, LATER, f"[trunk]\nmax_channels = {channels}\n").settings


@pytest.mark.parametrize(("channels", "minutes"), [(1, 40), (2, 20), (3, 4), (4, 0)])
def test_a1_as_counted_by_hand(day: Storage, tmp_path: Path, channels: int, minutes: int) -> None:
    settings = known(tmp_path, channels)
    rebuild(day, settings, LATER)
    with day.reading() as tx:
        peak, full, share = values(tx, DAY, NAMES, settings, LATER).values()
        opened = rows(tx, DAY, "time_channels_full", settings, now=LATER)
    assert (peak.value, full.value) == (3, minutes)
    assert share.value == pytest.approx(minutes * 100 / 1440, abs=0.0001)
    assert opened.kind == "day"


def test_a1_where_nobody_knows_how_many_there_are_the_share_is_of_nothing(day: Storage, tmp_path: Path) -> None:
    settings = an_instance(tmp_path, LATER).settings
    rebuild(day, settings, LATER)
    with day.reading() as tx:
        peak, full, share = values(tx, DAY, NAMES, settings, LATER).values()
    assert (peak.value, full.value, share.value) == (3, None, None)
