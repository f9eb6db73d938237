"""Draws, calibrations, corrective actions and examples as screens and programs see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field

from hotline.domain.examination.records import (
    OPEN_STATES,
    Calibration,
    CorrectiveAction,
    CorrectiveActionState,
    Examination,
    ExaminationState,
    Example,
    SampleDraw,
)
from hotline.domain.examination.spread import Spread
from hotline.domain.people import OVERSEERS, Actor
from hotline.services.examination.calibrations import spreads
from hotline.services.examination.view import ExaminationPart, operator_name
from hotline.services.workflow_view import StepView, step_view
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Transaction


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


class SpreadView(ExaminationPart):
    examiners: int
    mean: float
    lowest: float
    highest: float
    deviation: float
    range: float


class CalibrationPart(ExaminationPart):
    """One examiner's. Points and score are null until it is closed, but for one's own."""

    examination_id: int
    examiner: str
    state: ExaminationState
    score: float | None
    points: Mapping[str, float | None] | None


class CalibrationView(ExaminationPart):
    """`spread` and `items` (by the item's id): null and empty until it is closed."""

    id: int
    call_id: int | None
    score_form_id: int
    title: str
    called_by: str
    called_at: datetime
    closed_at: datetime | None
    conclusion: str
    parts: list[CalibrationPart]
    spread: SpreadView | None
    items: Mapping[str, SpreadView]


class CorrectiveActionView(ExaminationPart):
    id: int
    extension: str
    operator_name: str
    examination_id: int | None
    text: str
    due_at: datetime
    overdue: bool
    issued_by: str
    issued_at: datetime
    state: CorrectiveActionState
    done_note: str
    done_at: datetime | None
    checked_by: str
    checked_at: datetime | None
    check_note: str
    steps: list[StepView]


class ExampleView(ExaminationPart):
    """For everybody: nothing of the customer. `call_id` only for those who may open the call."""

    id: int
    title: str
    lesson: str
    from_second: float | None
    to_second: float | None
    caller_silenced: bool = Field(description="the caller is not heard in it")
    marked_at: datetime
    call_id: int | None


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


def calibration_view(
    tx: Transaction, calibration: Calibration, examinations: Sequence[Examination], actor: Actor
) -> CalibrationView:
    closed = calibration.closed_at is not None
    total, items = spreads(examinations) if closed else (None, {})
    return CalibrationView(
        **{name: getattr(calibration, name) for name in _CALIBRATION_AS_IT_IS},
        call_id=CallStore(tx).id_of(calibration.node, calibration.linkedid),
        parts=[_part(each, closed or each.examiner == actor.name) for each in examinations],
        spread=_spread(total) if total else None,
        items={item: _spread(each) for item, each in items.items()},
    )


_CALIBRATION_AS_IT_IS = ("id", "score_form_id", "title", "called_by", "called_at", "closed_at", "conclusion")


def corrective_action_view(order: CorrectiveAction, settings: Settings, now: datetime) -> CorrectiveActionView:
    own = ("operator_name", "overdue", "steps")
    return CorrectiveActionView(
        **{name: getattr(order, name) for name in CorrectiveActionView.model_fields if name not in own},
        operator_name=operator_name(settings, order.extension),
        overdue=order.state in OPEN_STATES and order.due_at < now,
        steps=list(map(step_view, order.steps)),
    )


def example_view(tx: Transaction, example: Example, actor: Actor) -> ExampleView:
    call_id = CallStore(tx).id_of(example.node, example.linkedid) if actor.has_role(*OVERSEERS) else None
    own = ("call_id", "caller_silenced")
    return ExampleView(
        **{name: getattr(example, name) for name in ExampleView.model_fields if name not in own},
        call_id=call_id,
        caller_silenced=not example.caller_allowed,
    )


def _part(examination: Examination, seen: bool) -> CalibrationPart:
    assert examination.id is not None
    return CalibrationPart(
        examination_id=examination.id,
        examiner=examination.examiner,
        state=examination.state,
        score=examination.score if seen else None,
        points=examination.points if seen else None,
    )


def _spread(found: Spread) -> SpreadView:
    return SpreadView(**{name: getattr(found, name) for name in SpreadView.model_fields})
