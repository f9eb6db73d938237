"""Complaints and requests that outlast their call, and callers whom operators ask to have blocked."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.cases.block_request import Decision
from hotline.domain.rights.acts import Act
from hotline.services.cases import block_requests
from hotline.services.cases import cases as case_service
from hotline.services.cases.listing import AskedCases, CaseOrder
from hotline.services.cases.listing import list_cases as list_cases_of
from hotline.services.cases.seeing import see_case
from hotline.services.cases.view import BlockRequestView, CaseView, block_request_view, case_view
from hotline.web.forms.api import answer
from hotline.web.forms.schemas import (
    CaseIdPath,
    CaseList,
    CaseQuery,
    CloseBody,
    DecisionBody,
    RequestList,
    RequestPath,
    RequestQuery,
)
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.shown import sees_whole_numbers

_CASES = Tag(name="cases", description="Complaints and requests that outlast their call")
_BLOCKS = Tag(name="block requests", description="Callers whom operators ask to have blocked (A15)")


def register(api: APIBlueprint) -> None:
    api.get("/cases", tags=[_CASES], **stated(CaseList))(list_cases)
    api.get("/cases/<int:case_id>", tags=[_CASES], **stated(CaseView, 404))(read_case)
    api.post("/cases/<int:case_id>/number", tags=[_CASES], **stated(CaseView, 404))(reveal_number)
    api.post("/cases/<int:case_id>/close", tags=[_CASES], **stated(CaseView, 404, 409))(close_case)
    api.get("/block-requests", tags=[_BLOCKS], **stated(RequestList))(list_block_requests)
    for name, view in (("approve", approve_block), ("refuse", refuse_block)):
        api.post(f"/block-requests/<int:request_id>/{name}", tags=[_BLOCKS], **stated(BlockRequestView, 404, 409))(view)


@may_api(Act.READ_CASES)
def list_cases(query: CaseQuery) -> Response:
    """Cases, newest first."""
    context = web()
    asked = AskedCases(state=query.state, text=query.q, order=CaseOrder.NEWEST)
    page = list_cases_of(context.storage, asked, query.limit, query.offset, actor(), context.now())
    return answer(CaseList(cases=list(page.cases)))


@may_api(Act.READ_CASES)
def read_case(path: CaseIdPath) -> Response:
    """One case."""
    return answer(see_case(web().storage, web().settings, path.case_id, actor(), web().now()).case)


@may_api(Act.REVEAL_NUMBER)
def reveal_number(path: CaseIdPath) -> Response:
    """The case with the caller's number whole, for whoever is responsible for it; it stands in the audit log."""
    return answer(case_view(case_service.reveal_number(web().storage, path.case_id, actor(), web().now()), True))


@may_api(Act.CLOSE_CASE)
def close_case(path: CaseIdPath, body: CloseBody) -> Response:
    """It is settled, with what came of it."""
    closed = case_service.close_case(web().storage, web().settings, path.case_id, body.result, actor(), web().now())
    return answer(case_view(closed, sees_whole_numbers()))


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
