"""The API's routes."""

from __future__ import annotations

import logging

from flask import Response, current_app, g, jsonify
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain import numbers
from hotline.services.call_view import CallView, call_view
from hotline.services.errors import NotFound
from hotline.services.ledger import export_calls
from hotline.services.ports import CallFilter
from hotline.web import audio
from hotline.web.access import public, with_token
from hotline.web.api.document import SECURITY
from hotline.web.api.schemas import CallList, CallPath, CallQuery, Health, RecordingPath
from hotline.web.context import web

log = logging.getLogger(__name__)

_CALLS = Tag(name="calls", description="The ledger")
_SERVICE = Tag(name="service", description="The service itself")


def _problem(description: str) -> dict[str, object]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


_UNAUTHORIZED = {"401": _problem("No valid token")}
_REFUSED = {"422": _problem("The input does not fit; `errors` says which and what was expected")}
_NOT_FOUND = {"404": _problem("There is none")}
_AUDIO = {"description": "The sound", "content": {"audio/*": {"schema": {"type": "string", "format": "binary"}}}}


def blueprint() -> APIBlueprint:
    """A new one for each application: flask-openapi3 writes into it."""
    api = APIBlueprint("api", __name__, url_prefix="/api/v1")
    known = {**_UNAUTHORIZED, **_REFUSED}
    api.get("/calls", tags=[_CALLS], security=SECURITY, responses={"200": CallList, **known})(calls)
    api.get("/calls/<int:call_id>", tags=[_CALLS], security=SECURITY,
            responses={"200": CallView, **known, **_NOT_FOUND})(call)
    api.get("/recordings/<int:recording_id>/audio", tags=[_CALLS], security=SECURITY,
            responses={"200": _AUDIO, "206": _AUDIO, **known, **_NOT_FOUND,
                       "416": _problem("The range lies outside the recording")})(recording_audio)
    api.get("/health", tags=[_SERVICE], security=[], responses={"200": Health, "503": Health, **_REFUSED})(health)
    api.get("/openapi.json", doc_ui=False)(openapi_document)
    return api


def _who() -> str:
    """As the audit log names a program."""
    return f"token:{g.token_name}"


@with_token
def calls(query: CallQuery) -> Response:
    """Calls, newest first."""
    wanted = CallFilter(
        since=query.since,
        until=query.until,
        outcomes=(query.outcome,) if query.outcome else (),
        in_progress=query.in_progress,
        caller=numbers.search_term(query.caller),
        line=query.line,
    )
    context = web()
    page = export_calls(context.storage, wanted, query.limit, _who(), context.now(), query.offset)
    found = [call_view(stored) for stored in page.calls]
    return jsonify(total=page.total, limit=query.limit, offset=query.offset, calls=found)


@with_token
def call(path: CallPath) -> Response:
    """One call."""
    context = web()
    with context.storage.writing() as work:
        stored = work.calls.by_id(path.call_id)
        if stored is None:
            raise NotFound(f"there is no call {path.call_id}")
        work.audit.add(context.now(), _who(), "call.view", f"call:{path.call_id}")
    return jsonify(call_view(stored))


@with_token
def recording_audio(path: RecordingPath) -> Response:
    """The sound of a recording, whole or by range: the caller left, our side right."""
    context = web()
    with context.storage.reading() as work:
        entry = work.recordings.by_id(path.recording_id)
    response = audio.respond(entry, context.home.recordings)
    with context.storage.writing() as work:
        work.audit.add(context.now(), _who(), "recording.play", f"recording:{path.recording_id}")
    return response  # type: ignore[return-value]


@public
def health() -> tuple[Response, int]:
    """Whether this process can do its work: it reads from the database."""
    try:
        with web().storage.reading() as work:
            work.users.count()
    except Exception:  # whatever it is, the answer to the question is no; the log has the reason
        log.exception("the database does not answer")
        return jsonify(status="failing", database="failing"), 503
    return jsonify(status="ok", database="ok"), 200


@public
def openapi_document() -> Response:
    """This document."""
    return jsonify(current_app.api_doc)  # type: ignore[attr-defined]
