"""One call: its facts, what happened on it, its recordings with playback."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from hotline.domain.rights.acts import Act
from hotline.services.call_page.call_page import SeenCall, call_of_recording, follow_call, see_call
from hotline.services.recordings.playable import note_playback
from hotline.services.said import saying
from hotline.web.calls import bars, labels, timeline
from hotline.web.calls.words import call_words
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.headers import style_nonce
from hotline.web.kit.said import said
from hotline.web.kit.told.dialled import reason_said
from hotline.web.recordings import audio, playback

blueprint = Blueprint("call", __name__)


@blueprint.get("/calls/<int:call_id>")
@may(Act.READ_CALL)
def show(call_id: int) -> str:
    """The page; for htmx only its changing part, while the call lasts."""
    context, now = web(), web().now()
    again = bool(request.headers.get("HX-Request"))
    look = follow_call if again else see_call
    seen = look(context.storage, context.settings.retention.terms, call_id, actor(), now)
    call = seen.stored.call
    return render_template(
        "calls/call_body.html" if again else "calls/call.html",
        stored=seen.stored,
        call=call,
        steps=timeline.steps(call, seen.orders),
        lanes=bars.lanes(call, now),
        ticks=bars.ticks(call, now),
        now=now,
        may_listen=seen.may_listen,
        on_discs=seen.discs,
        kept=seen.kept,
        dial=seen.dial,
        dialled_for=reason_said(seen.dial.reason) if seen.dial else "",
        rating=seen.rating,
        **({} if again else _heard(seen)),
    )


def _heard(seen: SeenCall) -> dict[str, object]:
    """The call's sound with what was said and found, and whether they may have it examined."""
    if seen.heard is None:
        return {"sound_data": None}
    sound = seen.heard.sound
    ours = labels.party_name(seen.stored.call.answered_by) or gettext("Our side")
    data = {
        "call_id": seen.stored.id,
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
        "examination_ids": seen.heard.examination_ids,
        "may_examine": seen.heard.may_examine,
    }


@blueprint.get("/recordings/<int:recording_id>/audio")
@may(Act.HEAR)
def recording_audio(recording_id: int) -> Response:
    """Operators hear their own calls once a result of them is published."""
    response = audio.respond(recording_id)
    playback.note("recording.play", f"recording:{recording_id}", call_of_recording(web().storage, recording_id))
    return response


@blueprint.get("/recordings/<int:recording_id>/download")
@may(Act.DOWNLOAD_SOUND)
def recording_download(recording_id: int) -> Response:
    """The same to be kept as a file; each one stands in the audit log (F8)."""
    context = web()
    response = audio.respond(recording_id, download=True)
    if request.method != "HEAD":
        detail = call_of_recording(context.storage, recording_id)
        note_playback(
            context.storage, actor(), context.now(), "recording.download", f"recording:{recording_id}", detail
        )
    return response
