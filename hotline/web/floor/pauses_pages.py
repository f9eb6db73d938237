"""How long operators were paused on a day."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, render_template, request
from flask_babel import gettext

from hotline.domain.calendar import local_day
from hotline.domain.operators.presence import PAUSED_BY_SUPERVISOR
from hotline.domain.rights.acts import Act
from hotline.services.operators.pauses import look_at_pauses
from hotline.web.kit import query
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web

blueprint = Blueprint("pauses", __name__)


@blueprint.get("/floor/pauses")
@may(Act.WATCH_FLOOR)
def index() -> str:
    context = web()
    today = local_day(context.now())
    day = min(query.day_of(request.args.get("day", "")) or today, today)
    seen = look_at_pauses(context.storage, context.settings, day, actor(), context.now())
    names = {**context.settings.console.pause_reasons, PAUSED_BY_SUPERVISOR: gettext("by a supervisor")}
    return render_template(
        "floor/pauses.html",
        seen=seen,
        names={reason: names.get(reason, reason) for reason in seen.reasons},
        before=day - timedelta(days=1),
        after=day + timedelta(days=1) if day < today else None,
        today=today,
    )
