"""A dialled call is known by its Linkedid, set beforehand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hotline.domain.calls.call import Direction
from hotline.domain.calls.dialled_id import dialled_id, is_dialled
from hotline.domain.calls.events import CelType, ChannelEvent
from hotline.domain.calls.fold import Directory, fold

AT = datetime(2026, 11, 16, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize("node", ["hotline", "node-1", "d1"])
def test_what_is_made_is_known_again(node: str) -> None:
    assert is_dialled(dialled_id(node, AT, "0123456789ab"))


@pytest.mark.parametrize("linkedid", ["hotline-1795660200.12", "d1-1795660200.0", "", "hotline-1795660200.d12"])
def test_asterisks_own_are_none(linkedid: str) -> None:
    assert not is_dialled(linkedid)


@pytest.mark.parametrize(
    ("linkedid", "direction"),
    [(dialled_id("hotline", AT, "0123456789ab"), Direction.DIALLED), ("hotline-1795660200.12", Direction.INTERNAL)],
)
def test_fold_knows_it(linkedid: str, direction: Direction) -> None:
    start = ChannelEvent(AT, CelType.CHAN_START, linkedid, linkedid, "PJSIP/1001-00000001", exten="s")
    call = fold("hotline", linkedid, [start], [], Directory())
    assert call is not None
    assert call.direction is direction
