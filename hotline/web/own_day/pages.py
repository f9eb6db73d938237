"""Somebody's own day: a page, and the part of it that stands on the console between two calls."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template
from markupsafe import Markup

from hotline.domain.rights.acts import Act
from hotline.services.own_day.own_day import see_own_day
from hotline.services.shifts.kinds import shift_kinds
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.shown import may_visit
from hotline.web.own_day.labels import WORDS
from hotline.web.own_day.others import others_waiting

blueprint = Blueprint("own_day", __name__, url_prefix="/my-day")


@blueprint.get("")
@may(Act.SEE_OWN_DAY)
def index() -> str:
    return _shown("own_day/page.html")


@blueprint.get("/tiles")
@may(Act.SEE_OWN_DAY)
def tiles() -> str:
    """The tiles alone, for pages that are open already."""
    return _shown("own_day/tiles.html")


def own_day_tiles() -> Markup:
    """The same within another page; nothing for whoever has no day of their own."""
    return Markup(_shown("own_day/tiles.html")) if may_visit("own_day.index") else Markup()


def install(app: Flask) -> None:
    app.add_template_global(own_day_tiles)


def _shown(template: str) -> str:
    context = web()
    day = see_own_day(context.storage, context.settings, actor(), context.now())
    every = [(figure, count, WORDS[figure]) for figure, count in day.figures.items()]
    figures = [each for each in every if may_visit(each[2].endpoint)]
    kinds = {kind.id: kind.name for kind in shift_kinds(context.settings).values()}
    return render_template(template, day=day, figures=figures, kinds=kinds, others=others_waiting())
