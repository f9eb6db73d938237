"""Discs and speech models of this machine."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.calendar import local_day
from hotline.domain.errors import Conflict, Refused
from hotline.domain.rights.acts import Act
from hotline.services.backups.place import Place
from hotline.services.machine import discs, speech_models
from hotline.services.machine.discs import What
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.errors import STATUS
from hotline.web.kit.said import flashed, said

blueprint = Blueprint("machine", __name__, url_prefix="/admin/machine")

WHATS = {
    What.RECORDINGS: _("Recordings"),
    What.DATABASE: _("Database"),
    What.BACKUPS: _("Backups"),
    What.MODELS: _("Speech models"),
}
#: With fewer days left a disc is shown as bad, with fewer of the second as to be watched.
SOON, LATER = 14, 60


@blueprint.get("")
@may(Act.CHANGE_SETTINGS)
def index() -> str:
    return _page()


@blueprint.post("/models")
@may(Act.CHANGE_SETTINGS)
def install() -> Response | tuple[str, int]:
    """An archive, with the SHA-256 by which it is known."""
    context, sent = web(), request.files.get("file")
    sha256 = request.form.get("sha256", "")[:200]
    if sent is None or not sent.filename:
        return _page({"file": gettext("Please choose a file.")}, sha256), 422
    try:
        made = speech_models.install_model(
            *(context.models, context.exchange, context.home, sent.stream, sent.filename[-200:], sha256),
            actor(),
            context.now(),
        )
    except (Refused, Conflict) as error:
        return _page({error.field if error.field == "sha256" else "file": said(error)}, sha256), STATUS[error.kind]
    flash(gettext("The model %(name)s is installed.", name=made.name), "ok")
    return redirect(url_for("machine.index"), 303)


@blueprint.post("/models/use")
@may(Act.CHANGE_SETTINGS)
def use() -> Response:
    """The one that is named in the form; an empty name: none."""
    context, name = web(), request.form.get("name", "")[:200]
    with flashed():
        if not speech_models.use_model(context.models, context.exchange, name, actor(), context.now()):
            flash(gettext("That is so already."), "ok")
        elif name:
            flash(gettext("The model %(name)s transcribes from now on.", name=name), "ok")
        else:
            flash(gettext("Nothing is transcribed from now on; what waits stays."), "ok")
    return redirect(url_for("machine.index"), 303)


@blueprint.post("/models/<name>/remove")
@may(Act.CHANGE_SETTINGS)
def remove(name: str) -> Response:
    context = web()
    with flashed():
        speech_models.remove_model(context.models, context.exchange, name, actor(), context.now())
        flash(gettext("The model %(name)s is removed.", name=name), "ok")
    return redirect(url_for("machine.index"), 303)


def _page(problems: dict[str, str] | None = None, sha256: str = "") -> str:
    context = web()
    place = Place(context.home, context.storage, lambda: context.settings, context.secrets)
    return render_template(
        "machine/index.html",
        discs=discs.see_discs(place, context.models, actor(), context.now()),
        models=speech_models.see_models(context.models, context.exchange, actor()),
        whats=cast("dict[What, str]", WHATS),
        today=local_day(context.now()),
        problems=problems or {},
        sha256=sha256,
        most=speech_models.MOST_BYTES,
        endings=speech_models.ENDINGS,
        soon=SOON,
        later=LATER,
    )
