"""Whose customer each one is (E11)."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.ids import parse_id
from hotline.domain.rights.acts import Act
from hotline.services.owners import owners
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.query import clean
from hotline.web.kit.said import flashed

blueprint = Blueprint("owners", __name__, url_prefix="/customer-owners")


@blueprint.get("")
@may(Act.SEE_OWNERS)
def index() -> str:
    context = web()
    found = owners.see_owners(context.storage, actor(), context.now())
    return render_template("owners/owners.html", owners=found, settings=context.settings.owners)


@blueprint.get("/<username>")
@may(Act.SEE_OWNERS)
def show(username: str) -> str:
    context = web()
    page = page_asked(request.args, MAX_PAGE)
    seen = owners.see_owned(context.storage, clean(username), actor(), context.now(), PAGE_SIZE, (page - 1) * PAGE_SIZE)
    pages = max(-(-seen.owner.load.customers // PAGE_SIZE), 1)
    return render_template("owners/owned.html", seen=seen, page=page, page_size=PAGE_SIZE, pages=pages)


@blueprint.post("/assign")
@may(Act.ASSIGN_OWNER)
def assign() -> AnyResponse:
    context = web()
    customer_id, before = parse_id(request.form.get("customer", "")) or 0, clean(request.form.get("before", ""))
    with flashed():
        owners.assign_owner(
            context.storage, context.settings, customer_id, clean(request.form.get("owner", "")), actor(), context.now()
        )
    target = url_for("owners.show", username=before) if before else url_for("owners.index")
    return redirect(target, 303)
