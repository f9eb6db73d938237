"""Examining calls: score forms, draws, examinations, appeals."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.examination.records import Examination, ExaminationFilter
from hotline.domain.examination.sample import Why
from hotline.domain.examination.score import ScoreItem, StoredScoreForm
from hotline.domain.rights.acts import Act
from hotline.services.examination import appeals as appeal_service
from hotline.services.examination import examinations as service
from hotline.services.examination import samples
from hotline.services.examination.draws import DrawnView, drawn_view, latest_draws
from hotline.services.examination.lists import AskedExaminations, look_through
from hotline.services.examination.results import look_at_result, show_result
from hotline.services.examination.sheet import SheetView, view_sheet
from hotline.services.examination.view import (
    AppealView,
    CommentView,
    ExaminationView,
    ScoreFormView,
    appeal_view,
    comment_view,
    score_form_view,
)
from hotline.services.quality import score_forms
from hotline.web.examination.schemas import (
    AppealBody,
    AppealList,
    AppealPath,
    AppealQuery,
    AssignBody,
    ChooseBody,
    CommentBody,
    DecideBody,
    DrawBody,
    DrawList,
    EmptyBody,
    ExaminationList,
    ExaminationPath,
    ExaminationQuery,
    FinishBody,
    LimitQuery,
    PointsBody,
    ScoreFormBody,
    ScoreFormList,
    ScoreFormPath,
)
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web

_EXAMINATIONS = Tag(name="examinations", description="Calls examined by people (E6, F5)")


def register(api: APIBlueprint) -> None:
    tags = [_EXAMINATIONS]
    api.get("/score-forms", tags=tags, **stated(ScoreFormList))(list_score_forms)
    api.post("/score-forms", tags=tags, **stated(ScoreFormView, 409, status=201))(add_score_form)
    api.post("/score-forms/<int:form_id>/activate", tags=tags, **stated(ScoreFormView, 404))(activate_score_form)
    api.get("/draws", tags=tags, **stated(DrawList))(list_draws)
    api.post("/draws", tags=tags, **stated(DrawnView, 409, status=201))(draw_week)
    api.get("/examinations", tags=tags, **stated(ExaminationList, 404))(list_examinations)
    api.post("/examinations", tags=tags, **stated(ExaminationView, 404, 409, status=201))(choose_call)
    one = "/examinations/<int:examination_id>"
    api.get(one, tags=tags, **stated(ExaminationView, 404))(read_examination)
    api.get(f"{one}/sheet", tags=tags, **stated(SheetView, 404))(read_sheet)
    api.post(f"{one}/assign", tags=tags, **stated(ExaminationView, 404, 409))(assign_examination)
    api.put(f"{one}/points", tags=tags, **stated(ExaminationView, 404, 409))(give_points)
    api.post(f"{one}/finish", tags=tags, **stated(ExaminationView, 404, 409))(finish_examination)
    api.post(f"{one}/comments", tags=tags, **stated(CommentView, 404, status=201))(add_comment)
    api.post(f"{one}/appeal", tags=tags, **stated(AppealView, 404, 409, status=201))(appeal_result)
    api.get("/appeals", tags=tags, **stated(AppealList))(list_appeals)
    api.post("/appeals/<int:appeal_id>/decide", tags=tags, **stated(AppealView, 404, 409))(decide_appeal)


@may_api(Act.READ_SCORE_FORMS)
def list_score_forms() -> Response:
    """Score forms, every version."""
    context = web()
    found = score_forms.list_forms(context.storage, context.settings, context.now())
    return answer(ScoreFormList(forms=[score_form_view(each) for each in found]))


@may_api(Act.CHANGE_SCORE_FORMS)
def add_score_form(body: ScoreFormBody) -> tuple[Response, int]:
    """A new form, or the next version of one: a version never changes."""
    context = web()
    items = [ScoreItem(**{**item.model_dump(), "kind": item.kind, "kinds": tuple(item.kinds)}) for item in body.items]
    form = score_forms.add_version(
        context.storage, body.name, items, body.pass_line, body.active, actor(), context.now()
    )
    return answer(score_form_view(StoredScoreForm(form, actor().name, context.now()))), 201


@may_api(Act.CHANGE_SCORE_FORMS)
def activate_score_form(path: ScoreFormPath, body: EmptyBody) -> Response:
    """Of its name this version counts from now on."""
    context = web()
    score_forms.activate(context.storage, path.form_id, actor(), context.now())
    return answer(
        score_form_view(score_forms.stored_form(context.storage, context.settings, path.form_id, context.now()))
    )


@may_api(Act.OVERSEE_EXAMINATIONS)
def list_draws(query: LimitQuery) -> Response:
    """The weeks' draws, newest first."""
    return answer(DrawList(draws=latest_draws(web().storage, actor(), web().now(), query.limit).draws))


