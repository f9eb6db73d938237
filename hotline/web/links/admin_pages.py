"""The administrators' list of the links that let somebody in, and how they are revoked."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from hotline.domain.rights.acts import Act
from hotline.services.links import links
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.told.linked import linked_pages

blueprint = Blueprint("living_links", __name__, url_prefix="/admin/links")

_LONGEST_OBJECT = 64


@blueprint.get("")
@may(Act.MANAGE_LINKS)
def index() -> str:
    context = web()
    return render_template(
        "links/living.html",
        living=links.living_links(context.storage, actor(), context.now()),
        pages=linked_pages(),
        offered=links.links_offered(context.settings),
        most=links.MOST,
    )


@blueprint.post("/revoke")
@may(Act.MANAGE_LINKS)
def revoke() -> Response:
    """`what`: this, those to the same object, those for the same holder, or all."""
    context, what = web(), request.form.get("what", "")
    number = request.form.get("id", "")
    link_id = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    chosen = {
        "this": {"link_id": link_id},
        "holder": {"like": link_id},
        "object": {"object": request.form.get("object", "")[:_LONGEST_OBJECT] or "none"},
        "all": {},
    }.get(what, {"link_id": 0})
    revoked = links.revoke_links(context.storage, actor(), context.now(), **chosen)  # type: ignore[arg-type]
    flash(ngettext("%(num)s link lets nobody in any more.", "%(num)s links let nobody in any more.", revoked), "ok")
    return redirect(url_for("living_links.index"))
