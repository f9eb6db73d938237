"""One call: its facts, what happened on it, its recordings with playback."""

from __future__ import annotations

from flask import Blueprint, render_template, request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from hotline.services.errors import NotFound
from hotline.services.examination_rights import require_may_hear
from hotline.services.ports import StoredCall
from hotline.web import audio, bars, timeline
from hotline.web.access import OVERSEERS, any_role, for_roles
from hotline.web.actor import actor
from hotline.web.context import web

blueprint = Blueprint("call", __name__)

#: A browser asks for a recording piece by piece: within so many seconds that is one playback in the audit log.
_SAME_PLAYBACK_SECONDS = 300


@blueprint.get("/calls/<int:call_id>")
@any_role
def show(call_id: int) -> str:
    """The page; for htmx only its changing part, while the call lasts."""
    context = web()
    stored = _find(call_id)
    partial = bool(request.headers.get("HX-Request"))
    if not partial:
        with context.storage.writing() as work:
            work.audit.add(context.now(), current_user.username, "call.view", f"call:{call_id}")
    now = context.now()
    return render_template(
        "parts/call_body.html" if partial else "call.html",
        stored=stored,
        call=stored.call,
        steps=timeline.steps(stored.call),
        lanes=bars.lanes(stored.call, now),
        ticks=bars.ticks(stored.call, now),
        now=now,
        may_listen=current_user.has_role(*OVERSEERS),
    )


@blueprint.get("/recordings/<int:recording_id>/audio")
@for_roles(*OVERSEERS)
def recording_audio(recording_id: int) -> Response:
    context = web()
    require_may_hear(context.storage, recording_id, actor())
    response = audio.respond(context.storage, context.files, recording_id)
    _note_playback(recording_id)
    return response


@blueprint.get("/recordings/<int:recording_id>/download")
@for_roles(*OVERSEERS)
def recording_download(recording_id: int) -> Response:
    """The same to be kept as a file; each one stands in the audit log (F8)."""
    context = web()
    require_may_hear(context.storage, recording_id, actor())
    response = audio.respond(context.storage, context.files, recording_id, download=True)
    if request.method != "HEAD":
        _note("recording.download", recording_id)
    return response


def _note_playback(recording_id: int) -> None:
    """Each playback once in the audit log (F8): the last one is remembered in the session."""
    now = int(web().now().timestamp())
    last_id, last_at = session.get("played", (None, 0))
    if last_id != recording_id or now - last_at > _SAME_PLAYBACK_SECONDS:
        _note("recording.play", recording_id)
        session["played"] = (recording_id, now)


def _note(action: str, recording_id: int) -> None:
    context = web()
    with context.storage.writing() as work:
        entry = work.recordings.by_id(recording_id)
        detail = f"call {entry.node}/{entry.linkedid}" if entry else ""
        work.audit.add(context.now(), current_user.username, action, f"recording:{recording_id}", detail)


def _find(call_id: int) -> StoredCall:
    if call_id > 2**31 - 1:  # beyond any row's id, and beyond what PostgreSQL takes
        raise NotFound(f"there is no call {call_id}")
    with web().storage.reading() as work:
        stored = work.calls.by_id(call_id)
    if stored is None:
        raise NotFound(f"there is no call {call_id}")
    return stored