@may_api(Act.DRAW_SAMPLES)
def draw_week(body: DrawBody) -> tuple[Response, int]:
    """Draw a week's calls by the settings' plan, and share them out; once a week."""
    context = web()
    done = samples.draw_week(context.storage, context.settings, body.week, actor(), context.now(), body.seed)
    return answer(drawn_view(done)), 201


@may_api(Act.READ_RESULTS)
def list_examinations(query: ExaminationQuery) -> Response:
    """Examinations; operators see the results of their own calls."""
    context, who, now = web(), actor(), web().now()
    examiner = who.name if query.examiner == "me" else query.examiner
    wanted = ExaminationFilter(
        states=(query.state,) if query.state else (),
        examiner=examiner,
        extension=query.extension,
        why=query.why or "",
        draw_id=query.draw_id,
        since=query.since,
        until=query.until,
        overdue_at=now if query.overdue else None,
    )
    asked = AskedExaminations(wanted, query.call_id, query.limit, query.offset)
    found = look_through(context.storage, context.settings, asked, who, now)
    return answer(ExaminationList(total=found.total, limit=query.limit, offset=query.offset, examinations=found.rows))


@may_api(Act.EXAMINE)
def choose_call(body: ChooseBody) -> tuple[Response, int]:
    """Have a call examined."""
    context = web()
    made = service.choose_call(
        context.storage, context.settings, body.call_id, Why(body.why), body.examiner, actor(), context.now()
    )
    return _shown(made), 201


@may_api(Act.READ_RESULTS)
def read_examination(path: ExaminationPath) -> Response:
    """One examination; operators see those of their own calls once they are done."""
    context = web()
    return answer(look_at_result(context.storage, context.settings, path.examination_id, actor(), context.now()))


@may_api(Act.READ_RESULTS)
def read_sheet(path: ExaminationPath) -> Response:
    """One examination with all that its page shows: the call's facts and record, its recording, what was said, what
    the rules found."""
    context = web()
    return answer(view_sheet(context.storage, context.settings, path.examination_id, actor(), context.now()))


@may_api(Act.ASSIGN_EXAMINATION)
def assign_examination(path: ExaminationPath, body: AssignBody) -> Response:
    """Give it to another examiner; examiners take what nobody has."""
    context = web()
    return _shown(
        service.assign(context.storage, path.examination_id, body.version, body.examiner, actor(), context.now())
    )


@may_api(Act.EXAMINE)
def give_points(path: ExaminationPath, body: PointsBody) -> Response:
    """Write down points, until it is finished as often as wanted."""
    context = web()
    return _shown(
        service.give_points(
            context.storage, path.examination_id, body.version, body.points, body.remark, actor(), context.now()
        )
    )


@may_api(Act.EXAMINE)
def finish_examination(path: ExaminationPath, body: FinishBody) -> Response:
    """The score stands and the operator may see it. Refused while items are still to be judged."""
    context = web()
    return _shown(
        service.finish(context.storage, context.settings, path.examination_id, body.version, actor(), context.now())
    )


@may_api(Act.EXAMINE)
def add_comment(path: ExaminationPath, body: CommentBody) -> tuple[Response, int]:
    """A remark at a second of the recording."""
    context = web()
    made = service.comment(context.storage, path.examination_id, body.second, body.text, actor(), context.now())
    return answer(comment_view(made)), 201


@may_api(Act.SEE_OWN_RESULTS)
def appeal_result(path: ExaminationPath, body: AppealBody) -> tuple[Response, int]:
    """The operator whose call it was disagrees."""
    context = web()
    made = appeal_service.appeal(
        context.storage, context.settings, path.examination_id, body.reason, actor(), context.now(), body.items
    )
    return answer(appeal_view(made)), 201


@may_api(Act.OVERSEE_EXAMINATIONS)
def list_appeals(query: AppealQuery) -> Response:
    """Appeals, newest first."""
    context = web()
    found = appeal_service.find_appeals(context.storage, query.open, actor(), context.now(), query.limit)
    return answer(AppealList(appeals=[appeal_view(each) for each in found.appeals]))


@may_api(Act.DECIDE_APPEAL)
def decide_appeal(path: AppealPath, body: DecideBody) -> Response:
    """Another examiner than the first decides: the result stays, or changes."""
    context = web()
    decided = appeal_service.decide_appeal(
        context.storage, path.appeal_id, body.decision, body.points, body.note, actor(), context.now()
    )
    return answer(appeal_view(decided))


def _shown(found: Examination) -> Response:
    context = web()
    return answer(show_result(context.storage, context.settings, found, actor(), context.now()))
