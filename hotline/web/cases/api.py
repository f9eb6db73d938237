"""Cases: finding, opening, and all that is done to them."""

from __future__ import annotations

from flask import Response, stream_with_context
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.numbers import NO_NUMBER, normalise
from hotline.domain.rights.acts import Act
from hotline.services.cases import acting, bulk, export, listing, opening, seeing
from hotline.services.cases import cases as case_service
from hotline.services.cases.kinds import see_kinds
from hotline.services.cases.listing import AskedCases
from hotline.services.cases.opening import NewCase
from hotline.services.cases.view import CaseView, case_view
from hotline.web.cases.schemas import (
    ActBody,
    AssignCasesBody,
    BoardColumn,
    BoardQuery,
    CaseActPath,
    CaseBoard,
    CaseCloseBody,
    CaseIdPath,
    CaseKinds,
    CaseList,
    CaseQuery,
    CasesDone,
    CaseSeen,
    GiveCasesBody,
    NewCaseBody,
    case_seen,
    kind_view,
)
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.shown import sees_whole_numbers

_TAG = [Tag(name="cases", description="Complaints and whatever else needs more than the call")]
_CSV = {"description": "The cases as CSV", "content": {"text/csv": {"schema": {"type": "string"}}}}


def register(api: APIBlueprint) -> None:
    one = "/cases/<int:case_id>"
    api.get("/cases", tags=_TAG, **stated(CaseList))(list_cases)
    api.post("/cases", tags=_TAG, **stated(CaseView, 404, status=201))(add_case)
    api.get("/cases/export", tags=_TAG, **stated(_CSV))(export_cases)
    api.get("/cases/board", tags=_TAG, **stated(CaseBoard))(see_board)
    api.get("/case-kinds", tags=_TAG, **stated(CaseKinds))(list_case_kinds)
    api.post("/cases/give", tags=_TAG, **stated(CasesDone))(give_cases)
    api.post("/cases/assign", tags=_TAG, **stated(CasesDone))(assign_cases)
    api.get(one, tags=_TAG, **stated(CaseSeen, 404))(read_case)
    api.post(f"{one}/number", tags=_TAG, **stated(CaseView, 404))(reveal_number)
    api.post(f"{one}/close", tags=_TAG, **stated(CaseView, 404, 409))(close_case)
    api.post(f"{one}/acts/<act>", tags=_TAG, **stated(CaseView, 404, 409))(do_act)


@may_api(Act.READ_CASES)
def list_cases(query: CaseQuery) -> Response:
    """Cases that whoever asks may see."""
    page = listing.list_cases(web().storage, _asked(query), query.limit, query.offset, actor(), web().now())
    return answer(CaseList(cases=list(page.cases), more=page.more, total=page.total))


@may_api(Act.ADD_CASE)
def add_case(body: NewCaseBody) -> tuple[Response, int]:
    """Open a case that has no log form: a letter, the press, what somebody was told in person."""
    values = body.model_dump(exclude={"node", "linkedid", "number"})
    call = (body.node, body.linkedid) if body.linkedid else None
    new = NewCase(**values, number=normalise(body.number) if body.number else NO_NUMBER, call=call)
    opened = opening.open_case(web().storage, web().settings, new, actor(), web().now())
    return answer(case_view(opened, sees_whole_numbers())), 201


@may_api(Act.EXPORT_CASES)
def export_cases(query: CaseQuery) -> Response:
    """The cases as a table; `limit` and `offset` do not count."""
    lines = export.export_cases(web().storage, _asked(query), actor(), web().now())
    return Response(stream_with_context(lines), mimetype="text/csv")


@may_api(Act.READ_CASES)
def see_board(query: BoardQuery) -> Response:
    """The first open ones of each stage of a kind."""
    asked = AskedCases(query.which, kind=query.kind, text=query.q)
    board = listing.see_board(web().storage, asked, actor(), web().now())
    return answer(CaseBoard(columns=[BoardColumn(stage=stage, cases=list(cases)) for stage, cases in board.columns]))


@may_api(Act.ADD_CASE)
def list_case_kinds() -> Response:
    """The kinds of which cases are opened now."""
    kinds = see_kinds(web().storage, actor(), web().now())
    return answer(CaseKinds(kinds=[kind_view(each) for each in kinds]))


@may_api(Act.GIVE_CASE)
def give_cases(body: GiveCasesBody) -> Response:
    """Somebody is responsible for these from now on."""
    done = bulk.give_many(web().storage, web().settings, body.case_ids, body.to, actor(), web().now())
    return answer(CasesDone(done=list(done.done), refused=list(done.refused)))


@may_api(Act.ASSIGN_CASE)
def assign_cases(body: AssignCasesBody) -> Response:
    """A department has to answer these."""
    done = bulk.assign_many(web().storage, web().settings, body.case_ids, body.department_id, actor(), web().now())
    return answer(CasesDone(done=list(done.done), refused=list(done.refused)))


@may_api(Act.READ_CASES)
def read_case(path: CaseIdPath) -> Response:
    """One case, with what was done to it and what may be done now."""
    return answer(case_seen(seeing.see_case(web().storage, web().settings, path.case_id, actor(), web().now())))


@may_api(Act.REVEAL_NUMBER)
def reveal_number(path: CaseIdPath) -> Response:
    """The case with the caller's number whole, for whoever is responsible for it; it stands in the audit log."""
    return answer(case_view(case_service.reveal_number(web().storage, path.case_id, actor(), web().now()), True))


@may_api(Act.CLOSE_CASE)
def close_case(path: CaseIdPath, body: CaseCloseBody) -> Response:
    """It is settled, with what came of it; only where nothing of its kind's way is left to be done."""
    context = web()
    closed = case_service.close_case(
        context.storage, context.settings, path.case_id, body.result, actor(), context.now()
    )
    return answer(case_view(closed, sees_whole_numbers()))


@may_api(Act.ADD_CASE)
def do_act(path: CaseActPath, body: ActBody) -> Response:
    """Do something to the case: one of those that it says may be done now. Who may is asked for each."""
    context = web()
    done = acting.do_act(
        context.storage, context.settings, path.case_id, path.act, body.given, actor(), context.now(), body.revision
    )
    return answer(case_view(done, sees_whole_numbers()))


def _asked(query: CaseQuery) -> AskedCases:
    values = query.model_dump(exclude={"q", "limit", "offset"})
    return AskedCases(**values, text=query.q)
