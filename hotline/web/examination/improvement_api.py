"""Calibrations, corrective actions (E6), and calls shown as examples (F9)."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.examination.records import CorrectiveAction
from hotline.domain.rights.acts import Act
from hotline.services.examination import calibrations as calibration_service
from hotline.services.examination import corrective_actions as action_service
from hotline.services.examination import examples as example_service
from hotline.services.examination.example_clips import ExampleShownView, shown_example
from hotline.services.examination.improvement_view import (
    CalibrationView,
    CorrectiveActionView,
    ExampleView,
    find_calibrations,
    find_examples,
    look_at_calibration,
    see_corrective_actions,
    show_calibration,
    show_corrective_action,
    show_example,
)
from hotline.web.examination.improvement_schemas import (
    CalibrationBody,
    CalibrationCloseBody,
    CalibrationList,
    CalibrationPath,
    CorrectiveActionBody,
    CorrectiveActionCheckBody,
    CorrectiveActionDoneBody,
    CorrectiveActionList,
    CorrectiveActionPath,
    CorrectiveActionQuery,
    ExampleBody,
    ExampleList,
    ExamplePath,
)
from hotline.web.examination.schemas import LimitQuery
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.recordings import audio, playback

_CALIBRATIONS = Tag(name="calibrations", description="Several examiners score one call")
_ORDERS = Tag(name="rectifications", description="Corrective actions (E6)")
_EXAMPLES = Tag(name="examples", description="Calls shown in training (F9)")
_CLIP = {"description": "The sound", "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}}


def register(api: APIBlueprint) -> None:
    api.get("/calibrations", tags=[_CALIBRATIONS], **stated(CalibrationList))(list_calibrations)
    api.post("/calibrations", tags=[_CALIBRATIONS], **stated(CalibrationView, 404, status=201))(open_calibration)
    one = "/calibrations/<int:calibration_id>"
    api.get(one, tags=[_CALIBRATIONS], **stated(CalibrationView, 404))(read_calibration)
    api.post(f"{one}/close", tags=[_CALIBRATIONS], **stated(CalibrationView, 404, 409))(close_calibration)
    api.get("/rectifications", tags=[_ORDERS], **stated(CorrectiveActionList))(list_rectifications)
    api.post("/rectifications", tags=[_ORDERS], **stated(CorrectiveActionView, 404, status=201))(issue_rectification)
    order = "/rectifications/<int:rectification_id>"
    api.post(f"{order}/done", tags=[_ORDERS], **stated(CorrectiveActionView, 404, 409))(rectification_done)
    api.post(f"{order}/check", tags=[_ORDERS], **stated(CorrectiveActionView, 404, 409))(check_rectification)
    api.get("/examples", tags=[_EXAMPLES], **stated(ExampleList))(list_examples)
    api.post("/examples", tags=[_EXAMPLES], **stated(ExampleView, 404, 409, status=201))(mark_example)
    api.get("/examples/<int:example_id>", tags=[_EXAMPLES], **stated(ExampleShownView, 404))(read_example)
    sound = stated(_CLIP, 404, 416)
    sound["responses"]["206"] = _CLIP
    api.get("/examples/<int:example_id>/clip", tags=[_EXAMPLES], **sound)(example_clip)
    api.delete("/examples/<int:example_id>", tags=[_EXAMPLES], **stated(None, 404))(unmark_example)


@may_api(Act.OVERSEE_EXAMINATIONS)
def list_calibrations(query: LimitQuery) -> Response:
    """Calibrations, newest first."""
    context = web()
    found = find_calibrations(context.storage, actor(), context.now(), query.limit)
    return answer(CalibrationList(calibrations=found.calibrations))


@may_api(Act.CALIBRATE)
def open_calibration(body: CalibrationBody) -> tuple[Response, int]:
    """Give a call to several examiners, unseen by each other."""
    context = web()
    made = calibration_service.open_calibration(
        context.storage, context.settings, body.call_id, body.title, body.examiners, actor(), context.now()
    )
    return answer(show_calibration(context.storage, made, actor())), 201


@may_api(Act.OVERSEE_EXAMINATIONS)
def read_calibration(path: CalibrationPath) -> Response:
    """One calibration; others' points and the spread once it is closed."""
    context = web()
    return answer(look_at_calibration(context.storage, path.calibration_id, actor(), context.now()).calibration)


