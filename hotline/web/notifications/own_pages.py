"""How one wants to be told: ways, quiet hours, a choice a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import Refused
from hotline.domain.notifications.kind import Choice, Quiet
from hotline.domain.rights.acts import Act
from hotline.services.notifications import preferences, sent
from hotline.services.notifications.kinds import kinds
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import flashed

blueprint = Blueprint("own_notifications", __name__, url_prefix="/my-notifications")

#: What may be chosen for a way.
_CHOSEN = {"yes": True, "no": False}


@blueprint.get("")
@may(Act.SEE_OWN_NOTIFICATIONS)
def index() -> str:
    context = web()
    return render_template(
        "notifications/own.html", own=preferences.preferences(context.storage, context.settings, actor())
    )


@blueprint.post("")
@may(Act.SEE_OWN_NOTIFICATIONS)
def choose() -> Response:
    context = web()
    with flashed():
        preferences.choose(context.storage, actor(), list(_choices()), context.now())
        flash(gettext("This holds from now on."), "ok")
    return redirect(url_for("own_notifications.index"))


@blueprint.post("/ways")
@may(Act.SEE_OWN_NOTIFICATIONS)
def add_way() -> Response:
    context = web()
    with flashed():
        preferences.add_way(context.storage, actor(), request.form.get("url", "").strip(), context.now())
        flash(gettext("The address has been added; a test shows whether it works."), "ok")
    return redirect(url_for("own_notifications.index"))


@blueprint.post("/ways/<int:way_id>/remove")
@may(Act.SEE_OWN_NOTIFICATIONS)
def remove_way(way_id: int) -> Response:
    context = web()
    with flashed():
        preferences.remove_way(context.storage, actor(), way_id, context.now())
        flash(gettext("The address has been removed."), "ok")
    return redirect(url_for("own_notifications.index"))


@blueprint.post("/test")
@may(Act.SEE_OWN_NOTIFICATIONS)
def test() -> Response:
    context = web()
    with flashed():
        sent.try_own(context.storage, actor(), context.now())
        flash(gettext("A test is on its way."), "ok")
    return redirect(url_for("own_notifications.index"))


def _choices() -> Iterator[Choice]:
    """Of all, and of each kind that may be chosen. Raises Refused for quiet hours that are none."""
    for name in ("", *(kind.name for kind in kinds().values() if not kind.demanded)):
        mail = _CHOSEN.get(request.form.get(f"mail-{name}", ""))
        chat = _CHOSEN.get(request.form.get(f"chat-{name}", ""))
        yield Choice(0, name, mail, chat, _quiet(name))


def _quiet(name: str) -> Quiet | None:
    starts, until = (request.form.get(f"{end}-{name}", "").strip() for end in ("from", "until"))
    if not starts and not until:
        return None
    if not all(re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", each) for each in (starts, until)):
        raise Refused("notifications.quiet_hours")
    return Quiet(time.fromisoformat(starts), time.fromisoformat(until))
