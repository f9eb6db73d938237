"""All open alerts on one page: what each means, since when, and what is to be done."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import NotFound
from hotline.domain.rights.acts import Act
from hotline.services.alerts import clear_by_hand
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.alerts_shown import alert_shown, ends_when_seen_to
from hotline.web.kit.context import web
from hotline.web.kit.said import flashed

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")


@blueprint.get("")
@may(Act.USE_OWN_ACCOUNT)
def index() -> str:
    """Those that the reader sees above every page: `open_alerts` in the template."""
    return render_template("notifications/alerts.html")


@blueprint.post("/seen-to")
@may(Act.SEE_ALERTS)
def seen_to() -> Response:
    """Somebody has seen to what nothing else ends."""
    with flashed():
        alert = alert_shown(request.form.get("kind", ""), request.form.get("object", ""))
        if not ends_when_seen_to(alert):
            raise NotFound("machine.ends_by_itself")
        clear_by_hand(web().storage, alert.kind, alert.object, actor().name, web().now())
        flash(gettext("The alert is closed."), "ok")
    return redirect(url_for("alerts.index"), 303)
