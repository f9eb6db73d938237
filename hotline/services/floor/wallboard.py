"""What a wallboard shows: the floor without callers' numbers, customers' names or reasons of pauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from hotline.domain.floor.thresholds import Trouble
from hotline.domain.operators.presence import ShownState
from hotline.services.floor.floor import DayBook, QueueNow, Today, calls_now, lines_now, queues_now
from hotline.services.floor.thresholds import told_now
from hotline.services.line.alert_kinds import CALLBACK_TRUNK, TRUNK
from hotline.services.operators.presence import OperatorView, operator_views
from hotline.settings import Settings
from hotline.storage.alerts import AlertStore
from hotline.storage.transaction import Storage, Transaction


class _View(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OperatorOnWallboard(_View):
    name: str
    state: ShownState
    since: datetime | None


class LineOnWallboard(_View):
    """`until`: when it opens or closes next."""

    id: str
    name: str
    open: bool
    until: datetime | None


class TroubleOnWallboard(_View):
    """What has gone beyond its threshold; `queue`: its id, "" for the whole floor."""

    kind: Trouble
    queue: str


class TileOnWallboard(_View):
    """A figure of today that was chosen. `of`: whose it is, "" for all; `unit` as the reports have it; `sample`: of how
    many a rate was taken."""

    zh: str
    en: str
    of: str
    unit: str
    value: float | None
    sample: int | None


#: What was chosen, at one moment.
ChosenTiles = Callable[[Transaction, Settings, datetime], Sequence[TileOnWallboard]]


class Wallboard(_View):
    """`calls`: how many are in each stage. `trunks_down`: kinds of alerts, trunk or callback_trunk. `tiles`: figures of
    today that were chosen for it, in place of its own row; [] for none."""

    now: datetime
    lines: list[LineOnWallboard]
    calls: dict[str, int]
    longest_wait_since: datetime | None
    queues: list[QueueNow]
    operators: list[OperatorOnWallboard]
    troubles: list[TroubleOnWallboard]
    trunks_down: list[str]
    today: Today
    tiles: list[TileOnWallboard]


def wallboard(
    storage: Storage, settings: Settings, book: DayBook, now: datetime, chosen: ChosenTiles | None = None
) -> Wallboard:
    """What the wallboard shows at one moment. Raises StorageError."""
    with storage.reading() as tx:
        calls = calls_now(tx, settings, now, whole_numbers=False)
        troubles = [TroubleOnWallboard(kind=Trouble(kind), queue=queue) for kind, queue in told_now(tx)]
        trunks_down = sorted(each.kind for each in AlertStore(tx).open() if each.kind in (TRUNK, CALLBACK_TRUNK))
        operators, lines, today = operator_views(tx, settings), lines_now(tx, settings, now), book.today(tx, now)
        tiles = chosen(tx, settings, now) if chosen else ()
    waits = [call.waiting_since for call in calls if call.waiting_since]
    return Wallboard(
        now=now,
        lines=[LineOnWallboard(id=line.id, name=line.name, open=line.open, until=line.until) for line in lines],
        calls=dict(Counter(call.stage for call in calls)),
        longest_wait_since=min(waits, default=None),
        queues=queues_now(settings, calls, operators),
        operators=[_shown(operator) for operator in operators if operator.state is not ShownState.OFFLINE],
        troubles=troubles,
        trunks_down=trunks_down,
        today=today,
        tiles=list(tiles),
    )


def _shown(operator: OperatorView) -> OperatorOnWallboard:
    return OperatorOnWallboard(name=operator.name, state=operator.state, since=operator.since)
