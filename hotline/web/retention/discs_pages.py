"""Discs of recordings (E2): which were written, which were read back, and which one a call's recording is on."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.people import MANAGERS
from hotline.domain.retention.archive import Disc
from hotline.services.retention.archive import discs_of, look_at_discs
from hotline.web.kit import query
from hotline.web.kit.access import for_roles
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.shown import sees_whole_numbers

blueprint = Blueprint("discs", __name__)


@blueprint.get("/discs")
@for_roles(*MANAGERS)
def index() -> str:
    context = web()
    wanted = query.clean(request.args.get("call", ""))
    seen = look_at_discs(context.storage, context.settings.site.node, wanted, actor(), context.now())
    return render_template(
        "retention/discs.html", discs=seen.discs, wanted=wanted, found=seen.recordings, holding=seen.is_on
    )


@blueprint.app_template_global("discs_of_call")
def discs_of_call(stored: StoredCall) -> Mapping[int, list[Disc]]:
    """Recording -> the discs it is on, for those who may hear it."""
    ids = [each.id for each in stored.recordings if each.id is not None]
    return discs_of(web().storage, ids) if sees_whole_numbers() else {}
