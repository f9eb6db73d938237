"""What operators see of the examinations of their own calls, once these are published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.domain.errors import NotFound
from hotline.domain.examination.records import Examination, ExaminationFilter
from hotline.domain.examination.score import Points
from hotline.domain.people import Actor
from hotline.domain.quality import Finding
from hotline.domain.recordings.recording import RecordingState
from hotline.services.access import may_hear
from hotline.services.deadlines.view import ShownDeadline
from hotline.services.examination.corrective_actions import deadlines_of
from hotline.services.examination.examinations import viewing
from hotline.services.examination.improvement_view import CorrectiveActionView, corrective_action_view
from hotline.services.examination.view import ExaminationRow, ExaminationView, examination_rows, examination_view
from hotline.services.looks import note_look
from hotline.services.quality.measuring import talk_recording
from hotline.services.staff.names import holders
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.corrective_actions import CorrectiveActionStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.quality.findings import FindingStore
from hotline.storage.transaction import Storage, Transaction

#: The figures are of so many days.
FIGURES_DAYS = 90
_MOST_COUNTED = 500
_ORDERS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """`mean` score and percent `passed` of so many `calls`; None where there are none."""

    calls: int
    mean: float | None
    passed: int | None


@dataclass(frozen=True, slots=True)
class OwnResults:
    """`total` counts all published results; `orders`: corrective actions, what is due first; `deadlines` of those that
    are to be mended, by their ids."""

    rows: list[ExaminationRow]
    total: int
    figures: OwnFigures
    orders: list[CorrectiveActionView]
    deadlines: Mapping[int, ShownDeadline]


@dataclass(frozen=True, slots=True)
class OwnResult:
    """`first_points`: before an appeal changed them, by item. `broken`: rules that the operator broke in the call.
    `recording_id`: the talk's recording, if this person may hear it now."""

    result: ExaminationView
    first_points: Points
    broken: list[Finding]
    recording_id: int | None


def own_results(
    storage: Storage, settings: Settings, actor: Actor, now: datetime, limit: int, offset: int = 0
) -> OwnResults:
    """Whoever has no extension has no calls, and so no results. The view is written down (F8)."""
    found = _own_results(storage, settings, actor, now, limit, offset) if actor.had else _nothing()
    note_look(storage, actor, now, "examinations.view", "examinations", f"{len(found.rows)} own examinations")
    return found


def look_at_own_result(
    storage: Storage, settings: Settings, examination_id: int, actor: Actor, now: datetime
) -> OwnResult:
    """The view is written down (F8), and that the operator has seen it. Raises NotFound as `require_own` does."""
    require_own(storage, examination_id, actor)
    with viewing(storage, examination_id, actor, now) as (tx, examination):
        findings = FindingStore(tx).of(examination.node, examination.linkedid)
        return OwnResult(
            examination_view(tx, settings, examination, actor, now),
            examination.points,
            [each.finding for each in findings if each.extension == examination.extension and each.finding.breach],
            _recording(tx, examination, actor),
        )


def require_own(storage: Storage, examination_id: int, actor: Actor) -> None:
    """Raises NotFound for others' too: whether there is one is nothing for an operator to know."""
    with storage.reading() as tx:
        found = ExaminationStore(tx).by_id(examination_id)
    if found is None or not actor.had_extension(found.extension, found.called_at) or not found.is_published:
        raise NotFound("examination.no_examination", id=examination_id)


def _own_results(
    storage: Storage, settings: Settings, actor: Actor, now: datetime, limit: int, offset: int
) -> OwnResults:
    own = ExaminationFilter(had=actor.had, published=True)
    lately = replace(own, since=now - timedelta(days=FIGURES_DAYS))
    with storage.reading() as tx:
        store = ExaminationStore(tx)
        orders = CorrectiveActionStore(tx).search(actor.had, False, _ORDERS_SHOWN)
        return OwnResults(
            examination_rows(tx, settings, store.search(own, limit, offset), actor, now),
            store.count(own),
            _figures(examination_rows(tx, settings, store.search(lately, _MOST_COUNTED), actor, now)),
            [corrective_action_view(each, holders(tx, settings), now) for each in orders],
            deadlines_of(tx, settings, orders, now),
        )


def _nothing() -> OwnResults:
    return OwnResults([], 0, _figures(()), [], {})


def _figures(rows: Sequence[ExaminationRow]) -> OwnFigures:
    scores = [row.score for row in rows if row.score is not None]
    judged = [row.passed for row in rows if row.passed is not None]
    return OwnFigures(
        len(rows),
        round(sum(scores) / len(scores), 1) if scores else None,
        round(100 * sum(judged) / len(judged)) if judged else None,
    )


def _recording(tx: Transaction, found: Examination, actor: Actor) -> int | None:
    stored = CallStore(tx).by_id(CallStore(tx).id_of(found.node, found.linkedid) or 0)
    entry = talk_recording(stored) if stored else None
    if stored is None or entry is None or entry.state is not RecordingState.READY:
        return None
    return entry.id if may_hear(tx, stored.call, actor) else None
