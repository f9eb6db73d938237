"""Appeals: the operator disagrees with a result; another examiner decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.examination.records import Appeal, AppealDecision, Examination, ExaminationState
from hotline.domain.examination.score import Points, ScoreForm, refused_points, score
from hotline.domain.people import Actor
from hotline.domain.reasons import because
from hotline.domain.rights.acts import Act
from hotline.domain.text import clean
from hotline.domain.workflow import Step, Transition, Workflow
from hotline.services.access import require_right
from hotline.services.examination.examinations import read_examination, require_may_examine_again
from hotline.services.examination.told import tell_decision
from hotline.services.looks import note_look
from hotline.services.quality.score_forms import read_score_form
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.workflow import StepStore


def _its_operator(examination: Examination, actor: Actor) -> None:
    own = actor.had_extension(examination.extension, examination.called_at)
    if not own or not examination.is_published:
        raise Forbidden("examination.appeal_own_calls")


def _another_examiner(examination: Examination, actor: Actor) -> None:
    """F5."""
    require_right(Act.DECIDE_APPEAL, actor)
    if actor.name == examination.examiner:
        raise Forbidden("examination.decision_another_examiner")


def _state(examination: Examination) -> ExaminationState:
    return examination.state


#: What follows a result.
WORKFLOW = Workflow(
    "finish",
    ExaminationState.DONE,
    _state,
    Transition(
        "appeal",
        frozenset({ExaminationState.DONE}),
        ExaminationState.APPEALED,
        _its_operator,
        because("examination.appeal_there"),
        {"reason": because("examination.appeal_reason")},
    ),
    Transition(
        "decide",
        frozenset({ExaminationState.APPEALED}),
        ExaminationState.DECIDED,
        _another_examiner,
        because("examination.appeal_decided"),
        {"note": because("examination.decision_reasons")},
    ),
)


def appeal_until(settings: Settings, examination: Examination) -> datetime | None:
    """Until when the operator may appeal; None where there is no result."""
    if examination.done_at is None or not examination.is_published:
        return None
    return examination.done_at + timedelta(days=settings.examination.appeal_days)


def appeal(
    storage: Storage,
    settings: Settings,
    examination_id: int,
    reason: str,
    actor: Actor,
    now: datetime,
    items: Collection[str] = (),
) -> Appeal:
    """By the operator whose call it was, once. `items`: the ids of those that are contested, none for the result as a
    whole. Raises Forbidden, NotFound, Refused without a reason, for an item that the form doesn't have, or when the
    time is over, Conflict when there is an appeal already."""
    said = clean(reason, several_lines=True).strip()
    with storage.writing() as tx:
        examination = read_examination(tx, examination_id)
        step = WORKFLOW.step("appeal", examination, actor, now, {"reason": said})
        until = appeal_until(settings, examination)
        if until is None or now > until:
            raise Refused("examination.appeal_late", days=settings.examination.appeal_days)
        _follow(tx, examination, step)
        contested = _contested(tx, examination, items)
        made = ExaminationStore(tx).add_appeal(Appeal(examination_id, said, actor.name, now, items=contested))
        AuditLog(tx).add(now, actor.name, "examination.appeal", f"examination:{examination_id}")
        return made


def decide_appeal(
    storage: Storage,
    appeal_id: int,
    decision: AppealDecision,
    points: Points | None,
    note: str,
    actor: Actor,
    now: datetime,
) -> Appeal:
    """Upheld: the result stays; or changed to these points (those that are not given stay, and those that are not
    contested must). Raises Forbidden for the first examiner and whoever handled the call (F5, E5), NotFound, Refused,
    Conflict when it was decided already."""
    require_right(Act.DECIDE_APPEAL, actor)
    given = {"decision": decision.value, "note": clean(note, several_lines=True).strip()}
    with storage.writing() as tx:
        open_appeal = read_appeal(tx, appeal_id)
        examination = read_examination(tx, open_appeal.examination_id)
        step = WORKFLOW.step("decide", examination, actor, now, given)
        require_may_examine_again(tx, examination, actor)
        changed = _changed_points(tx, examination, open_appeal, decision, points)
        decided = replace(
            open_appeal,
            decision=decision,
            points=changed[0],
            score=changed[1],
            note=given["note"],
            decided_by=actor.name,
            decided_at=now,
        )
        if not ExaminationStore(tx).decide(decided):
            raise Conflict("examination.appeal_decided")
        _follow(tx, examination, step)
        AuditLog(tx).add(
            now,
            actor.name,
            "appeal.decide",
            f"examination:{examination.id}",
            f"{decision}, score {examination.score} -> {decided.score}" if points else str(decision),
        )
        tell_decision(tx, examination, decided, now)
        return decided


@dataclass(frozen=True, slots=True)
class FoundAppeals:
    """Newest first; `examined`: their examinations by id."""

    appeals: list[Appeal]
    examined: Mapping[int, Examination]


def find_appeals(storage: Storage, open_only: bool, actor: Actor, now: datetime, limit: int) -> FoundAppeals:
    """The view is written down (F8). Raises Forbidden."""
    require_right(Act.OVERSEE_EXAMINATIONS, actor)
    with storage.reading() as tx:
        found = ExaminationStore(tx).appeals(open_only, limit)
        examined = {each.examination_id: read_examination(tx, each.examination_id) for each in found}
    note_look(storage, actor, now, "examinations.view", "appeals", f"{len(found)} appeals")
    return FoundAppeals(found, examined)


def judged_before(storage: Storage, appeal_id: int) -> tuple[ScoreForm, Points]:
    """The form and the first points, which a decision may change. Raises NotFound."""
    with storage.reading() as tx:
        examination = read_examination(tx, read_appeal(tx, appeal_id).examination_id)
        return read_score_form(tx, examination.score_form_id), examination.points


def read_appeal(tx: Transaction, appeal_id: int) -> Appeal:
    """Raises NotFound."""
    found = ExaminationStore(tx).appeal(appeal_id)
    if found is None:
        raise NotFound("examination.no_appeal", id=appeal_id)
    return found


def _contested(tx: Transaction, examination: Examination, items: Collection[str]) -> tuple[str, ...]:
    """In the form's order."""
    known = [item.id for item in read_score_form(tx, examination.score_form_id).items]
    if unknown := sorted(set(items).difference(known)):
        raise Refused("examination.no_such_items", items=unknown)
    return tuple(item for item in known if item in items)


def _changed_points(
    tx: Transaction, examination: Examination, appeal: Appeal, decision: AppealDecision, points: Points | None
) -> tuple[Mapping[str, float | None] | None, float | None]:
    """All points and the score, where the decision changes them."""
    if decision is AppealDecision.UPHELD:
        if points:
            raise Refused("examination.upheld_keeps_points")
        return None, None
    if not points:
        raise Refused("examination.changed_needs_points")
    form = read_score_form(tx, examination.score_form_id)
    if wrong := refused_points(form, points):
        raise Refused("examination.wrong_points", problems=wrong)
    if others := [item.name for item in form.items if item.id in points and not appeal.contests(item.id)]:
        raise Refused("examination.not_contested", items=others)
    merged = {**examination.points, **points}
    return merged, score(form, merged)


def _follow(tx: Transaction, examination: Examination, step: Step[ExaminationState]) -> None:
    """Raises Conflict when somebody else was faster."""
    changed = replace(examination, state=step.after, version=examination.version + 1)
    if not ExaminationStore(tx).update(changed, examination.version):
        raise Conflict("examination.changed_meanwhile")
    StepStore(tx).add("examination", examination.id or 0, step)
