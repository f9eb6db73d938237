"""Deadlines that a change of the calendar or of a setting moved."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, render_template, request

from hotline.domain.rights.acts import Act
from hotline.services.deadlines.moves import see_moves
from hotline.web.accounts.audit_shown import object_address
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked

blueprint = Blueprint("deadlines", __name__)


@blueprint.get("/deadlines/moved")
@may(Act.SEE_MOVED_DEADLINES)
def moved() -> str:
    context, page = web(), page_asked(request.args, MAX_PAGE)
    seen = see_moves(context.storage, actor(), context.now(), PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return render_template(
        "deadlines/moved.html",
        moves=seen.moves,
        object_address=object_address,
        total=seen.total,
        page=page,
        pages=min(max(ceil(seen.total / PAGE_SIZE), 1), MAX_PAGE),
    )
