"""A17: approvals of what is not dialled freely."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from hotline.domain.dialling.approval import DialApproval
from hotline.domain.rights.acts import Act
from hotline.services.dialling import approvals
from hotline.services.dialling.view import DialApprovalView, approval_view
from hotline.web.dialling.approval_schemas import (
    ApprovalList,
    ApprovalPath,
    ApprovalQuery,
    AskToDialBody,
    DialDecisionBody,
)
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web

_APPROVALS = Tag(name="dial approvals", description="What is not dialled freely waits for a supervisor (A17)")


def register(api: APIBlueprint) -> None:
    path = "/dial-approvals"
    one = f"{path}/<int:approval_id>"
    api.get(path, tags=[_APPROVALS], **stated(ApprovalList))(list_dial_approvals)
    api.post(path, tags=[_APPROVALS], **stated(DialApprovalView, 409, status=201))(ask_to_dial)
    for name, view in (("grant", grant_dial), ("refuse", refuse_dial)):
        api.post(f"{one}/{name}", tags=[_APPROVALS], **stated(DialApprovalView, 404, 409))(view)


@may_api(Act.SEE_DIAL_APPROVALS)
def list_dial_approvals(query: ApprovalQuery) -> Response:
    """Approvals, newest first: one's own, or all for who decides."""
    now = web().now()
    seen = approvals.see_approvals(web().storage, query.limit, actor(), now)
    return _answer(ApprovalList(approvals=[approval_view(each, now) for each in seen]))


@may_api(Act.ASK_TO_DIAL)
def ask_to_dial(body: AskToDialBody) -> Response:
    """A supervisor decides whether this number may be dialled once."""
    now = web().now()
    asked = approvals.ask(web().storage, web().settings, body.number, body.line, body.reason, actor(), now)
    return _seen(asked, 201)


@may_api(Act.DECIDE_DIALS)
def grant_dial(path: ApprovalPath, body: DialDecisionBody) -> Response:
    """Whoever asked may dial the number once."""
    return _decide(path.approval_id, True, body.note)


@may_api(Act.DECIDE_DIALS)
def refuse_dial(path: ApprovalPath, body: DialDecisionBody) -> Response:
    """The number is not dialled."""
    return _decide(path.approval_id, False, body.note)


def _decide(approval_id: int, granted: bool, note: str) -> Response:
    return _seen(approvals.decide(web().storage, web().settings, approval_id, granted, note, actor(), web().now()), 200)


def _seen(approval: DialApproval, status: int) -> Response:
    return _answer(approval_view(approvals.seen_by(actor(), approval), web().now()), status)


def _answer(model: BaseModel, status: int = 200) -> Response:
    return Response(model.model_dump_json(), status, mimetype="application/json")
