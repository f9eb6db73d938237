"""What goes next, holds, the register of deletions (E2), and requests of persons (G3)."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.retention.deletion import Deletion, DeletionFilter
from hotline.domain.retention.privacy import PrivacyRequest, RequestState
from hotline.domain.retention.retention import LegalHold
from hotline.domain.rights.acts import Act
from hotline.services.retention import deletion_register, expiry, privacy
from hotline.services.retention import holds as hold_service
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.said import said
from hotline.web.retention.schemas import (
    CloseRequest,
    DeletionList,
    DeletionQuery,
    DeletionView,
    DueListView,
    DueView,
    HoldBody,
    HoldList,
    HoldPath,
    HoldQuery,
    HoldView,
    KeptCallView,
    NewRequest,
    PageQuery,
    RequestDetail,
    RequestIdPath,
    RequestListQuery,
    RequestListView,
    RequestView,
)

_RETENTION = Tag(name="retention", description="How long recordings are kept, and what was deleted (E2)")
_PRIVACY = Tag(name="privacy requests", description="A copy, a correction or deletion of what is kept of a person (G3)")


def register(api: APIBlueprint) -> None:
    api.get("/retention/due", tags=[_RETENTION], **stated(DueListView))(due)
    api.get("/retention/deletions", tags=[_RETENTION], **stated(DeletionList))(deletions)
    api.get("/retention/holds", tags=[_RETENTION], **stated(HoldList))(holds)
    api.post("/retention/holds", tags=[_RETENTION], **stated(HoldView, 404, 409, status=201))(set_hold)
    api.post("/retention/holds/<int:hold_id>/lift", tags=[_RETENTION], **stated(HoldView, 404, 409))(lift_hold)
    api.get("/privacy-requests", tags=[_PRIVACY], **stated(RequestListView))(requests)
    api.post("/privacy-requests", tags=[_PRIVACY], **stated(RequestView, 404, status=201))(take_request)
    one = "/privacy-requests/<int:request_id>"
    api.get(one, tags=[_PRIVACY], **stated(RequestDetail, 404))(read_request)
    api.post(f"{one}/close", tags=[_PRIVACY], **stated(RequestView, 404, 409))(close_request)


@may_api(Act.READ_RETENTION)
def due(query: PageQuery) -> Response:
    """The dry run: recordings that may go, and why."""
    context = web()
    found = expiry.due_list(
        context.storage, context.settings.retention.terms, actor(), context.now(), query.limit, query.offset
    )
    return answer(DueListView(count=found.count, bytes=found.bytes, recordings=[_due(each) for each in found.shown]))


@may_api(Act.READ_RETENTION)
def deletions(query: DeletionQuery) -> Response:
    """The register of deletions, newest first."""
    context = web()
    wanted = DeletionFilter(query.since, query.until, query.q)
    page = deletion_register.search(context.storage, wanted, actor(), context.now(), query.limit, query.offset)
    return answer(
        DeletionList(
            total=page.total,
            deletions=[_deletion(each, page.call_ids.get((each.node, each.linkedid))) for each in page.deletions],
        )
    )


@may_api(Act.READ_RETENTION)
def holds(query: HoldQuery) -> Response:
    """Holds, newest first."""
    context = web()
    page = hold_service.find_holds(context.storage, not query.all, actor(), context.now(), query.limit, query.offset)
    return answer(
        HoldList(
            total=page.total, holds=[_hold(each, page.call_ids.get((each.node, each.linkedid))) for each in page.holds]
        )
    )


@may_api(Act.HOLD_CALLS)
def set_hold(body: HoldBody) -> tuple[Response, int]:
    """Keep a call's recordings, whatever their time."""
    context = web()
    made = hold_service.set_hold(context.storage, body.call_id, body.reason, body.until, actor(), context.now())
    return answer(_hold(made, body.call_id)), 201


@may_api(Act.HOLD_CALLS)
def lift_hold(path: HoldPath) -> Response:
    """From now on the call's recordings stay as long as others."""
    context = web()
    lifted, call_id = hold_service.lift_hold(context.storage, path.hold_id, actor(), context.now())
    return answer(_hold(lifted, call_id))


@may_api(Act.HANDLE_REQUESTS)
def requests(query: RequestListQuery) -> Response:
    """Requests of persons, what is due first."""
    context = web()
    found, total = privacy.find(context.storage, not query.all, actor(), context.now(), query.limit, query.offset)
    return answer(RequestListView(total=total, requests=[_request(each) for each in found]))


@may_api(Act.HANDLE_REQUESTS)
def take_request(body: NewRequest) -> tuple[Response, int]:
    """Write a request down."""
    context = web()
    taken = privacy.take(
        context.storage,
        context.settings,
        body.kind,
        body.number,
        body.customer_id,
        body.asked_by,
        body.text,
        actor(),
        context.now(),
        body.nobody_known,
    )
    return answer(_request(taken)), 201


@may_api(Act.HANDLE_REQUESTS)
def read_request(path: RequestIdPath) -> Response:
    """A request with what is kept of the person, and until when."""
    context = web()
    seen = privacy.look(context.storage, context.settings, path.request_id, actor(), context.now())
    calls = []
    for each in seen.person.calls:
        verdict = seen.verdicts[each.id]
        calls.append(
            KeptCallView(
                call_id=each.id,
                started_at=each.call.started_at,
                form_id=each.form.id if each.form else None,
                recording_ids=[entry.id or 0 for entry in each.recordings],
                may_go=verdict.may_go,
                kept_until=verdict.until,
                why=verdict.why,
            )
        )
    return answer(
        RequestDetail(
            **_request(seen.request).model_dump(),
            customer_ids=[each.id or 0 for each in seen.person.customers],
            calls=calls,
            cases=len(seen.person.found["cases"]),
            callbacks=len(seen.person.found["callbacks"]),
            messages=len(seen.person.found["messages"]),
        )
    )


@may_api(Act.HANDLE_REQUESTS)
def close_request(path: RequestIdPath, body: CloseRequest) -> Response:
    """It is answered, or refused with its reason."""
    context = web()
    return answer(
        _request(
            privacy.close(
                context.storage, path.request_id, RequestState(body.state), body.answer, actor(), context.now()
            )
        )
    )


def _due(each: expiry.DueDeletion) -> DueView:
    entry = each.candidate.entry
    return DueView(
        recording_id=entry.id or 0,
        call_id=each.candidate.call_id,
        started_at=entry.started_at,
        seconds=entry.seconds,
        size_bytes=entry.size_bytes,
        path=entry.path,
        sha256=entry.sha256,
        kept_until=each.verdict.until,
        category=each.candidate.kept.category,
        listed_at=each.candidate.listed_at,
        discs=list(each.candidate.discs),
    )


def _hold(hold: LegalHold, call_id: int | None) -> HoldView:
    return HoldView(call_id=call_id, **_fields(hold, HoldView, "call_id"))


def _deletion(row: Deletion, call_id: int | None) -> DeletionView:
    return DeletionView(call_id=call_id, why=said(row.why), **_fields(row, DeletionView, "call_id", "why"))


def _request(request: PrivacyRequest) -> RequestView:
    return RequestView(**_fields(request, RequestView))


def _fields(record: object, view: type[HoldView | DeletionView | RequestView], *but: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in view.model_fields if name not in but}
