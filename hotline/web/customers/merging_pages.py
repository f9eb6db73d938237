"""Two customers who are one person, and one who is two."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.customers.customer import MAX_FIELD, as_written
from hotline.domain.errors import Refused
from hotline.domain.ids import parse_id
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import may_see
from hotline.services.customers import merging as customer_merging
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import said

blueprint = Blueprint("customer_merging", __name__, url_prefix="/customers/<int:customer_id>")

_SHOWN = 20


@blueprint.get("/merge")
@may(Act.MERGE)
def choose(customer_id: int) -> str:
    """Who else is this person? Without a query: those who have one of the numbers, or the same name."""
    context = web()
    query = " ".join(request.args.get("q", "").split())[:64]
    found = customer_merging.alike(context.storage, customer_id, query, _SHOWN, actor(), context.now())
    return render_template(
        "customers/customer_merge.html",
        customer=found.customer,
        others=found.others,
        query=query,
        shown=lambda number: as_written(number, not may_see(found.sight, number.number)),
    )


@blueprint.post("/merge")
@may(Act.MERGE)
def merge(customer_id: int) -> AnyResponse:
    context = web()
    customer_merging.merge(context.storage, customer_id, _id("other_id"), actor(), context.now())
    flash(gettext("The two are one customer now. It can be undone on this page."), "ok")
    return redirect(url_for("customers.show", customer_id=customer_id))


@blueprint.post("/split")
@may(Act.SPLIT)
def split(customer_id: int) -> AnyResponse:
    context = web()
    chosen = [found for text in request.form.getlist("number_id") if (found := parse_id(text))]
    name = request.form.get("name", "")[:MAX_FIELD]
    try:
        new = customer_merging.split(context.storage, customer_id, chosen, name, actor(), context.now())
    except Refused as error:
        flash(said(error), "bad")
        return redirect(url_for("customers.show", customer_id=customer_id))
    flash(gettext("These numbers, and the calls from them, are a customer of their own now."), "ok")
    return redirect(url_for("customers.show", customer_id=new.id))


@blueprint.post("/undo-merge")
@may(Act.UNDO_MERGE)
def undo(customer_id: int) -> AnyResponse:
    context = web()
    other = customer_merging.undo_merge(context.storage, customer_id, _id("merged_id"), actor(), context.now())
    flash(gettext("They are two customers again."), "ok")
    return redirect(url_for("customers.show", customer_id=other.id))


def _id(field: str) -> int:
    """0, which nobody has, for what is no number."""
    return parse_id(request.form.get(field, "")) or 0
