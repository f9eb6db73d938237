"""Calibration: several examiners score the same call unseen by each other; then the spread is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.examination.records import Calibration, Examination, ExaminationState
from hotline.domain.examination.sample import Why
from hotline.domain.examination.spread import Spread, spread, spread_by_item
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.text import clean
from hotline.services.access import read_call, require_right
from hotline.services.examination.examinations import new_examination
from hotline.services.examination.rights import candidate_of, examiner_named, require_may_examine
from hotline.services.quality.score_forms import require_used_form
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.examination.plans import CalibrationStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.transaction import Storage, Transaction


def open_calibration(
    storage: Storage,
    settings: Settings,
    call_id: int,
    title: str,
    examiners: Sequence[str],
    actor: Actor,
    now: datetime,
) -> Calibration:
    """Give the call to each of these examiners, two at least. Raises Forbidden (also F5, E5), NotFound, Refused."""
    require_right(Act.CALIBRATE, actor)
    named = list(dict.fromkeys(examiners))
    said = clean(title, several_lines=False).strip()
    if len(named) < 2 or not said:
        raise Refused("examination.calibration_needs")
    with storage.writing() as tx:
        candidate = candidate_of(tx, read_call(tx, call_id).call)
        form = require_used_form(tx, settings, now)
        assert form.id is not None
        made = CalibrationStore(tx).add(Calibration(candidate.node, candidate.linkedid, form.id, said, actor.name, now))
        for name in named:
            person = examiner_named(tx, name, actor, now)
            require_may_examine(tx, person, candidate)
            each = new_examination(candidate, Why.CALIBRATION, form, person.username, settings, now)
            ExaminationStore(tx).add(replace(each, calibration_id=made.id))
        AuditLog(tx).add(now, actor.name, "calibration.open", f"calibration:{made.id}", f"call {call_id}")
        return made


def close_calibration(
    storage: Storage, calibration_id: int, conclusion: str, actor: Actor, now: datetime
) -> Calibration:
    """The points are shown, and no more can be given. By whoever called it or a supervisor. Raises Forbidden,
    NotFound, Refused while fewer than two are done, Conflict when it is closed."""
    require_right(Act.CALIBRATE, actor)
    with storage.writing() as tx:
        calibration = read_calibration(tx, calibration_id)
        if not may(Act.CALIBRATE, actor.roles, {Tie.MADE} if actor.name == calibration.called_by else ()):
            raise Forbidden("examination.calibration_closed_by")
        if calibration.closed_at is not None:
            raise Conflict("examination.calibration_closed")
        if len(done_ones(ExaminationStore(tx).of_calibration(calibration_id))) < 2:
            raise Refused("examination.calibration_early")
        if not CalibrationStore(tx).close(calibration_id, clean(conclusion, several_lines=True).strip(), now):
            raise Conflict("examination.calibration_closed")
        AuditLog(tx).add(now, actor.name, "calibration.close", f"calibration:{calibration_id}")
        return read_calibration(tx, calibration_id)


def read_calibration(tx: Transaction, calibration_id: int) -> Calibration:
    """Raises NotFound."""
    found = CalibrationStore(tx).by_id(calibration_id)
    if found is None:
        raise NotFound("examination.no_calibration", id=calibration_id)
    return found


def done_ones(examinations: Sequence[Examination]) -> list[Examination]:
    return [each for each in examinations if each.state is not ExaminationState.ASSIGNED]


def spreads(examinations: Sequence[Examination]) -> tuple[Spread | None, dict[str, Spread]]:
    """Of the scores, and of the points by item, over those that are done."""
    done = done_ones(examinations)
    scores = [each.score for each in done if each.score is not None]
    return spread(scores), spread_by_item({each.examiner: each.points for each in done})
