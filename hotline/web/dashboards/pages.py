"""The dashboard of whoever reads."""

from __future__ import annotations

from flask import Blueprint, render_template

from hotline.domain.rights.acts import Act
from hotline.services.dashboards.tiles import see_dashboard
from hotline.web.dashboards.shown import tile_shown
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.in_turn import in_turn
from hotline.web.kit.rules import in_language
from hotline.web.kit.spark import HEIGHT, WIDTH
from hotline.web.reports.asked import PRESETS

blueprint = Blueprint("dashboards", __name__, url_prefix="/dashboards")


@blueprint.get("")
@may(Act.SEE_REPORTS)
@in_turn
def index() -> str:
    return _shown("dashboards/page.html")


@blueprint.get("/tiles")
@may(Act.SEE_REPORTS)
@in_turn
def tiles() -> str:
    """The tiles alone, for a page that is open already."""
    return _shown("dashboards/tiles.html")


def _shown(template: str) -> str:
    context = web()
    seen = see_dashboard(context.storage, context.settings, actor(), context.now())
    return render_template(
        template,
        seen=seen,
        tiles=[tile_shown(seen, each) for each in seen.tiles],
        period=PRESETS[seen.kept.shown.period],
        now=context.now(),
        in_language=in_language,
        spark_size=(WIDTH, HEIGHT),
    )