@may_api(Act.CALIBRATE)
def close_calibration(path: CalibrationPath, body: CalibrationCloseBody) -> Response:
    """The points are shown, and no more can be given."""
    context = web()
    closed = calibration_service.close_calibration(
        context.storage, path.calibration_id, body.conclusion, actor(), context.now()
    )
    return answer(show_calibration(context.storage, closed, actor()))


def _shown(order: CorrectiveAction) -> CorrectiveActionView:
    context = web()
    return show_corrective_action(context.storage, context.settings, order, context.now())


@may_api(Act.READ_RESULTS)
def list_rectifications(query: CorrectiveActionQuery) -> Response:
    """Orders to mend something, what is due first; operators see their own."""
    context = web()
    found = see_corrective_actions(
        context.storage, context.settings, query.extension, query.open, actor(), context.now(), query.limit
    )
    return answer(CorrectiveActionList(rectifications=found.actions))


@may_api(Act.RECTIFY)
def issue_rectification(body: CorrectiveActionBody) -> tuple[Response, int]:
    """Order an operator to mend something."""
    context = web()
    made = action_service.issue(
        context.storage,
        context.settings,
        body.extension,
        body.text,
        body.due_at,
        body.examination_id,
        actor(),
        context.now(),
    )
    return answer(_shown(made)), 201


@may_api(Act.SEE_OWN_RESULTS)
def rectification_done(path: CorrectiveActionPath, body: CorrectiveActionDoneBody) -> Response:
    """The operator says that it is mended, and how."""
    context = web()
    done = action_service.report_done(context.storage, path.rectification_id, body.note, actor(), context.now())
    return answer(_shown(done))


@may_api(Act.RECTIFY)
def check_rectification(path: CorrectiveActionPath, body: CorrectiveActionCheckBody) -> Response:
    """Confirm that it is mended, or order it once more."""
    context = web()
    checked = action_service.check_again(
        context.storage,
        context.settings,
        path.rectification_id,
        body.confirmed,
        body.note,
        body.due_at,
        actor(),
        context.now(),
    )
    return answer(_shown(checked))


@may_api(Act.SEE_EXAMPLES)
def list_examples(query: LimitQuery) -> Response:
    """Examples, newest first, for everybody: without the customer's data."""
    return answer(ExampleList(examples=find_examples(web().storage, actor(), query.limit)))


@may_api(Act.MARK_EXAMPLE)
def mark_example(body: ExampleBody) -> tuple[Response, int]:
    """Show a call, or a part of it, as an example."""
    context = web()
    part = None
    if body.from_second is not None and body.to_second is not None:
        part = body.from_second, body.to_second
    made = example_service.mark(
        context.storage,
        body.call_id,
        body.title,
        body.lesson,
        part,
        actor(),
        context.now(),
        body.caller_silenced,
        body.caller_reason,
    )
    return answer(show_example(context.storage, made, actor())), 201


@may_api(Act.SEE_EXAMPLES)
def read_example(path: ExamplePath) -> Response:
    """An example with what was said in its part, numbers and the customer's name hidden."""
    return answer(shown_example(web().storage, path.example_id, actor()))


@may_api(Act.SEE_EXAMPLES)
def example_clip(path: ExamplePath) -> Response:
    """The sound of the example's part alone, whole or by range: the caller left (silent, unless it was marked
    otherwise), our side right."""
    response = audio.clip(path.example_id)
    playback.note("example.play", f"example:{path.example_id}")
    return response  # type: ignore[return-value]


@may_api(Act.MARK_EXAMPLE)
def unmark_example(path: ExamplePath) -> tuple[str, int]:
    """Show it no longer."""
    context = web()
    example_service.unmark(context.storage, path.example_id, actor(), context.now())
    return "", 204
