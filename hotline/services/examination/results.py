"""One examination as somebody looks at it: its result so far, and the appeal against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.examination.records import Appeal, Examination
from hotline.domain.examination.score import Points
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.examination.appeals import read_appeal
from hotline.services.examination.examinations import viewing
from hotline.services.examination.sheet import SoundView, sound_view
from hotline.services.examination.view import ExaminationView, examination_view
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class SeenAppeal:
    """`first_points`: what the appeal is against, by item; `sound`: of the call, None where nothing was recorded."""

    appeal: Appeal
    first_points: Points
    result: ExaminationView
    sound: SoundView | None


def look_at_result(
    storage: Storage, settings: Settings, examination_id: int, actor: Actor, now: datetime
) -> ExaminationView:
    """As this person may see it; the view is written down (F8). Raises NotFound, Forbidden."""
    with viewing(storage, examination_id, actor, now) as (tx, examination):
        return examination_view(tx, settings, examination, actor, now)


def show_result(
    storage: Storage, settings: Settings, examination: Examination, actor: Actor, now: datetime
) -> ExaminationView:
    """As whoever has just changed it sees it."""
    with storage.reading() as tx:
        return examination_view(tx, settings, examination, actor, now)


def look_at_appeal(storage: Storage, settings: Settings, appeal_id: int, actor: Actor, now: datetime) -> SeenAppeal:
    """The view of the examination is written down (F8). Raises NotFound, Forbidden."""
    require_right(Act.OVERSEE_EXAMINATIONS, actor)
    with storage.reading() as tx:
        appeal = read_appeal(tx, appeal_id)
    with viewing(storage, appeal.examination_id, actor, now) as (tx, examination):
        result = examination_view(tx, settings, examination, actor, now)
        stored = CallStore(tx).by_id(result.call_id) if result.call_id is not None else None
        return SeenAppeal(appeal, examination.points, result, sound_view(tx, stored, actor) if stored else None)
