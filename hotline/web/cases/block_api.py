"""Callers whom operators ask to have blocked (A15)."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.cases.block_request import Decision
from hotline.domain.rights.acts import Act
from hotline.services.cases import block_requests
from hotline.services.cases.view import BlockRequestView, block_request_view
from hotline.web.forms.api import answer
from hotline.web.forms.schemas import DecisionBody, RequestList, RequestPath, RequestQuery
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.shown import sees_whole_numbers

_TAG = [Tag(name="block requests", description="Callers whom operators ask to have blocked (A15)")]


def register(api: APIBlueprint) -> None:
    api.get("/block-requests", tags=_TAG, **stated(RequestList))(list_block_requests)
    for name, view in (("approve", approve_block), ("refuse", refuse_block)):
        api.post(f"/block-requests/<int:request_id>/{name}", tags=_TAG, **stated(BlockRequestView, 404, 409))(view)


@may_api(Act.DECIDE_BLOCKS)
def list_block_requests(query: RequestQuery) -> Response:
    """Requests to block callers, newest first."""
    seen = block_requests.find_requests(web().storage, query.open, query.limit, actor(), web().now())
    return answer(RequestList(requests=list(seen.requests)))


@may_api(Act.DECIDE_BLOCKS)
def approve_block(path: RequestPath, body: DecisionBody) -> Response:
    """The number is turned away from now on."""
    return _decide(path.request_id, Decision.APPROVED, body.note)


@may_api(Act.DECIDE_BLOCKS)
def refuse_block(path: RequestPath, body: DecisionBody) -> Response:
    """The number is not blocked."""
    return _decide(path.request_id, Decision.REFUSED, body.note)


def _decide(request_id: int, decision: Decision, note: str) -> Response:
    decided = block_requests.decide(web().storage, request_id, decision, note, actor().name, web().now())
    return answer(block_request_view(decided, sees_whole_numbers()))
