"""Examining calls (E6): chosen, assigned, given points, finished; the operator sees the result then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.errors import Conflict, Forbidden, NotFound, Outdated, Refused
from hotline.domain.examination.records import Comment, Examination, ExaminationFilter, ExaminationState
from hotline.domain.examination.sample import SampleCandidate, Why
from hotline.domain.examination.score import Points, ScoreForm, missing_points, passed, refused_points, score
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.text import clean
from hotline.services.access import handlers_of, read_call, require_right
from hotline.services.examination.rights import (
    candidate_of,
    examiner_named,
    examiner_of,
    require_may_examine,
    require_may_read,
)
from hotline.services.examination.told import tell_examiner, tell_result
from hotline.services.looks import note_look
from hotline.services.quality.score_forms import call_points, read_score_form, require_used_form
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.plans import CalibrationStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.one_at_a_time import one_at_a_time
from hotline.storage.quality.findings import FindingStore
from hotline.storage.transaction import Storage, Transaction

#: Why somebody chooses a call by hand.
BY_HAND = (Why.CHOSEN, Why.RECHECK)


def find_examinations(
    tx: Transaction, wanted: ExaminationFilter, actor: Actor, limit: int, offset: int = 0
) -> tuple[list[Examination], int]:
    """What this person may see: operators the published ones of their own calls. With how many there are in all."""
    if not may(Act.READ_RESULTS, actor.roles):
        if not actor.had:
            return [], 0
        wanted = replace(wanted, extension="", had=actor.had, published=True)
    return ExaminationStore(tx).search(wanted, limit, offset), ExaminationStore(tx).count(wanted)


def read_examination(tx: Transaction, examination_id: int) -> Examination:
    """Raises NotFound."""
    found = ExaminationStore(tx).by_id(examination_id)
    if found is None:
        raise NotFound("examination.no_examination", id=examination_id)
    return found


@contextmanager
def viewing(
    storage: Storage, examination_id: int, actor: Actor, now: datetime
) -> Iterator[tuple[Transaction, Examination]]:
    """The examination as this person may see it, and the transaction in which what belongs to it is read. Afterwards
    the view is written down (F8), and that the operator has seen it. Raises NotFound, Forbidden."""
    with storage.reading() as tx:
        found = read_examination(tx, examination_id)
        require_may_read(tx, found, actor)
        own = actor.had_extension(found.extension, found.called_at)
        first = own and found.is_published and found.seen_by_operator_at is None
        yield tx, replace(found, seen_by_operator_at=now) if first else found

    def seen(tx: Transaction) -> None:
        ExaminationStore(tx).seen(examination_id, now)

    note_look(storage, actor, now, "examination.view", f"examination:{examination_id}", also=seen if first else None)


def choose_call(
    storage: Storage, settings: Settings, call_id: int, why: Why, examiner: str, actor: Actor, now: datetime
) -> Examination:
    """Have a call examined, by oneself if `examiner` is "". Raises Forbidden (also F5, E5), NotFound, Refused,
    Conflict when this examiner has it already."""
    require_right(Act.EXAMINE, actor)
    if why not in BY_HAND:
        raise Refused("examination.why", field="why")
    with storage.writing() as tx:
        candidate = candidate_of(tx, read_call(tx, call_id).call)
        person = examiner_named(tx, examiner or actor.name, actor, now)
        require_may_examine(tx, person, candidate)
        require_not_there(tx, candidate, person.username)
        form = require_used_form(tx, settings, now)
        made = ExaminationStore(tx).add(new_examination(candidate, why, form, person.username, settings, now))
        AuditLog(tx).add(now, actor.name, "examination.choose", f"examination:{made.id}", f"call {call_id}, {why}")
        tell_examiner(tx, made, actor.name, now)
        return made


def new_examination(
    candidate: SampleCandidate, why: Why, form: ScoreForm, examiner: str, settings: Settings, now: datetime
) -> Examination:
    assert form.id is not None
    return Examination(
        candidate.node,
        candidate.linkedid,
        candidate.extension,
        candidate.called_at,
        why,
        form.id,
        examiner,
        now,
        due_at=now + timedelta(days=settings.examination.due_days),
    )


def assign(
    storage: Storage, examination_id: int, version: int, examiner: str, actor: Actor, now: datetime
) -> Examination:
    """Give it to another examiner, with the points so far taken away. Supervisors give any to anybody, examiners take
    what nobody has. Raises Forbidden (also F5, E5), NotFound, Refused, Conflict once it is done, Outdated."""
    require_right(Act.ASSIGN_EXAMINATION, actor)
    with storage.writing() as tx:
        examination = _to_be_done(tx, examination_id)
        free = not examination.examiner and examiner == actor.name
        if not may(Act.ASSIGN_EXAMINATION, actor.roles, {Tie.FREE} if free else ()):
            raise Forbidden("examination.taken_by_examiners")
        if examination.calibration_id is not None:
            raise Refused("examination.calibration_is_fixed")
        person = examiner_named(tx, examiner, actor, now)
        require_may_examine(tx, person, as_candidate(tx, examination))
        changed = replace(examination, examiner=person.username, points={}, remark="")
        _keep(tx, changed, version)
        AuditLog(tx).add(now, actor.name, "examination.assign", f"examination:{examination_id}", person.username)
        tell_examiner(tx, changed, actor.name, now)
        return read_examination(tx, examination_id)


def give_points(
    storage: Storage, examination_id: int, version: int, points: Points, remark: str | None, actor: Actor, now: datetime
) -> Examination:
    """Write down points, all that are given so far; an item that does not apply has None. Automatic items that are
    not given have what was measured. Until it is done, as often as wanted. Raises Forbidden for all but its examiner,
    NotFound, Refused, Conflict once it is done, Outdated."""
    with storage.writing() as tx:
        found = _mine(tx, examination_id, actor)
        form = read_score_form(tx, found.score_form_id)
        if wrong := refused_points(form, points):
            raise Refused("examination.wrong_points", problems=wrong)
        said = found.remark if remark is None else clean(remark, several_lines=True).strip()
        _keep(tx, replace(found, points=dict(points), remark=said), version)
        AuditLog(tx).add(now, actor.name, "examination.points", f"examination:{examination_id}", f"{len(points)} items")
        return read_examination(tx, examination_id)


def finish(
    storage: Storage, settings: Settings, examination_id: int, version: int, actor: Actor, now: datetime
) -> Examination:
    """All is judged: the score stands, and the operator may see it. Raises as `give_points`, and Refused naming the
    items that are still to be judged."""
    with storage.writing() as tx:
        examination = _mine(tx, examination_id, actor)
        form = read_score_form(tx, examination.score_form_id)
        if missing := missing_points(form, examination.points):
            names = tuple(item.name for item in form.items if item.id in missing)
            raise Refused("examination.still_to_be_judged", items=names)
        points = {**measured_points(tx, settings, examination, form), **examination.points}
        reached = score(form, points)
        done = replace(
            examination,
            points=points,
            score=reached,
            passed=passed(form, reached),
            done_at=now,
            state=ExaminationState.DONE,
        )
        _keep(tx, done, version)
        AuditLog(tx).add(now, actor.name, "examination.finish", f"examination:{examination_id}", f"score {reached}")
        tell_result(tx, done, now)
        return read_examination(tx, examination_id)


def comment(
    storage: Storage, examination_id: int, second: float | None, text: str, actor: Actor, now: datetime
) -> Comment:
    """A remark at a second of the recording, or on the whole. Raises Forbidden, NotFound, Refused without text."""
    require_right(Act.EXAMINE, actor)
    words = clean(text, several_lines=True).strip()
    if not words:
        raise Refused("examination.comment_words", field="text")
    with storage.writing() as tx:
        found = read_examination(tx, examination_id)
        require_may_read(tx, found, actor)
        require_may_examine(tx, examiner_of(actor), as_candidate(tx, found))
        made = ExaminationStore(tx).add_comment(Comment(examination_id, second, words, actor.name, now))
        AuditLog(tx).add(now, actor.name, "examination.comment", f"examination:{examination_id}")
        return made


def measured_points(
    tx: Transaction, settings: Settings, examination: Examination, form: ScoreForm
) -> Mapping[str, float | None]:
    """The automatic items' points by what is measured now, of the operator whose call it is."""
    scored = FindingStore(tx).score(examination.node, examination.linkedid)
    findings = [
        each.finding
        for each in FindingStore(tx).of(examination.node, examination.linkedid)
        if each.extension == examination.extension
    ]
    return call_points(form, findings, scored.measures if scored else {}, settings)


