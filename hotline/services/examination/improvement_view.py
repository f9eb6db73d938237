"""Calibrations, corrective actions and examples as screens and programs see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from hotline.domain.accounts.user import User
from hotline.domain.examination.records import (
    OPEN_STATES,
    Calibration,
    CorrectiveAction,
    CorrectiveActionState,
    Examination,
    ExaminationState,
    Example,
)
from hotline.domain.examination.score import ScoreForm
from hotline.domain.examination.spread import Spread
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.services.access import require_right
from hotline.services.deadlines.view import ShownDeadline
from hotline.services.examination.calibrations import read_calibration, spreads
from hotline.services.examination.corrective_actions import find_corrective_actions
from hotline.services.examination.examples import list_examples
from hotline.services.examination.rights import people_who_examine
from hotline.services.examination.view import ExaminationPart
from hotline.services.looks import note_look
from hotline.services.quality.score_forms import read_score_form
from hotline.services.staff.names import Holders, read_holders
from hotline.services.workflow_view import StepView, step_view
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.plans import CalibrationStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.transaction import Storage, Transaction


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


@dataclass(frozen=True, slots=True)
class SeenCalibrations:
    """`people`: who could take part in another."""

    calibrations: list[CalibrationView]
    people: list[User]


@dataclass(frozen=True, slots=True)
class SeenCalibration:
    calibration: CalibrationView
    form: ScoreForm


def find_calibrations(storage: Storage, actor: Actor, now: datetime, limit: int) -> SeenCalibrations:
    """Newest first. The view is written down (F8). Raises Forbidden."""
    require_right(Act.OVERSEE_EXAMINATIONS, actor)
    with storage.reading() as tx:
        found = [_with_parts(tx, each, actor) for each in CalibrationStore(tx).latest(limit)]
        people = people_who_examine(tx, now)
    note_look(storage, actor, now, "calibration.view", "calibrations", f"{len(found)} calibrations")
    return SeenCalibrations(found, people)


def look_at_calibration(storage: Storage, calibration_id: int, actor: Actor, now: datetime) -> SeenCalibration:
    """The view is written down (F8). Raises Forbidden, NotFound."""
    require_right(Act.OVERSEE_EXAMINATIONS, actor)
    with storage.reading() as tx:
        found = read_calibration(tx, calibration_id)
        seen = SeenCalibration(_with_parts(tx, found, actor), read_score_form(tx, found.score_form_id))
    note_look(storage, actor, now, "calibration.view", f"calibration:{calibration_id}")
    return seen


def show_calibration(storage: Storage, calibration: Calibration, actor: Actor) -> CalibrationView:
    """As whoever has just changed it sees it."""
    with storage.reading() as tx:
        return _with_parts(tx, calibration, actor)


def _with_parts(tx: Transaction, calibration: Calibration, actor: Actor) -> CalibrationView:
    return calibration_view(tx, calibration, ExaminationStore(tx).of_calibration(calibration.id or 0), actor)


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


def show_corrective_action(
    storage: Storage, settings: Settings, order: CorrectiveAction, now: datetime
) -> CorrectiveActionView:
    """As whoever has just changed it sees it."""
    return corrective_action_view(order, read_holders(storage, settings), now)


@dataclass(frozen=True, slots=True)
class SeenActions:
    """`deadlines` by the order's id, of those that are to be mended."""

    actions: list[CorrectiveActionView]
    deadlines: Mapping[int, ShownDeadline]


def see_corrective_actions(
    storage: Storage, settings: Settings, extension: str, open_only: bool, actor: Actor, now: datetime, limit: int
) -> SeenActions:
    """As `find_corrective_actions`."""
    known = read_holders(storage, settings)
    found = find_corrective_actions(storage, settings, extension, open_only, actor, now, limit)
    return SeenActions([corrective_action_view(each, known, now) for each in found.actions], found.deadlines)


def corrective_action_view(order: CorrectiveAction, known: Holders, now: datetime) -> CorrectiveActionView:
    own = ("operator_name", "overdue", "steps")
    return CorrectiveActionView(
        **{name: getattr(order, name) for name in CorrectiveActionView.model_fields if name not in own},
        operator_name=known.name(order.extension, order.issued_at),
        overdue=order.state in OPEN_STATES and order.due_at <= now,
        steps=list(map(step_view, order.steps)),
    )


def find_examples(storage: Storage, actor: Actor, limit: int) -> list[ExampleView]:
    """Newest first."""
    with storage.reading() as tx:
        return [example_view(tx, each, actor) for each in list_examples(tx, limit)]


def show_example(storage: Storage, example: Example, actor: Actor) -> ExampleView:
    """As whoever has just marked it sees it."""
    with storage.reading() as tx:
        return example_view(tx, example, actor)


def example_view(tx: Transaction, example: Example, actor: Actor) -> ExampleView:
    oversees = may(Act.OVERSEE_EXAMINATIONS, actor.roles)
    call_id = CallStore(tx).id_of(example.node, example.linkedid) if oversees else None
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
