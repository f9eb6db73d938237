"""Which deadlines a change of the calendar or of a setting moved, for those who supervise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.deadlines.kept import DeadlineMove
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.deadlines.clock import all_clocks
from hotline.services.looks import note_look
from hotline.storage.deadlines.moves import DeadlineMoveStore
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class SeenMove:
    """`object`: what it is the deadline of, as the audit log names it."""

    move: DeadlineMove
    rule: str
    object: str


@dataclass(frozen=True, slots=True)
class SeenMoves:
    """A page of them, newest first; `total`: how many there are."""

    moves: Sequence[SeenMove]
    total: int


def see_moves(storage: Storage, actor: Actor, now: datetime, limit: int, offset: int = 0) -> SeenMoves:
    """The look stands in the audit log (F8). Raises Forbidden."""
    require_right(Act.SEE_MOVED_DEADLINES, actor)
    with storage.reading() as tx:
        found, total = DeadlineMoveStore(tx).latest(limit, offset), DeadlineMoveStore(tx).count()
    note_look(storage, actor, now, "deadlines.view", "deadlines", f"{len(found)} moved")
    return SeenMoves([seen_move(each) for each in found], total)


def seen_move(move: DeadlineMove) -> SeenMove:
    clock = all_clocks().get(move.clock)
    kind, rule = (clock.object, clock.rule) if clock else (str(move.clock), "")
    return SeenMove(move, rule, f"{kind}:{move.object_id}")
