"""The transcription queue: what waits, what is done, what failed and may be tried again."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.errors import Conflict
from hotline.domain.recordings.transcript import Urgency
from hotline.domain.rights.acts import Act
from hotline.services.recordings.transcription import look_at_progress, try_again
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web

blueprint = Blueprint("transcription", __name__, url_prefix="/transcription")

PRIORITIES: dict[Urgency, LazyString] = {
    Urgency.COMPLAINT: _("Complaints"),
    Urgency.CHOSEN: _("Asked for"),
    Urgency.USUAL: _("New calls"),
    Urgency.OLD: _("Old recordings"),
}


#: What the worker gives as reason, where it is no error of the system's own.
@blueprint.get("")
@may(Act.SEE_TO_TRANSCRIPTION)
def index() -> str:
    """The page; for htmx only its figures, which go on without a reload."""
    context = web()
    partial = bool(request.headers.get("HX-Request"))
    shown = look_at_progress(context.storage, context.settings, actor(), context.now(), noted=not partial)
    return render_template(
        "recordings/transcription_part.html" if partial else "recordings/transcription.html",
        shown=shown,
        priorities=PRIORITIES,
        now=context.now(),
    )


@blueprint.post("/<int:transcript_id>/again")
@may(Act.SEE_TO_TRANSCRIPTION)
def again(transcript_id: int) -> Response:
    try:
        try_again(web().storage, transcript_id, actor(), web().now())
        flash(gettext("It is tried again."), "ok")
    except Conflict:
        flash(gettext("Somebody else has started another attempt already."), "info")
    return redirect(url_for("transcription.index"))
