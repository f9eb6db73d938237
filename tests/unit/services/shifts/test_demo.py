"""The simulation shows shifts, leave and swaps in each state, and rings nobody by them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotline.domain.people import Actor, Role
from hotline.domain.shifts.leave import LeaveState
from hotline.domain.shifts.swap import SwapState
from hotline.services.demo import Stage
from hotline.services.shifts.demo import DEMO
from hotline.settings.calls import Operator
from hotline.settings.load import default_settings
from hotline.storage.line.roster import RosterStore
from hotline.storage.shifts.requests import LeaveStore, SwapStore
from hotline.storage.shifts.store import ShiftStore
from tests.support.rows import MORNING, a_storage

LONG = timedelta(days=60)


def test_a_month_is_planned_in_part_and_a_second_start_leaves_it(tmp_path: Path) -> None:
    storage = a_storage(tmp_path)
    names = {str(1001 + place): Operator(name=name) for place, name in enumerate(("赵敏", "钱伟", "孙丽", "李雷"))}
    settings = default_settings().model_copy(update={"operators": names})
    stage = Stage(storage, settings, (), Actor("demo", (Role.ADMINISTRATOR,), "demo"))
    DEMO.write(stage, MORNING)
    with storage.reading() as tx:
        before = ShiftStore(tx).between(MORNING - LONG, MORNING + LONG, drafts=True)
        assert {each.is_published for each in before} == {True, False}
        assert RosterStore(tx).shifts(MORNING - LONG, MORNING + LONG) == []
        assert {each.state for each in SwapStore(tx).search()} == {SwapState.ASKED, SwapState.ACCEPTED, SwapState.DONE}
        assert {each.state for each in LeaveStore(tx).search()} == {LeaveState.ASKED, LeaveState.ACCEPTED}
    DEMO.write(stage, MORNING + timedelta(hours=1))
    with storage.reading() as tx:
        assert ShiftStore(tx).between(MORNING - LONG, MORNING + LONG, drafts=True) == before
