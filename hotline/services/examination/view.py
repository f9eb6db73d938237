"""Examinations and what belongs to them as the screens and programs have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.examination.records import Appeal, AppealDecision, Comment, Examination, ExaminationState
from hotline.domain.examination.sample import Why
from hotline.domain.examination.score import ItemKind, Points, ScoreForm, StoredScoreForm, passed
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.services.examination.appeals import appeal_until
from hotline.services.examination.examinations import measured_points
from hotline.services.examination.rights import sees_points
from hotline.services.quality.score_forms import read_score_form
from hotline.services.staff.names import Holders, holders
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.quality.score_forms import ScoreFormStore
from hotline.storage.transaction import Transaction


class ExaminationPart(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ScoreItemView(ExaminationPart):
    """`weight`: the most points. An automatic item loses `deduction` for each breach among the findings of `kinds`."""

    id: str
    name: str
    weight: float
    kind: ItemKind
    rule: str
    kinds: list[str]
    deduction: float
    fatal: bool = Field(description="without points the whole score is 0")


class ScoreFormView(ExaminationPart):
    """A version of a form; it is never changed."""

    id: int
    name: str
    version: int
    items: list[ScoreItemView]
    pass_line: float
    active: bool
    used: bool = Field(description="calls were scored or examined by it")
    created_by: str
    created_at: datetime


class JudgedItemView(ScoreItemView):
    """`measured`: what the findings give; null: nothing was measured. `points`: what counts, null: it does not apply.
    `judged`: somebody gave them, or it is done."""

    measured: float | None
    points: float | None
    judged: bool


class CommentView(ExaminationPart):
    id: int
    second: float | None = Field(description="of the talk recording; null: on the whole")
    text: str
    written_by: str
    written_at: datetime


class AppealView(ExaminationPart):
    """`points` and `score`: instead of the first ones, where the decision is changed."""

    id: int
    examination_id: int
    reason: str
    items: list[str] = Field(description="ids of the items that are contested; none: the result as a whole")
    appealed_by: str
    appealed_at: datetime
    decision: AppealDecision | None
    points: Mapping[str, float | None] | None
    score: float | None
    note: str
    decided_by: str
    decided_at: datetime | None


class ExaminationRow(ExaminationPart):
    """One in a list. `score` and `passed` are null while they are not known or not to be seen; an appeal's where it
    changed them."""

    id: int
    call_id: int | None
    node: str
    linkedid: str
    extension: str = Field(description="whose call")
    operator_name: str
    called_at: datetime
    why: Why
    draw_id: int | None
    calibration_id: int | None
    score_form_id: int
    examiner: str = Field(description="user name; empty: nobody has it yet")
    state: ExaminationState
    score: float | None
    passed: bool | None
    assigned_at: datetime
    due_at: datetime | None
    overdue: bool
    done_at: datetime | None
    seen_by_operator_at: datetime | None


class ExaminationView(ExaminationRow):
    """One, whole. `version` goes back with every change. `first_score`: before an appeal changed it."""

    version: int
    form_name: str
    form_version: int
    pass_line: float
    items: list[JudgedItemView]
    first_score: float | None
    remark: str
    comments: list[CommentView]
    appeal: AppealView | None
    appeal_until: datetime | None
    may_give_points: bool
    may_appeal: bool
    may_decide: bool


def score_form_view(kept: StoredScoreForm) -> ScoreFormView:
    form = kept.form
    assert form.id is not None
    return ScoreFormView(
        id=form.id,
        name=form.name,
        version=form.version,
        items=[_item(each) for each in form.items],
        pass_line=form.pass_line,
        active=form.active,
        used=kept.used,
        created_by=kept.created_by,
        created_at=kept.created_at,
    )


def examination_rows(
    tx: Transaction, settings: Settings, found: Sequence[Examination], actor: Actor, now: datetime
) -> list[ExaminationRow]:
    known = holders(tx, settings)
    return [ExaminationRow(**_row(tx, known, each, actor, now)) for each in found]


def examination_view(
    tx: Transaction, settings: Settings, examination: Examination, actor: Actor, now: datetime
) -> ExaminationView:
    """As somebody who may read it sees it."""
    assert examination.id is not None
    form = read_score_form(tx, examination.score_form_id)
    appeal = ExaminationStore(tx).appeal_of(examination.id)
    until = appeal_until(settings, examination)
    own = actor.had_extension(examination.extension, examination.called_at)
    waits = examination.state is ExaminationState.ASSIGNED
    return ExaminationView(
        **_row(tx, holders(tx, settings), examination, actor, now),
        version=examination.version,
        form_name=form.name,
        form_version=form.version,
        pass_line=form.pass_line,
        items=_judged(tx, settings, examination, form, _final_points(examination, appeal)),
        first_score=examination.score,
        remark=examination.remark,
        comments=[comment_view(each) for each in ExaminationStore(tx).comments(examination.id)],
        appeal=appeal_view(appeal) if appeal else None,
        appeal_until=until,
        may_give_points=waits and examination.examiner == actor.name,
        may_appeal=own and examination.state is ExaminationState.DONE and until is not None and now <= until,
        may_decide=examination.state is ExaminationState.APPEALED
        and may(Act.DECIDE_APPEAL, actor.roles)
        and not own
        and examination.examiner != actor.name,
    )


def comment_view(comment: Comment) -> CommentView:
    assert comment.id is not None
    return CommentView(
        id=comment.id,
        second=comment.second,
        text=comment.text,
        written_by=comment.written_by,
        written_at=comment.written_at,
    )


def appeal_view(appeal: Appeal) -> AppealView:
    values = {name: getattr(appeal, name) for name in AppealView.model_fields}
    return AppealView(**{**values, "items": list(appeal.items)})


def _row(tx: Transaction, known: Holders, found: Examination, actor: Actor, now: datetime) -> dict[str, Any]:
    assert found.id is not None
    values: dict[str, Any] = {
        name: getattr(found, name) for name in ExaminationRow.model_fields if name not in _PUT_TOGETHER
    }
    appeal = ExaminationStore(tx).appeal_of(found.id) if found.state is ExaminationState.DECIDED else None
    changed = appeal is not None and appeal.decision is AppealDecision.CHANGED
    reached = appeal.score if appeal is not None and changed else found.score
    form = ScoreFormStore(tx).by_id(found.score_form_id) if changed else None
    seen = sees_points(tx, found, actor)
    return {
        **values,
        "call_id": CallStore(tx).id_of(found.node, found.linkedid),
        "operator_name": known.name(found.extension, found.called_at),
        "score": reached if seen else None,
        "passed": (passed(form, reached) if form else found.passed) if seen else None,
        "overdue": found.state is ExaminationState.ASSIGNED and found.due_at is not None and found.due_at < now,
    }


_PUT_TOGETHER = ("call_id", "operator_name", "score", "passed", "overdue")


def _final_points(examination: Examination, appeal: Appeal | None) -> Points:
    changed = appeal is not None and appeal.decision is AppealDecision.CHANGED and appeal.points is not None
    return appeal.points if changed else examination.points  # type: ignore[union-attr,return-value]


def _judged(
    tx: Transaction, settings: Settings, examination: Examination, form: ScoreForm, points: Points
) -> list[JudgedItemView]:
    measured = measured_points(tx, settings, examination, form)
    return [
        JudgedItemView(
            **asdict_of(item),
            measured=measured.get(item.id),
            judged=item.id in points,
            points=points[item.id] if item.id in points else measured.get(item.id),
        )
        for item in map(_item, form.items)
    ]


def asdict_of(item: ScoreItemView) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ScoreItemView.model_fields}


def _item(item: object) -> ScoreItemView:
    values = asdict(item)  # type: ignore[call-overload]
    return ScoreItemView(**{**values, "kinds": list(values["kinds"])})
