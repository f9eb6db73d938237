"""Discs of recordings (E2): which were written, which were read back, and which one a call's recording is on."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from hotline.domain.rights.acts import Act
from hotline.services.retention.archive import look_at_discs
from hotline.web.kit import query
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web

blueprint = Blueprint("discs", __name__)


@blueprint.get("/discs")
@may(Act.READ_RETENTION)
def index() -> str:
    context = web()
    wanted = query.clean(request.args.get("call", ""))
    seen = look_at_discs(context.storage, context.settings.site.node, wanted, actor(), context.now())
    return render_template(
        "retention/discs.html", discs=seen.discs, wanted=wanted, found=seen.recordings, holding=seen.is_on
    )
