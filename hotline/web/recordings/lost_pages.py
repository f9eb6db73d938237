"""A lost recording is looked for once more, from the alert that tells of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.rights.acts import Act
from hotline.services.recordings.alert_kinds import RECORDING_LOST
from hotline.services.recordings.intake import retry
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.alerts_shown import alert_shown
from hotline.web.kit.context import web
from hotline.web.kit.said import flashed

blueprint = Blueprint("lost_recordings", __name__, url_prefix="/recordings/lost")


@blueprint.post("/again")
@may(Act.SEE_ALERTS)
def again() -> Response:
    context = web()
    with flashed():
        linkedid = alert_shown(RECORDING_LOST, request.form.get("object", "")).object
        retry(context.storage, context.settings.site.node, linkedid, context.now(), actor().name)
        flash(gettext("It is looked for again. The alert ends by itself when it is found."), "ok")
    return redirect(url_for("alerts.index"), 303)
