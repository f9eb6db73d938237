"""The log of what was sent, for administrators."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.ids import parse_place
from hotline.domain.notifications.notification import DeliveryState
from hotline.domain.rights.acts import Act
from hotline.services.notifications import sent
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.said import flashed

blueprint = Blueprint("sent_notifications", __name__, url_prefix="/admin/notifications")


@blueprint.get("")
@may(Act.SEE_SENT_NOTIFICATIONS)
def index() -> str:
    context = web()
    asked = request.args.get("state", "")
    states = [state for state in DeliveryState if state.value == asked]
    page = page_asked(request.args, MAX_PAGE)
    log = sent.sent_log(context.storage, context.settings, actor(), states, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return render_template(
        "notifications/sent.html",
        log=log,
        states=tuple(DeliveryState),
        trouble=sent.TROUBLE,
        state=states[0].value if states else "",
        page=page,
    )


@blueprint.post("/<int:delivery_id>/again")
@may(Act.SEE_SENT_NOTIFICATIONS)
def again(delivery_id: int) -> Response:
    context = web()
    with flashed():
        sent.send_again(context.storage, actor(), delivery_id, context.now())
        flash(gettext("It is sent again."), "ok")
    return redirect(url_for("sent_notifications.index"))


@blueprint.post("/test")
@may(Act.SEE_SENT_NOTIFICATIONS)
def test() -> Response:
    """`to`: a person's id, or "group:" and the name of a group of addresses."""
    context = web()
    to = request.form.get("to", "")
    group = to.removeprefix("group:") if to.startswith("group:") else ""
    with flashed():
        sent.send_test(context.storage, context.settings, actor(), parse_place(to) or 0, group, context.now())
        flash(gettext("A test is on its way."), "ok")
    return redirect(url_for("sent_notifications.index"))
