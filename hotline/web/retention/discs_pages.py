"""Discs of recordings (E2): which were written, which were read back, and which one a call's recording is on; discs are
asked for here."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.errors import Refused
from hotline.domain.retention.archive import Medium, WantedState
from hotline.domain.rights.acts import Act
from hotline.domain.time import SHANGHAI
from hotline.services.retention.archive import look_at_discs
from hotline.services.retention.discs_by_hand import ask_for_discs, image_to_fetch
from hotline.web.kit import query
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.asked import choice
from hotline.web.kit.context import web
from hotline.web.kit.labels import Label
from hotline.web.kit.said import flashed

blueprint = Blueprint("discs", __name__)

#: So old are the calls that are offered for a disc: what came later may still change its form.
_USUAL_DAYS = 90

STATES = {
    WantedState.WAITS: Label(_("Waiting to be written"), "wait"),
    WantedState.WRITING: Label(_("Being written"), "info"),
    WantedState.DONE: Label(_("Discs written"), "ok"),
    WantedState.FAILED: Label(_("Not written"), "bad"),
}

MEDIA = {Medium.CD: _("CD (700 MB)"), Medium.DVD: _("DVD (4.7 GB)"), Medium.BD: _("Blu-ray (25 GB)")}


@blueprint.get("/discs")
@may(Act.READ_RETENTION)
def index() -> str:
    """The page; for htmx only what was asked for and the register, which go on without a reload."""
    context = web()
    partial = bool(request.headers.get("HX-Request"))
    wanted = query.clean(request.args.get("call", ""))
    node, now = context.settings.site.node, context.now()
    seen = look_at_discs(context.storage, node, wanted, actor(), now, noted=not partial)
    return render_template(
        "retention/discs_part.html" if partial else "retention/discs.html",
        discs=seen.discs,
        wanted=wanted,
        found=seen.recordings,
        holding=seen.is_on,
        asked=seen.wanted,
        being_written=any(each.finished_at is None for each in seen.wanted),
        states=STATES,
        media=MEDIA,
        usual_until=(now.astimezone(SHANGHAI) - timedelta(days=_USUAL_DAYS)).date(),
        today=now.astimezone(SHANGHAI).date(),
    )


@blueprint.post("/discs")
@may(Act.WRITE_DISCS)
def ask() -> Response:
    context = web()
    with flashed():
        until = query.midnight(query.day_of(request.form.get("until", "")))
        if until is None:
            raise Refused("retention.discs_until", field="until")
        medium = Medium(choice(request.form, "medium", tuple(Medium), Medium.DVD))
        ask_for_discs(context.storage, until, medium, actor(), context.now())
        flash(gettext("The discs are written now; this page says how far they are."), "ok")
    return redirect(url_for("discs.index"))


@blueprint.get("/discs/<label>/image")
@may(Act.WRITE_DISCS)
def image(label: str) -> Response:
    """The whole image, to be burned."""
    context = web()
    file = image_to_fetch(context.storage, label[:64], actor(), context.now())
    response = send_file(file, mimetype="application/x-iso9660-image", as_attachment=True, download_name=file.name)
    response.headers["Cache-Control"] = "no-store"
    return response
