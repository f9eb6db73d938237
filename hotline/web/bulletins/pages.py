"""The notice board: what is posted, who has read it, and a new posting."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.attachments.types import endings
from hotline.domain.errors import Forbidden, Refused
from hotline.domain.rights.acts import Act
from hotline.services.bulletins import bulletins
from hotline.services.bulletins.seeing import posting_choices, see_board, see_bulletin
from hotline.web.attachments import receiving
from hotline.web.bulletins.forms import PostingForm
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.said import at_field, flashed

blueprint = Blueprint("bulletins", __name__, url_prefix="/bulletins")


@blueprint.get("")
@may(Act.READ_BULLETINS)
def index() -> str:
    page, now = page_asked(request.args, MAX_PAGE), web().now()
    found = see_board(web().storage, actor(), now, PAGE_SIZE + 1, (page - 1) * PAGE_SIZE)
    return render_template(
        "bulletins/board.html", found=found[:PAGE_SIZE], goes_on=len(found) > PAGE_SIZE, page=page, now=now
    )


@blueprint.route("/new", methods=["GET", "POST"])
@may(Act.POST_BULLETINS)
def new() -> Response | str | tuple[str, int]:
    context, form = web(), PostingForm()
    choices = posting_choices(context.storage, actor(), context.now())
    form.offer(choices)
    if form.validate_on_submit():
        try:
            posted = bulletins.post(context.storage, form.bulletin(context.now()), actor(), context.now())
        except (Refused, Forbidden) as error:
            at_field(form, error, "persons")
        else:
            flash(gettext("It hangs on the notice board; whoever it is for is told."), "ok")
            return redirect(url_for("bulletins.show", bulletin_id=posted.id))
    shown = render_template("bulletins/new.html", form=form, choices=choices)
    return (shown, 422) if form.errors else shown


@blueprint.get("/<int:bulletin_id>")
@may(Act.READ_BULLETINS)
def show(bulletin_id: int) -> str:
    context = web()
    seen = see_bulletin(context.storage, bulletin_id, actor(), context.now())
    return render_template(
        "bulletins/bulletin.html",
        seen=seen,
        bulletin=seen.shown.bulletin,
        taken=context.settings.attachments,
        endings=endings(context.settings.attachments.types),
        now=context.now(),
    )


@blueprint.post("/<int:bulletin_id>/read")
@may(Act.READ_BULLETINS)
def read(bulletin_id: int) -> Response:
    context = web()
    with flashed():
        bulletins.acknowledge(context.storage, bulletin_id, actor(), context.now())
        flash(gettext("Noted that you have read it."), "ok")
    return redirect(url_for("bulletins.index"))


@blueprint.post("/<int:bulletin_id>/withdraw")
@may(Act.POST_BULLETINS)
def withdraw(bulletin_id: int) -> Response:
    context = web()
    with flashed():
        bulletins.withdraw(context.storage, bulletin_id, actor(), context.now())
        flash(gettext("The posting is withdrawn."), "ok")
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id))


@blueprint.post("/<int:bulletin_id>/attachments")
@may(Act.POST_BULLETINS)
def attach(bulletin_id: int) -> Response:
    with flashed():
        receiving.receive("bulletin", bulletin_id)
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id))


@blueprint.post("/<int:bulletin_id>/attachments/<int:attachment_id>/remove")
@may(Act.POST_BULLETINS)
def remove_attachment(bulletin_id: int, attachment_id: int) -> Response:
    with flashed():
        receiving.remove("bulletin", bulletin_id, attachment_id)
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id))
