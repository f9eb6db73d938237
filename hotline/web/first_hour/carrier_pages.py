"""The carrier's page: whether it works, how much of it is used, what it refused, who tried to get in."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.calendar import local_day
from hotline.domain.errors import HotlineError
from hotline.domain.rights.acts import Act
from hotline.services.first_hour.carrier_view import DAYS, carrier_view
from hotline.services.line.trunks import CALLBACK_TRUNK, TRUNK
from hotline.services.ways_in.shutting_out import lift
from hotline.web.first_hour.labels import CARRIER_STATES, CARRIERS
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import said

blueprint = Blueprint("carrier", __name__)


@blueprint.get("/admin/carrier")
@may(Act.CHANGE_SETTINGS)
def index() -> str:
    context, now = web(), web().now()
    settings, today = context.settings, local_day(now)
    return render_template(
        "first_hour/carrier.html",
        view=carrier_view(context.storage, settings, context.pbx, context.calls_seen, now),
        days=[today - timedelta(days=ago) for ago in range(DAYS)],
        carrier_names=CARRIERS,
        carrier_states=CARRIER_STATES,
        most={TRUNK: settings.trunk.max_channels, CALLBACK_TRUNK: settings.callback_trunk.max_channels},
        now=now,
    )


@blueprint.post("/admin/carrier/let-in")
@may(Act.CHANGE_SETTINGS)
def let_in() -> Response:
    """An address that was shut out is heard again at once."""
    context = web()
    try:
        lift(context.storage, context.pbx, request.form.get("address", ""), actor().name, context.now())
        flash(gettext("It is let in again."), "ok")
    except HotlineError as error:
        flash(said(error), "bad")
    return redirect(url_for("carrier.index"), 303)
