"""Examining calls (E6): chosen, assigned, given points, finished; the operator sees the result then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.examination.records import Comment, Examination, ExaminationState
from hotline.domain.examination.sample import Candidate, Why
from hotline.domain.examination.score import Points, ScoreForm, missing_points, passed, refused_points, score
from hotline.domain.records import OVERSEERS, Actor, Role
from hotline.domain.text import clean
from hotline.services.errors import Conflict, Forbidden, NotFound, Outdated, Refused
from hotline.services.examination_rights import (
    EXAMINING,
    candidate_of,
    examiner_named,
    handlers_of,
    read_call,
    require_may_examine,
    require_may_read,
    require_role,
)
from hotline.services.ports import Storage, Work
from hotline.services.ports_examination import ExaminationFilter
from hotline.services.score_forms import call_points, read_score_form, require_used_form
from hotline.settings import Settings

#: Why somebody chooses a call by hand.
BY_HAND = (Why.CHOSEN, Why.RECHECK)


def find_examinations(
    work: Work, wanted: ExaminationFilter, who: Actor, limit: int, offset: int = 0
) -> tuple[list[Examination], int]:
    """What this person may see: operators the published ones of their own calls. With how many there are in all."""
    if not who.has_role(*OVERSEERS):
        if not who.extension:
            return [], 0
        wanted = replace(wanted, extension=who.extension, published=True)
    return work.examinations.search(wanted, limit, offset), work.examinations.count(wanted)


def read_examination(work: Work, examination_id: int) -> Examination:
    """Raises NotFound."""
    found = work.examinations.by_id(examination_id)
    if found is None:
        raise NotFound("examination.no_examination", id=examination_id)
    return found


def view_examination(storage: Storage, examination_id: int, who: Actor, now: datetime) -> Examination:
    """As this person may see it; the view is written down (F8), and that the operator has seen it. Raises NotFound,
    Forbidden."""
    with storage.writing() as work:
        found = read_examination(work, examination_id)
        require_may_read(work, found, who)
        if who.extension == found.extension and found.is_published:
            work.examinations.seen(examination_id, now)
        work.audit.add(now, who.name, "examination.view", f"examination:{examination_id}")
        return read_examination(work, examination_id)


def choose_call(
    storage: Storage, settings: Settings, call_id: int, why: Why, examiner: str, who: Actor, now: datetime
) -> Examination:
    """Have a call examined, by oneself if `examiner` is "". Raises Forbidden (also F5, E5), NotFound, Refused,
    Conflict when this examiner has it already."""
    require_role(who, *EXAMINING)
    if why not in BY_HAND:
        raise Refused("examination.why", field="why")
    with storage.writing() as work:
        candidate = candidate_of(work, read_call(work, call_id).call)
        person = examiner_named(work, examiner or who.name, who)
        require_may_examine(work, person.username, person.extension, candidate)
        _require_not_there(work, candidate, person.username)
        form = require_used_form(work, settings, now)
        made = work.examinations.add(new_examination(candidate, why, form, person.username, settings, now))
        work.audit.add(now, who.name, "examination.choose", f"examination:{made.id}", f"call {call_id}, {why}")
        return made


def new_examination(
    candidate: Candidate, why: Why, form: ScoreForm, examiner: str, settings: Settings, now: datetime
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
    storage: Storage, examination_id: int, version: int, examiner: str, who: Actor, now: datetime
) -> Examination:
    """Give it to another examiner, with the points so far taken away. Supervisors give any to anybody, examiners take
    what nobody has. Raises Forbidden (also F5, E5), NotFound, Refused, Conflict once it is done, Outdated."""
    require_role(who, *EXAMINING)
    with storage.writing() as work:
        found = _to_be_done(work, examination_id)
        if not who.has_role(Role.SUPERVISOR) and (found.examiner or examiner != who.name):
            raise Forbidden("examination.taken_by_examiners")
        if found.calibration_id is not None:
            raise Refused("examination.calibration_is_fixed")
        person = examiner_named(work, examiner, who)
        require_may_examine(work, person.username, person.extension, _candidate(work, found))
        changed = replace(found, examiner=person.username, points={}, remark="")
        _keep(work, changed, version)
        work.audit.add(now, who.name, "examination.assign", f"examination:{examination_id}", person.username)
        return read_examination(work, examination_id)


def give_points(
    storage: Storage, examination_id: int, version: int, points: Points, remark: str | None, who: Actor, now: datetime
) -> Examination:
    """Write down points, all that are given so far; an item that does not apply has None. Automatic items that are
    not given have what was measured. Until it is done, as often as wanted. Raises Forbidden for all but its examiner,
    NotFound, Refused, Conflict once it is done, Outdated."""
    with storage.writing() as work:
        found = _mine(work, examination_id, who)
        form = read_score_form(work, found.score_form_id)
        if wrong := refused_points(form, points):
            raise Refused("examination.wrong_points", problems=wrong)
        said = found.remark if remark is None else clean(remark, several_lines=True).strip()
        _keep(work, replace(found, points=dict(points), remark=said), version)
        work.audit.add(now, who.name, "examination.points", f"examination:{examination_id}", f"{len(points)} items")
        return read_examination(work, examination_id)


def finish(
    storage: Storage, settings: Settings, examination_id: int, version: int, who: Actor, now: datetime
) -> Examination:
    """All is judged: the score stands, and the operator may see it. Raises as `give_points`, and Refused naming the
    items that are still to be judged."""
    with storage.writing() as work:
        found = _mine(work, examination_id, who)
        form = read_score_form(work, found.score_form_id)
        if missing := missing_points(form, found.points):
            names = tuple(item.name for item in form.items if item.id in missing)
            raise Refused("examination.still_to_be_judged", items=names)
        points = {**measured_points(work, settings, found, form), **found.points}
        reached = score(form, points)
        done = replace(
            found, points=points, score=reached, passed=passed(form, reached), done_at=now, state=ExaminationState.DONE
        )
        _keep(work, done, version)
        work.audit.add(now, who.name, "examination.finish", f"examination:{examination_id}", f"score {reached}")
        return read_examination(work, examination_id)


def comment(
    storage: Storage, examination_id: int, second: float | None, text: str, who: Actor, now: datetime
) -> Comment:
    """A remark at a second of the recording, or on the whole. Raises Forbidden, NotFound, Refused without text."""
    require_role(who, *EXAMINING)
    words = clean(text, several_lines=True).strip()
    if not words:
        raise Refused("examination.comment_words", field="text")
    with storage.writing() as work:
        found = read_examination(work, examination_id)
        require_may_read(work, found, who)
        require_may_examine(work, who.name, who.extension, _candidate(work, found))
        made = work.examinations.add_comment(Comment(examination_id, second, words, who.name, now))
        work.audit.add(now, who.name, "examination.comment", f"examination:{examination_id}")
        return made


def measured_points(
    work: Work, settings: Settings, examination: Examination, form: ScoreForm
) -> Mapping[str, float | None]:
    """The automatic items' points by what is measured now, of the operator whose call it is."""
    scored = work.findings.score(examination.node, examination.linkedid)
    findings = [
        each.finding
        for each in work.findings.of(examination.node, examination.linkedid)
        if each.extension == examination.extension
    ]
    return call_points(form, findings, scored.measures if scored else {}, settings)


