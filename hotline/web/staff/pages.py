"""Our own people: the list, a person, their absences."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain import numbers
from hotline.domain.errors import Outdated, Refused
from hotline.domain.rights.acts import Act
from hotline.domain.staff.records import Person
from hotline.services.staff import absences, hand_over, people
from hotline.services.staff.people import SeenPerson
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.query import clean
from hotline.web.kit.said import at_field, flashed
from hotline.web.kit.version_sent import version_sent
from hotline.web.staff.forms import AwayForm, StaffForm, moment_of

blueprint = Blueprint("staff", __name__, url_prefix="/people")

Page = Response | str | tuple[str, int]


@blueprint.get("")
@may(Act.SEE_STAFF)
def index() -> str:
    context, q = web(), clean(request.args.get("q", ""))
    left_too = request.args.get("left") == "1"
    found = people.find_people(context.storage, q, actor(), context.now(), left_too)
    return render_template("staff/people.html", people=found, q=q, left_too=left_too, is_keeper=_is_keeper())


@blueprint.route("/new", methods=["GET", "POST"])
@may(Act.EDIT_STAFF)
def new() -> Page:
    """Somebody without an account."""
    form, context = StaffForm(), web()
    if form.validate_on_submit():
        try:
            wanted = Person(**form.values())  # type: ignore[arg-type]
            added = people.add_person(context.storage, wanted, actor(), context.now())
        except Refused as error:
            at_field(form, error, "name")
        else:
            flash(gettext("Saved."), "ok")
            return redirect(url_for("staff.show", person_id=added.id))
    shown = render_template("staff/new.html", form=form)
    return (shown, 422) if form.errors else shown


@blueprint.route("/<int:person_id>", methods=["GET", "POST"])
@may(Act.SEE_STAFF)
def show(person_id: int) -> Page:
    """Read by who manages, written by administrators."""
    context, form = web(), StaffForm()
    if request.method == "GET":
        seen = _seen(person_id)
        form.show(seen.person, numbers.as_dialled(seen.person.mobile))
        return _page(seen, form, AwayForm(formdata=None))
    if not form.validate():
        return _page(_seen(person_id), form, AwayForm(formdata=None), 422)
    try:
        version = version_sent()
        people.change_person(context.storage, person_id, version, form.values(), actor(), context.now())
    except Outdated as error:
        return _refused(person_id, form, error, 409)
    except Refused as error:
        return _refused(person_id, form, error, 422)
    flash(gettext("Saved."), "ok")
    return redirect(url_for("staff.show", person_id=person_id))


@blueprint.post("/<int:person_id>/away")
@may(Act.EDIT_STAFF)
def go_away(person_id: int) -> Page:
    context, away = web(), AwayForm()
    try:
        if away.validate():
            absences.go_away(context.storage, away.absence(person_id, context.now()), actor(), context.now())
            flash(gettext("Saved."), "ok")
            return redirect(url_for("staff.show", person_id=person_id))
    except Refused as error:
        at_field(away, error, "until")
    seen, form = _seen(person_id), StaffForm(formdata=None)
    form.show(seen.person, numbers.as_dialled(seen.person.mobile))
    return _page(seen, form, away, 422)


@blueprint.post("/<int:person_id>/away/<int:absence_id>/end")
@may(Act.EDIT_STAFF)
def come_back(person_id: int, absence_id: int) -> Response:
    context = web()
    with flashed():
        absences.come_back(context.storage, absence_id, actor(), context.now())
        flash(gettext("Saved."), "ok")
    return redirect(url_for("staff.show", person_id=person_id))


@blueprint.post("/<int:person_id>/extensions/<int:tenure_id>")
@may(Act.EDIT_STAFF)
def correct(person_id: int, tenure_id: int) -> Response:
    """They have had the extension since another moment."""
    context = web()
    with flashed():
        since = moment_of(request.form.get("since"), "since", context.now())
        hand_over.correct(context.storage, person_id, tenure_id, since or context.now(), actor(), context.now())
        flash(gettext("Saved."), "ok")
    return redirect(url_for("staff.show", person_id=person_id))


def _seen(person_id: int) -> SeenPerson:
    context = web()
    return people.see_person(context.storage, person_id, actor(), context.now())


def _refused(person_id: int, form: StaffForm, error: Refused | Outdated, status: int) -> Page:
    at_field(form, error, "name")
    return _page(_seen(person_id), form, AwayForm(formdata=None), status)


def _page(seen: SeenPerson, form: StaffForm, away: AwayForm, status: int = 200) -> Page:
    away.offer(seen.colleagues)
    shown = render_template(
        "staff/person.html", seen=seen, form=form, away=away, now=web().now(), is_keeper=_is_keeper()
    )
    return shown if status == 200 else (shown, status)


def _is_keeper() -> bool:
    return allowed(Act.EDIT_STAFF)
