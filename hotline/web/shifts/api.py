"""The plan, for its own script and for programs (F6)."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from hotline.domain.errors import Refused
from hotline.domain.interval import Interval
from hotline.domain.rights.acts import Act
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.shifts.swap import Swap
from hotline.services.shifts import open_shifts, plan, reads, swaps
from hotline.services.shifts.plan import ShiftEntry
from hotline.services.shifts.view import ShiftView, shift_view
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.shifts.schemas import (
    OwnShiftDaysQuery,
    PublishBody,
    PublishedView,
    ShiftBody,
    ShiftChangeBody,
    ShiftDaysQuery,
    ShiftGiftBody,
    ShiftList,
    ShiftMoveBody,
    ShiftPath,
    ShiftRemovalBody,
    SwapAnswerBody,
    SwapBody,
    SwapPath,
    SwapView,
)

_SHIFTS = Tag(name="shifts", description="Who works when (F6)")


def register(api: APIBlueprint) -> None:
    one = "/shifts/<int:shift_id>"
    api.get("/shifts", tags=[_SHIFTS], **stated(ShiftList, 404))(list_plan)
    api.post("/shifts", tags=[_SHIFTS], **stated(ShiftView, status=201))(put_shift)
    api.get("/shifts/own", tags=[_SHIFTS], **stated(ShiftList))(list_own_shifts)
    api.post("/shifts/publish", tags=[_SHIFTS], **stated(PublishedView))(publish_shifts)
    api.get(one, tags=[_SHIFTS], **stated(ShiftView, 404))(read_shift)
    api.put(one, tags=[_SHIFTS], **stated(ShiftView, 404, 409))(change_shift)
    api.post(f"{one}/move", tags=[_SHIFTS], **stated(ShiftView, 404, 409))(move_shift)
    api.post(f"{one}/remove", tags=[_SHIFTS], **stated(None, 404, 409))(remove_shift)
    api.get("/shifts/open", tags=[_SHIFTS], **stated(ShiftList))(list_open_shifts)
    api.post(f"{one}/give", tags=[_SHIFTS], **stated(ShiftView, 404, 409))(give_shift)
    api.post("/swaps", tags=[_SHIFTS], **stated(SwapView, 404, status=201))(ask_for_swap)
    for name, view in (("answer", answer_swap), ("decide", decide_swap)):
        api.post(f"/swaps/<int:swap_id>/{name}", tags=[_SHIFTS], **stated(SwapView, 404, 409))(view)


@may_api(Act.READ_SHIFTS)
def list_plan(query: ShiftDaysQuery) -> Response:
    """Published shifts that meet these days, by start; who plans is given drafts too."""
    return _list(reads.list_shifts(web().storage, web().settings, query.first, query.last, query.line, actor()))


@may_api(Act.USE_OWN_SHIFTS)
def list_own_shifts(query: OwnShiftDaysQuery) -> Response:
    """My published shifts."""
    return _list(reads.own_shifts(web().storage, query.first, query.last, actor()))


@may_api(Act.READ_SHIFTS)
def read_shift(path: ShiftPath) -> Response:
    """One shift."""
    return _answer(shift_view(reads.see_shift(web().storage, path.shift_id, actor(), web().now())))


@may_api(Act.PLAN_SHIFTS)
def put_shift(body: ShiftBody) -> Response:
    """A draft."""
    made = plan.put_shift(web().storage, web().settings, _entry(body), actor(), web().now())
    return _answer(shift_view(made), 201)


@may_api(Act.PLAN_SHIFTS)
def change_shift(path: ShiftPath, body: ShiftChangeBody) -> Response:
    """All of it is written anew; a published one changes at once, and whom it touches is told."""
    entry, context = _entry(body), web()
    changed = plan.change_shift(
        context.storage, context.settings, path.shift_id, body.version, entry, actor(), context.now()
    )
    return _answer(shift_view(changed))


@may_api(Act.PLAN_SHIFTS)
def move_shift(path: ShiftPath, body: ShiftMoveBody) -> Response:
    """The same hours on another day, or another person's."""
    moved = plan.move_shift(web().storage, path.shift_id, body.version, body.person_id, body.day, actor(), web().now())
    return _answer(shift_view(moved))


@may_api(Act.PLAN_SHIFTS)
def remove_shift(path: ShiftPath, body: ShiftRemovalBody) -> tuple[str, int]:
    """It is not planned any more."""
    plan.remove_shift(web().storage, path.shift_id, body.version, actor(), web().now())
    return "", 204


@may_api(Act.PLAN_SHIFTS)
def list_open_shifts() -> Response:
    """That nobody has since whose they were is on leave."""
    return _list(open_shifts.list_open(web().storage, actor(), web().now()))


@may_api(Act.PLAN_SHIFTS)
def give_shift(path: ShiftPath, body: ShiftGiftBody) -> Response:
    """An open one is this person's at once, and they are told."""
    given = open_shifts.give_shift(web().storage, path.shift_id, body.version, body.person_id, actor(), web().now())
    return _answer(shift_view(given))


@may_api(Act.PLAN_SHIFTS)
def publish_shifts(body: PublishBody) -> Response:
    """All drafts of these days: everybody sees them from now on, and calls go by them."""
    done = plan.publish(web().storage, web().settings, body.first, body.last, actor(), web().now())
    return _answer(PublishedView(shifts=done.shifts, people=done.people))


@may_api(Act.USE_OWN_SHIFTS)
def ask_for_swap(body: SwapBody) -> Response:
    """Of a shift of mine; the other answers."""
    asked = swaps.ask_swap(
        web().storage, web().settings, body.shift_id, body.taker_id, body.other_id, body.words, actor(), web().now()
    )
    return _answer(_swap(asked), 201)


@may_api(Act.USE_OWN_SHIFTS)
def answer_swap(path: SwapPath, body: SwapAnswerBody) -> Response:
    """By whom it was asked."""
    return _answer(
        _swap(
            swaps.answer_swap(
                web().storage, web().settings, path.swap_id, body.accepted, body.words, actor(), web().now()
            )
        )
    )


@may_api(Act.PLAN_SHIFTS)
def decide_swap(path: SwapPath, body: SwapAnswerBody) -> Response:
    """By a supervisor, once both want it."""
    return _answer(
        _swap(
            swaps.decide_swap(
                web().storage, web().settings, path.swap_id, body.accepted, body.words, actor(), web().now()
            )
        )
    )


def _entry(body: ShiftBody) -> ShiftEntry:
    if (body.starts_at is None) != (body.ends_at is None):
        raise Refused("shifts.both_times", field="span")
    span = Interval(body.starts_at, body.ends_at) if body.starts_at and body.ends_at else None
    return ShiftEntry(body.person_id, body.day, body.kind, span, body.lines, body.queues, body.note)


def _swap(one: Swap) -> SwapView:
    return SwapView(
        id=one.id or 0,
        shift_id=one.shift_id,
        other_id=one.other_id,
        asker_id=one.asker_id,
        taker_id=one.taker_id,
        state=one.state,
        words=one.words,
        answer=one.answer,
    )


def _list(found: Iterable[PlannedShift]) -> Response:
    return _answer(ShiftList(shifts=[shift_view(each) for each in found]))


def _answer(model: BaseModel, status: int = 200) -> Response:
    return Response(model.model_dump_json(), status, mimetype="application/json")
