"""A visit on paper: 《回访记录表》."""

from __future__ import annotations

from flask import Blueprint, render_template

from hotline.domain.rights.acts import Act
from hotline.services.visits.seeing import see_visit
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web

blueprint = Blueprint("visit_papers", __name__, url_prefix="/visits/<int:visit_id>/paper")


@blueprint.get("")
@may(Act.SEE_VISITS)
def show(visit_id: int) -> str:
    now = web().now()
    seen = see_visit(web().storage, web().settings, visit_id, actor(), now)
    return render_template("visits/paper.html", seen=seen, visit=seen.visit, now=now)
