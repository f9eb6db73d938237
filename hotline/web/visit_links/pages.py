"""Whoever visits sends a link instead of calling, or shows it to be given otherwise."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.errors import Conflict, Refused
from hotline.domain.rights.acts import Act
from hotline.domain.visits.visit import VisitWay
from hotline.services.visit_links import by_hand
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import in_words, said

blueprint = Blueprint("visit_links", __name__, url_prefix="/visits/<int:visit_id>/link")

WAYS = {
    VisitWay.SMS: _("Send it by SMS"),
    VisitWay.MAIL: _("Send it by mail"),
    VisitWay.LINK: _("Show it once, to give it otherwise"),
}


@blueprint.get("")
@may(Act.SEND_VISIT_LINK)
def index(visit_id: int) -> str:
    return _page(visit_id)


@blueprint.post("")
@may(Act.SEND_VISIT_LINK)
def send(visit_id: int) -> Response | str | tuple[str, int]:
    """The link that is given otherwise is shown once."""
    context, written = web(), request.form.get("way", "")
    way = VisitWay(written) if written in list(VisitWay) else VisitWay.CALL
    try:
        url = by_hand.send_by(context.storage, context.settings, visit_id, way, actor(), context.now())
    except (Refused, Conflict) as error:
        flash(said(error), "bad")
        return redirect(url_for("visit_links.index", visit_id=visit_id), 303)
    if url:
        return _page(visit_id, url)
    flash(gettext("The link is sent within a minute."), "ok")
    return redirect(url_for("visits.show", visit_id=visit_id), 303)


def _page(visit_id: int, url: str = "") -> str:
    context = web()
    found = by_hand.offered(context.storage, context.settings, visit_id, actor(), context.now())
    ways = [(way, WAYS[way], in_words(why)) for way, why in found.ways.items()]
    return render_template("visit_links/send.html", visit=found.visit, ways=ways, url=url)
