"""Backups: which there are, how each was tried; one is made, fetched, uploaded or brought back here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.backups.backup import TaskKind, TaskState
from hotline.domain.errors import Refused
from hotline.domain.rights.acts import Act
from hotline.services.accounts.attempts import TooFast
from hotline.services.backups import backups
from hotline.services.backups.place import Place
from hotline.services.sign_in.ldap import DirectoryAway
from hotline.web.accounts.password_again import comes_from_provider, has_code, require_password_again
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.labels import Label
from hotline.web.kit.said import flashed, said

blueprint = Blueprint("backups", __name__, url_prefix="/admin/backups")

#: Bytes of an upload; beyond it the command line brings it back.
MOST_BYTES = 4 << 30
_CHUNK = 1 << 20

STATES = {
    TaskState.WAITS: Label(_("Waiting to be done"), "wait"),
    TaskState.RUNS: Label(_("Under way"), "info"),
    TaskState.DONE: Label(_("Done"), "ok"),
    TaskState.FAILED: Label(_("Failed"), "bad"),
}

KINDS = {TaskKind.MAKE: _("Backup"), TaskKind.DRILL: _("Trial of a backup"), TaskKind.RESTORE: _("Brought back")}


@blueprint.get("")
@may(Act.KEEP_BACKUPS)
def index() -> str:
    """The page; for htmx only the lists, which go on without a reload."""
    context, partial = web(), bool(request.headers.get("HX-Request"))
    seen = backups.look(_place(), actor(), context.now(), noted=not partial)
    return render_template(
        "backups/lists.html" if partial else "backups/index.html",
        seen=seen,
        settings=context.settings.backups,
        states=STATES,
        kinds=KINDS,
        now=context.now(),
    )


@blueprint.post("")
@may(Act.KEEP_BACKUPS)
def make() -> Response:
    with flashed():
        backups.ask_to_make(_place(), actor(), web().now())
        flash(gettext("The backup is made now; this page says when it is there."), "ok")
    return redirect(url_for("backups.index"))


@blueprint.post("/<name>/trial")
@may(Act.KEEP_BACKUPS)
def try_out(name: str) -> Response:
    with flashed():
        backups.ask_to_try(_place(), name, actor(), web().now())
        flash(
            gettext("The backup is restored beside the live database and compared; this page says what came of it."),
            "ok",
        )
    return redirect(url_for("backups.index"))


@blueprint.get("/<name>/file")
@may(Act.KEEP_BACKUPS)
def ask_password(name: str) -> str:
    """Before it leaves."""
    return _asking(backups.find(_place(), name, actor()).name)


@blueprint.post("/<name>/file")
@may(Act.KEEP_BACKUPS)
def fetch(name: str) -> Response | tuple[str, int]:
    backups.find(_place(), name, actor())
    try:
        require_password_again(request.form.get("password", "")[:200])
    except (Refused, TooFast, DirectoryAway) as error:
        status = 422 if isinstance(error, Refused) else 429 if isinstance(error, TooFast) else 503
        return _asking(name, said(error)), status
    file = backups.fetch(_place(), name, actor(), web().now())
    response = send_file(file, mimetype="application/x-tar", as_attachment=True, download_name=file.name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _asking(name: str, problem: str = "") -> str:
    of_provider = comes_from_provider()
    return render_template(
        "backups/fetch.html", name=name, problem=problem, of_provider=of_provider, has_code=of_provider and has_code()
    )


@blueprint.post("/upload")
@may(Act.KEEP_BACKUPS)
def upload() -> Response:
    sent = request.files.get("file")
    with flashed():
        if sent is None or not sent.filename:
            raise Refused("backups.no_file", field="file")
        name = backups.take_in(_place(), _pieces(sent.stream), actor(), web().now())
        return redirect(url_for("backups.confirm", name=name))
    return redirect(url_for("backups.index"))


@blueprint.get("/<name>/restore")
@may(Act.KEEP_BACKUPS)
def confirm(name: str) -> str | Response:
    """What would be lost, before it is done."""
    with flashed():
        return _confirming(name)
    return redirect(url_for("backups.index"))


@blueprint.post("/<name>/restore")
@may(Act.KEEP_BACKUPS)
def restore(name: str) -> str | Response:
    try:
        backups.ask_to_restore(_place(), name, request.form.get("site", "")[:200], actor(), web().now())
    except Refused as error:
        if error.field != "site":
            flash(said(error), "bad")
            return redirect(url_for("backups.index"))
        return _confirming(name, said(error), request.form.get("site", "")[:200])
    flash(gettext("It is brought back now. You may have to sign in again."), "ok")
    return redirect(url_for("backups.index"))


def _confirming(name: str, problem: str = "", typed: str = "") -> str:
    return render_template(
        "backups/restore.html",
        found=backups.foresee(_place(), name, actor()),
        company=web().settings.site.company,
        problem=problem,
        typed=typed,
    )


def _place() -> Place:
    context = web()
    return Place(context.home, context.storage, context.in_force, context.secrets)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece
