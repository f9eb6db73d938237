"""Teams and departments: leader, deputy, members from–to."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import Conflict, Refused
from hotline.domain.rights.acts import Act
from hotline.domain.staff.records import Department
from hotline.services.staff import units
from hotline.services.staff.units import SeenUnit
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.said import at_field, flashed
from hotline.web.kit.version_sent import version_sent
from hotline.web.staff.forms import DepartmentForm, MemberForm, UnitForm

blueprint = Blueprint("units", __name__, url_prefix="/people/units")

Page = Response | str | tuple[str, int]


@blueprint.get("")
@may(Act.SEE_STAFF)
def index() -> str:
    context = web()
    found = units.find_units(context.storage, actor(), context.now())
    return render_template("staff/units.html", found=found, is_keeper=allowed(Act.EDIT_STAFF))


@blueprint.route("/new/<any(team, department):kind>", methods=["GET", "POST"])
@may(Act.EDIT_STAFF)
def new(kind: str) -> Page:
    context, form = web(), DepartmentForm() if kind == "department" else UnitForm()
    form.offer(*units.choices(context.storage, actor()))
    if form.validate_on_submit():
        try:
            added = units.add_unit(context.storage, form.unit(None), actor(), context.now())
        except (Refused, Conflict) as error:
            at_field(form, error, "name")
        else:
            flash(gettext("Saved."), "ok")
            return redirect(url_for("units.show", unit_id=added.id))
    shown = render_template("staff/unit_new.html", form=form, kind=kind)
    return (shown, 422) if form.errors else shown


@blueprint.route("/<int:unit_id>", methods=["GET", "POST"])
@may(Act.SEE_STAFF)
def show(unit_id: int) -> Page:
    """Read by who manages, written by administrators."""
    context, seen = web(), _seen(unit_id)
    form = DepartmentForm() if isinstance(seen.unit, Department) else UnitForm()
    if request.method == "GET":
        form.show(seen.unit)
        return _page(seen, form, MemberForm(formdata=None))
    form.offer(seen.people, seen.others)
    try:
        if form.validate():
            version = version_sent()
            units.change_unit(context.storage, form.unit(unit_id), version, actor(), context.now())
            flash(gettext("Saved."), "ok")
            return redirect(url_for("units.show", unit_id=unit_id))
    except (Refused, Conflict) as error:
        at_field(form, error, "name")
    return _page(seen, form, MemberForm(formdata=None), 422)


@blueprint.post("/<int:unit_id>/members")
@may(Act.EDIT_STAFF)
def add_member(unit_id: int) -> Page:
    context, member = web(), MemberForm()
    try:
        if member.validate():
            units.add_member(context.storage, member.membership(unit_id, context.now()), actor(), context.now())
            flash(gettext("Saved."), "ok")
            return redirect(url_for("units.show", unit_id=unit_id))
    except Refused as error:
        at_field(member, error, "person")
    seen = _seen(unit_id)
    form = DepartmentForm(formdata=None) if isinstance(seen.unit, Department) else UnitForm(formdata=None)
    form.show(seen.unit)
    return _page(seen, form, member, 422)


@blueprint.post("/<int:unit_id>/members/<int:membership_id>/end")
@may(Act.EDIT_STAFF)
def end_membership(unit_id: int, membership_id: int) -> Response:
    context = web()
    with flashed():
        units.end_membership(context.storage, membership_id, actor(), context.now())
        flash(gettext("Saved."), "ok")
    return redirect(url_for("units.show", unit_id=unit_id))


def _seen(unit_id: int) -> SeenUnit:
    context = web()
    return units.see_unit(context.storage, unit_id, actor(), context.now())


def _page(seen: SeenUnit, form: UnitForm, member: MemberForm, status: int = 200) -> Page:
    form.offer(seen.people, seen.others)
    member.offer(seen.people)
    shown = render_template(
        "staff/unit.html",
        seen=seen,
        form=form,
        member=member,
        is_department=isinstance(seen.unit, Department),
        now=web().now(),
        is_keeper=allowed(Act.EDIT_STAFF),
    )
    return shown if status == 200 else (shown, status)
