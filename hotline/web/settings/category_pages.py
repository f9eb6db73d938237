"""The tree of categories: moved by dragging, or by a list and a button; retired and brought back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import Outdated
from hotline.domain.rights.acts import Act
from hotline.services.settings.category_tree import branches, moved, retired
from hotline.services.settings.on_page import Build, change_on_page
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.query import clean
from hotline.web.kit.said import flashed, said
from hotline.web.settings.administration import blueprint


@blueprint.get("/categories/tree")
@may(Act.CHANGE_DAILY_SETTINGS)
def tree() -> str:
    return render_template("settings/tree.html", branches=branches(web().settings))


@blueprint.post("/categories/tree/move")
@may(Act.CHANGE_DAILY_SETTINGS)
def move() -> Response:
    """`category` below `parent`; `seen`: below which it was shown."""
    asked = {name: clean(request.form.get(name, ""), 64) for name in ("category", "parent", "seen")}
    return _decided(moved(asked["category"], asked["parent"], asked["seen"]), gettext("moved in the tree"))


@blueprint.post("/categories/tree/retire")
@may(Act.CHANGE_DAILY_SETTINGS)
def retire() -> Response:
    """`retired`: "yes", or nothing to bring it back."""
    is_so = request.form.get("retired") == "yes"
    reason = gettext("retired") if is_so else gettext("brought back")
    return _decided(retired(clean(request.form.get("category", ""), 64), is_so), reason)


def _decided(build: Build, reason: str) -> Response:
    context = web()
    try:
        with flashed():
            change_on_page(context.in_force, actor(), build, context.now(), None, reason)
            flash(gettext("This is decided."), "ok")
    except Outdated as error:
        flash(said(error), "bad")
    return redirect(url_for("settings.tree"), 303)
