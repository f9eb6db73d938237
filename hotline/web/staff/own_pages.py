"""One's own page: addresses, and from when to when one is away."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain import numbers
from hotline.domain.errors import NotFound, Outdated, Refused
from hotline.domain.rights.acts import Act
from hotline.services.staff import absences, people
from hotline.services.staff.people import SeenPerson
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import at_field, flashed
from hotline.web.kit.version_sent import version_sent
from hotline.web.staff.forms import AddressForm, AwayForm

blueprint = Blueprint("oneself", __name__, url_prefix="/me")

Page = Response | str | tuple[str, int]


@blueprint.route("", methods=["GET", "POST"])
@may(Act.USE_OWN_ACCOUNT)
def index() -> Page:
    context, form = web(), AddressForm()
    if request.method == "GET":
        seen = _seen()
        form.show(seen.person, numbers.as_dialled(seen.person.mobile))
        return _page(seen, form, AwayForm(formdata=None))
    status = 422
    try:
        if form.validate():
            version = version_sent()
            people.change_oneself(context.storage, version, form.values(), actor(), context.now())
            flash(gettext("Saved."), "ok")
            return redirect(url_for("oneself.index"))
    except Outdated as error:
        at_field(form, error, "email")
        status = 409
    except Refused as error:
        at_field(form, error, "email")
    return _page(_seen(), form, AwayForm(formdata=None), status)


@blueprint.post("/away")
@may(Act.USE_OWN_ACCOUNT)
def go_away() -> Page:
    context, away, seen = web(), AwayForm(), _seen()
    try:
        if away.validate():
            absences.go_away(context.storage, away.absence(seen.view.id, context.now()), actor(), context.now())
            flash(gettext("Saved."), "ok")
            return redirect(url_for("oneself.index"))
    except Refused as error:
        at_field(away, error, "until")
    form = AddressForm(formdata=None)
    form.show(seen.person, numbers.as_dialled(seen.person.mobile))
    return _page(seen, form, away, 422)


@blueprint.post("/away/<int:absence_id>/end")
@may(Act.USE_OWN_ACCOUNT)
def come_back(absence_id: int) -> Response:
    context = web()
    with flashed():
        absences.come_back(context.storage, absence_id, actor(), context.now())
        flash(gettext("Saved."), "ok")
    return redirect(url_for("oneself.index"))


def _seen() -> SeenPerson:
    """Raises NotFound for an account of which nobody is known."""
    context = web()
    seen = people.see_oneself(context.storage, actor(), context.now())
    if seen is None:
        raise NotFound("staff.nobody")
    return seen


def _page(seen: SeenPerson, form: AddressForm, away: AwayForm, status: int = 200) -> Page:
    away.offer(seen.colleagues)
    shown = render_template("staff/oneself.html", seen=seen, form=form, away=away, now=web().now())
    return shown if status == 200 else (shown, status)
