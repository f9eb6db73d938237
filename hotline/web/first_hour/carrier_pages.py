"""The carrier's page: whether it works, how much of it is used, what it refused, who tried to get in."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, render_template

from hotline.domain.calendar import local_day
from hotline.domain.rights.acts import Act
from hotline.services.first_hour.carrier_view import DAYS, carrier_view
from hotline.web.first_hour.labels import CARRIER_STATES, CARRIERS
from hotline.web.kit.access import may
from hotline.web.kit.context import web

blueprint = Blueprint("carrier", __name__)


@blueprint.get("/admin/carrier")
@may(Act.CHANGE_SETTINGS)
def index() -> str:
    context, now = web(), web().now()
    today = local_day(now)
    return render_template(
        "first_hour/carrier.html",
        view=carrier_view(context.storage, context.settings, context.pbx, context.calls_seen, now),
        days=[today - timedelta(days=ago) for ago in range(DAYS)],
        carrier_names=CARRIERS,
        carrier_states=CARRIER_STATES,
        most=context.settings.callback_trunk.max_channels,
        now=now,
    )