def as_candidate(tx: Transaction, examination: Examination) -> SampleCandidate:
    call = CallStore(tx).get(examination.node, examination.linkedid)
    handlers = handlers_of(tx, call) if call else frozenset()
    return SampleCandidate(
        examination.node,
        examination.linkedid,
        examination.extension,
        examination.called_at,
        call.talk_seconds if call else 0.0,
        handlers=handlers,
    )


def require_may_examine_again(tx: Transaction, examination: Examination, actor: Actor) -> None:
    """Raises Forbidden (F5, E5)."""
    require_may_examine(tx, examiner_of(actor), as_candidate(tx, examination))


def require_not_there(tx: Transaction, candidate: SampleCandidate, examiner: str) -> None:
    """Raises Conflict for what they have to examine already."""
    one_at_a_time(tx, "examination")
    waiting = ExaminationFilter(
        states=(ExaminationState.ASSIGNED,), node=candidate.node, linkedid=candidate.linkedid, examiner=examiner
    )
    if any(each.calibration_id is None for each in ExaminationStore(tx).search(waiting, 10)):
        raise Conflict("examination.on_list_already")


def _to_be_done(tx: Transaction, examination_id: int) -> Examination:
    found = read_examination(tx, examination_id)
    if found.state is not ExaminationState.ASSIGNED:
        raise Conflict("examination.is_done")
    return found


def _mine(tx: Transaction, examination_id: int, actor: Actor) -> Examination:
    found = read_examination(tx, examination_id)
    if found.examiner != actor.name:
        raise Forbidden("examination.not_its_examiner")
    found = _to_be_done(tx, examination_id)
    if found.calibration_id is not None:
        calibration = CalibrationStore(tx).by_id(found.calibration_id)
        if calibration is None or calibration.closed_at is not None:
            raise Conflict("examination.calibration_closed")
    return found


def _keep(tx: Transaction, changed: Examination, version: int) -> None:
    assert changed.id is not None
    if changed.version != version or not ExaminationStore(tx).update(replace(changed, version=version + 1), version):
        raise Outdated("examination.changed_meanwhile", current={"version": changed.version})
