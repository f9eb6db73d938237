"""Draws as screens and programs see them; each can be done again from its seed (E6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from hotline.domain.errors import NotFound
from hotline.domain.examination.records import Examination, ExaminationFilter, SampleDraw
from hotline.domain.examination.sample import Examiner, SampleCandidate
from hotline.domain.examination.sample import draw as drawn_of
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.examination.samples import DrawResult, candidates_of, examiners, plan_from, week_bounds
from hotline.services.examination.view import ExaminationPart
from hotline.services.looks import note_look
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.plans import SampleStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.transaction import Storage

#: Node and linkedid.
Key = tuple[str, str]


class DrawView(ExaminationPart):
    """With the seed, the plan and the candidates the draw can be done again."""

    id: int
    period: str = Field(description="the week: 2026-W47")
    seed: str
    plan: Mapping[str, object]
    candidates: int
    drawn: int
    by_why: Mapping[str, int] = Field(description="how many for each reason")
    drawn_by: str
    drawn_at: datetime


class DrawnView(DrawView):
    """`assigned`: examinations shared out; `examined_before`: drawn calls that had one already; `unassigned`: those
    that nobody may examine, for a supervisor to assign."""

    assigned: int
    examined_before: int
    unassigned: int


@dataclass(frozen=True, slots=True)
class LatestDraws:
    """The newest first, and among whom the next one is shared out."""

    draws: list[DrawView]
    examiners: list[Examiner]


@dataclass(frozen=True, slots=True)
class SeenDraw:
    """A draw with what the week's calls give now. `drawn`: node, linkedid and why. `counts`: the week's calls by
    operator. `examined` and `call_ids`: what was made of those drawn, and their rows in the ledger. `same`: drawn again
    from the seed it gives the same calls. `changed`: there are more or fewer calls than there were."""

    draw: DrawView
    drawn: tuple[tuple[str, str, str], ...]
    candidates: Mapping[Key, SampleCandidate]
    counts: Mapping[str, int]
    examined: Mapping[Key, Examination]
    call_ids: Mapping[Key, int | None]
    same: bool
    changed: bool


def latest_draws(storage: Storage, actor: Actor, now: datetime, limit: int) -> LatestDraws:
    """Raises Forbidden."""
    require_right(Act.OVERSEE_EXAMINATIONS, actor)
    with storage.reading() as tx:
        return LatestDraws([draw_view(each) for each in SampleStore(tx).latest(limit)], examiners(tx, now))


def look_at_draw(storage: Storage, draw_id: int, actor: Actor, now: datetime) -> SeenDraw:
    """The view is written down (F8). Raises Forbidden, NotFound."""
    require_right(Act.OVERSEE_EXAMINATIONS, actor)
    with storage.reading() as tx:
        draw = SampleStore(tx).by_id(draw_id)
        if draw is None:
            raise NotFound("examination.no_draw", id=draw_id)
        candidates = {each.key: each for each in candidates_of(tx, *week_bounds(draw.period))}
        made = ExaminationStore(tx).search(ExaminationFilter(draw_id=draw_id), len(draw.drawn) + 1)
        ids = {(node, linkedid): CallStore(tx).id_of(node, linkedid) for node, linkedid, _why in draw.drawn}
    note_look(storage, actor, now, "draw.view", f"draw:{draw_id}", draw.period)
    again = drawn_of(candidates.values(), plan_from(draw.plan), draw.seed)
    return SeenDraw(
        draw_view(draw),
        draw.drawn,
        candidates,
        Counter(each.operator for each in candidates.values()),
        {(each.node, each.linkedid): each for each in made},
        ids,
        same={(each.candidate.node, each.candidate.linkedid, each.why.value) for each in again} == set(draw.drawn),
        changed=len(candidates) != draw.candidates,
    )


def draw_view(draw: SampleDraw) -> DrawView:
    assert draw.id is not None
    reasons = [why for _node, _linkedid, why in draw.drawn]
    return DrawView(
        id=draw.id,
        period=draw.period,
        seed=draw.seed,
        plan=draw.plan,
        candidates=draw.candidates,
        drawn=len(reasons),
        by_why={why: reasons.count(why) for why in sorted(set(reasons))},
        drawn_by=draw.drawn_by,
        drawn_at=draw.drawn_at,
    )


def drawn_view(done: DrawResult) -> DrawnView:
    return DrawnView(
        **draw_view(done.draw).model_dump(),
        assigned=done.assigned,
        examined_before=done.examined_before,
        unassigned=done.unassigned,
    )
