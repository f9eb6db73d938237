"""A person's notifications: the list, one of them as a link from outside leads to it, opened and read."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from hotline.domain.ids import parse_place
from hotline.domain.rights.acts import Act
from hotline.services.notifications import inbox
from hotline.services.notifications.kinds import kinds
from hotline.web.kit.access import may
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.notifications.shown import notification_address

blueprint = Blueprint("notifications", __name__, url_prefix="/notifications")


@blueprint.get("")
@may(Act.SEE_OWN_NOTIFICATIONS)
def index() -> str:
    kind = request.args.get("kind", "")
    kind = kind if kind in kinds() else ""
    unread = request.args.get("unread") == "1"
    page = page_asked(request.args, MAX_PAGE)
    offset = (page - 1) * PAGE_SIZE
    found = inbox.inbox(web().storage, _reader(), kind, unread, PAGE_SIZE, offset)
    return _page(found, kind, unread, page)


@blueprint.get("/<int:notification_id>")
@may(Act.SEE_OWN_NOTIFICATIONS)
def show(notification_id: int) -> str:
    """That one alone: it stays unread until it is opened."""
    user_id = _reader()
    told = inbox.own(web().storage, user_id, notification_id)
    whole = inbox.inbox(web().storage, user_id, "", unread=False, limit=1, offset=0)
    return _page(replace(whole, shown=(told,), has_more=False), "", unread=False, page=1, alone=True)


@blueprint.post("/<int:notification_id>/open")
@may(Act.SEE_OWN_NOTIFICATIONS)
def open_one(notification_id: int) -> Response:
    context = web()
    told = inbox.read_one(context.storage, _reader(), notification_id, context.now())
    return redirect(notification_address(told) or url_for("notifications.index"))


@blueprint.post("/read")
@may(Act.SEE_OWN_NOTIFICATIONS)
def read_all() -> Response:
    context = web()
    up_to = parse_place(request.form.get("up_to", "")) or 0
    read = inbox.read_all(context.storage, _reader(), up_to, context.now())
    flash(gettext("%(n)s notifications marked as read.", n=read), "ok")
    return redirect(url_for("notifications.index"))


def _reader() -> int:
    return current_user.user.id or 0


def _page(found: inbox.Inbox, kind: str, unread: bool, page: int, alone: bool = False) -> str:
    newest = max((each.id or 0 for each in found.shown), default=0)
    return render_template(
        "notifications/list.html",
        found=found,
        kinds=tuple(kinds()),
        kind=kind,
        unread=unread,
        page=page,
        alone=alone,
        newest=newest,
        asked={**({"kind": kind} if kind else {}), **({"unread": "1"} if unread else {})},
    )