def _candidate(work: Work, examination: Examination) -> Candidate:
    call = work.calls.get(examination.node, examination.linkedid)
    handlers = handlers_of(work, call) if call else frozenset()
    return Candidate(
        examination.node,
        examination.linkedid,
        examination.extension,
        examination.called_at,
        call.talk_seconds if call else 0.0,
        handlers=handlers,
    )


def require_may_examine_again(work: Work, examination: Examination, who: Actor) -> None:
    """Raises Forbidden (F5, E5)."""
    require_may_examine(work, who.name, who.extension, _candidate(work, examination))


def _require_not_there(work: Work, candidate: Candidate, examiner: str) -> None:
    waiting = ExaminationFilter(
        states=(ExaminationState.ASSIGNED,), node=candidate.node, linkedid=candidate.linkedid, examiner=examiner
    )
    if any(each.calibration_id is None for each in work.examinations.search(waiting, 10)):
        raise Conflict("examination.on_list_already")


def _to_be_done(work: Work, examination_id: int) -> Examination:
    found = read_examination(work, examination_id)
    if found.state is not ExaminationState.ASSIGNED:
        raise Conflict("examination.is_done")
    return found


def _mine(work: Work, examination_id: int, who: Actor) -> Examination:
    found = read_examination(work, examination_id)
    if found.examiner != who.name:
        raise Forbidden("examination.not_its_examiner")
    found = _to_be_done(work, examination_id)
    if found.calibration_id is not None:
        calibration = work.calibrations.by_id(found.calibration_id)
        if calibration is None or calibration.closed_at is not None:
            raise Conflict("examination.calibration_closed")
    return found


def _keep(work: Work, changed: Examination, version: int) -> None:
    assert changed.id is not None
    if changed.version != version or not work.examinations.update(replace(changed, version=version + 1), version):
        raise Outdated("examination.changed_meanwhile", current={"version": changed.version})
