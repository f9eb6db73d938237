"""The ledger: calls and their recordings."""

from __future__ import annotations

from flask import Response, jsonify
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain import numbers
from hotline.domain.calls.ledger import LEDGER_DIRECTIONS, CallFilter
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.call_page.call_page import see_call
from hotline.services.calls.ledger import export_calls
from hotline.services.calls.view import CallView, call_view
from hotline.services.recordings.playable import note_playback
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.said import said
from hotline.web.kit.schemas import AudioQuery, CallList, CallPath, CallQuery, Peaks, RecordingPath
from hotline.web.recordings import audio

_CALLS = Tag(name="calls", description="The ledger")
_AUDIO = {"description": "The sound", "content": {"audio/*": {"schema": {"type": "string", "format": "binary"}}}}


def register(api: APIBlueprint) -> None:
    sound = stated(_AUDIO, 404, 416)
    sound["responses"]["206"] = _AUDIO
    api.get("/calls", tags=[_CALLS], **stated(CallList))(calls)
    api.get("/calls/<int:call_id>", tags=[_CALLS], **stated(CallView, 404))(call)
    api.get("/recordings/<int:recording_id>/audio", tags=[_CALLS], **sound)(recording_audio)
    api.get("/recordings/<int:recording_id>/peaks", tags=[_CALLS], **stated(Peaks, 404))(recording_peaks)


@may_api(Act.EXPORT_CALLS)
def calls(query: CallQuery) -> Response:
    """Calls, newest first."""
    wanted = CallFilter(
        since=query.since,
        until=query.until,
        outcomes=(query.outcome,) if query.outcome else (),
        in_progress=query.in_progress,
        caller=numbers.search_term(query.caller),
        line=query.line,
        directions=(query.direction,) if query.direction else LEDGER_DIRECTIONS,
    )
    context = web()
    page = export_calls(context.storage, wanted, query.limit, query.offset, actor(), context.now())
    found = [call_view(stored, said) for stored in page.calls]
    return jsonify(total=page.total, limit=query.limit, offset=query.offset, calls=found)


@may_api(Act.EXPORT_CALLS)
def call(path: CallPath) -> Response:
    """One call."""
    context = web()
    seen = see_call(context.storage, context.settings.retention.terms, path.call_id, actor(), context.now())
    return jsonify(call_view(seen.stored, said))


@may_api(Act.HEAR)
def recording_audio(path: RecordingPath, query: AudioQuery) -> Response:
    """The sound of a recording, whole or by range: the caller left, our side right."""
    context = web()
    if query.download:
        require_right(Act.DOWNLOAD_SOUND, actor())
    response = audio.respond(path.recording_id, query.download)
    action = "recording.download" if query.download else "recording.play"
    note_playback(context.storage, actor(), context.now(), action, f"recording:{path.recording_id}")
    return response  # type: ignore[return-value]


@may_api(Act.HEAR)
def recording_peaks(path: RecordingPath) -> Response:
    """The outline of a recording, for drawing its waveform: made once, when the recording came into its final form."""
    return audio.peaks(path.recording_id)  # type: ignore[return-value]
