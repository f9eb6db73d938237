"""Where links to a case are made, to be handed to the customer or to somebody of the department."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import Conflict, Refused
from hotline.domain.ids import parse_id
from hotline.domain.rights.acts import Act
from hotline.services.cases.customer_link import make_customer_link
from hotline.services.cases.department_link import make_department_link
from hotline.services.cases.department_sms import send_department_link
from hotline.services.cases.link_sending import Way, send_customer_link
from hotline.services.cases.links_page import case_links
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.errors import STATUS
from hotline.web.kit.said import said

blueprint = Blueprint("case_links", __name__)

Page = str | tuple[str, int] | Response


@blueprint.get("/cases/<int:case_id>/links")
@may(Act.READ_CASES)
def show(case_id: int) -> Page:
    return _page(case_id)


@blueprint.post("/cases/<int:case_id>/links/customer")
@may(Act.TELL_CUSTOMER)
def make_customers(case_id: int) -> Page:
    """The new link is shown once."""
    context = web()
    try:
        made = make_customer_link(context.storage, context.settings, case_id, actor(), context.now())
    except (Refused, Conflict) as error:
        return _page(case_id, wrong=said(error)), STATUS[error.kind]
    return _page(case_id, made.url)


@blueprint.post("/cases/<int:case_id>/links/customer/<any(sms, mail):way>")
@may(Act.TELL_CUSTOMER)
def send_customers(case_id: int, way: str) -> Page:
    """It goes out to the customer, and is shown to nobody here."""
    context = web()
    try:
        send_customer_link(context.storage, context.settings, case_id, Way(way), actor(), context.now())
    except (Refused, Conflict) as error:
        return _page(case_id, wrong=said(error)), STATUS[error.kind]
    flash(gettext("The link goes out to the customer."), "ok")
    return redirect(url_for("case_links.show", case_id=case_id), 303)


@blueprint.post("/cases/<int:case_id>/links/department")
@may(Act.ASSIGN_CASE)
def make_departments(case_id: int) -> Page:
    """The new link is shown once."""
    context = web()
    try:
        made = make_department_link(context.storage, context.settings, case_id, _person(), actor(), context.now())
    except (Refused, Conflict) as error:
        return _page(case_id, wrong=said(error)), STATUS[error.kind]
    return _page(case_id, made.url)


@blueprint.post("/cases/<int:case_id>/links/department/sms")
@may(Act.ASSIGN_CASE)
def text_departments(case_id: int) -> Page:
    """It goes out to this person, and is shown to nobody here."""
    context = web()
    try:
        send_department_link(context.storage, context.settings, case_id, _person(), actor(), context.now())
    except (Refused, Conflict) as error:
        return _page(case_id, wrong=said(error)), STATUS[error.kind]
    flash(gettext("The link goes out by text message."), "ok")
    return redirect(url_for("case_links.show", case_id=case_id), 303)


def _person() -> int:
    """Who was chosen; 0 is nobody."""
    return parse_id(request.form.get("person", "")) or 0


def _page(case_id: int, url: str = "", wrong: str = "") -> str:
    context = web()
    page = case_links(context.storage, context.settings, case_id, actor(), context.now())
    return render_template("cases/outside/links.html", case_id=case_id, page=page, url=url, wrong=wrong)
