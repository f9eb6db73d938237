"""One call: its facts, what happened on it, its recordings with playback."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from hotline.domain.calls.ledger import StoredCall, operators_of
from hotline.domain.errors import NotFound
from hotline.domain.people import EXAMINING, OVERSEERS, Role
from hotline.services.access import may_hear
from hotline.services.examination.sheet import sound_view
from hotline.services.said import saying
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.recordings.store import RecordingStore
from hotline.web.calls import bars, timeline
from hotline.web.calls.words import call_words
from hotline.web.kit import labels
from hotline.web.kit.access import any_role, for_roles
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.headers import style_nonce
from hotline.web.kit.said import said
from hotline.web.recordings import audio, playback

blueprint = Blueprint("call", __name__)


@blueprint.get("/calls/<int:call_id>")
@any_role
def show(call_id: int) -> str:
    """The page; for htmx only its changing part, while the call lasts."""
    context = web()
    stored = _find(call_id)
    partial = bool(request.headers.get("HX-Request"))
    if not partial:
        with context.storage.writing() as tx:
            AuditLog(tx).add(context.now(), current_user.username, "call.view", f"call:{call_id}")
    now = context.now()
    with context.storage.reading() as tx:
        may_listen = may_hear(tx, stored.call, actor())
    return render_template(
        "calls/call_body.html" if partial else "calls/call.html",
        stored=stored,
        call=stored.call,
        steps=timeline.steps(stored.call),
        lanes=bars.lanes(stored.call, now),
        ticks=bars.ticks(stored.call, now),
        now=now,
        may_listen=may_listen,
        **({} if partial else _heard(stored)),
    )


def _heard(stored: StoredCall) -> dict[str, object]:
    """The call's sound with what was said and found, for those who may; and whether they may have it examined."""
    who, context = actor(), web()
    with context.storage.reading() as tx:
        allowed = who.has_role(*OVERSEERS) and may_hear(tx, stored.call, who)
        sound = sound_view(tx, stored, who)
        heard = sound is not None or bool(operators_of(stored.call))
        if stored.call.ended_at is None or not allowed or not heard:
            return {"sound_data": None}
        examinations = ExaminationStore(tx).ids_of(stored.call.node, stored.call.linkedid)
    ours = labels.party_name(stored.call.answered_by) or gettext("Our side")
    data = {
        "call_id": stored.id,
        "sound": sound.model_dump(mode="json", context=saying(said)) if sound else None,
        "csrf_token": generate_csrf(),
        "nonce": style_nonce(),
        "names": {"caller": gettext("Caller"), "ours": ours},
        "words": call_words(),
    }
    return {
        "sound_data": data,
        "ours": ours,
        "recording_id": sound.id if sound else None,
        "examination_ids": examinations,
        "may_examine": who.has_role(*EXAMINING) and bool(operators_of(stored.call)),
    }


@blueprint.get("/recordings/<int:recording_id>/audio")
@for_roles(*OVERSEERS, Role.OPERATOR)
def recording_audio(recording_id: int) -> Response:
    """Operators hear their own calls once a result of them is published."""
    context = web()
    response = audio.respond(context.storage, context.files, recording_id, actor())
    playback.note("recording.play", f"recording:{recording_id}", _call_of(recording_id))
    return response


@blueprint.get("/recordings/<int:recording_id>/download")
@for_roles(*OVERSEERS)
def recording_download(recording_id: int) -> Response:
    """The same to be kept as a file; each one stands in the audit log (F8)."""
    context = web()
    response = audio.respond(context.storage, context.files, recording_id, actor(), download=True)
    if request.method != "HEAD":
        detail = _call_of(recording_id)
        with context.storage.writing() as tx:
            AuditLog(tx).add(
                context.now(), current_user.username, "recording.download", f"recording:{recording_id}", detail
            )
    return response


def _call_of(recording_id: int) -> str:
    with web().storage.reading() as tx:
        entry = RecordingStore(tx).by_id(recording_id)
    return f"call {entry.node}/{entry.linkedid}" if entry else ""


def _find(call_id: int) -> StoredCall:
    with web().storage.reading() as tx:
        stored = CallStore(tx).by_id(call_id)
    if stored is None:
        raise NotFound("calls.no_call", id=call_id)
    return stored
