"""The directory (A6, A14): whom callers are passed on to; and what was left for them."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from hotline.domain import numbers
from hotline.domain.directory.directory import MAX_FIELD, MAX_MESSAGE, MAX_NAME, DirectoryPerson, RegionFit, parts
from hotline.domain.errors import NotFound, Outdated, Refused
from hotline.domain.rights.acts import Act
from hotline.services.directory import directory as people
from hotline.services.directory import messages
from hotline.services.directory import table as directory_csv
from hotline.services.directory.messages import NewMessage
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.downloads import table_file, table_route
from hotline.web.kit.said import at_field, said
from hotline.web.kit.version_sent import version_sent

blueprint = Blueprint("directory", __name__)

#: How somebody's regions fit the caller's.
FITS = {
    RegionFit.CITY: _("this city"),
    RegionFit.PROVINCE: _("this province"),
    RegionFit.NATIONAL: _("the whole country"),
    RegionFit.SAME_PROVINCE: _("another city of the province"),
    RegionFit.ELSEWHERE: _("another region"),
}

MESSAGES_SHOWN = 200


class DirectoryPersonForm(FlaskForm):
    version = HiddenField()
    name = StringField(_("Name"), [InputRequired(_("Please enter a name.")), Length(max=MAX_NAME)])
    number = StringField(_("Number"), [InputRequired(_("Please enter the number.")), Length(max=80)])
    department = StringField(_("Department"), [Length(max=MAX_FIELD)])
    job_title = StringField(_("Job title"), [Length(max=MAX_FIELD)])
    mail = StringField(_("Mail"), [Length(max=MAX_FIELD)])
    subjects = StringField(_("Subjects"), [Length(max=1000)])
    regions = StringField(_("Regions"), [Length(max=1000)])
    note = TextAreaField(_("Note"), [Length(max=MAX_MESSAGE)])
    active = BooleanField(_("Takes calls"), default=True)

    def values(self) -> dict[str, object]:
        texts = {name: self[name].data or "" for name in ("name", "number", "department", "job_title", "mail", "note")}
        return {
            **texts,
            "subjects": parts(self.subjects.data or ""),
            "regions": parts(self.regions.data or ""),
            "active": self.active.data,
        }


class MessageForm(FlaskForm):
    text = TextAreaField(_("Message"), [InputRequired(_("Please write the message.")), Length(max=MAX_MESSAGE)])
    caller_name = StringField(_("Caller's name"), [Length(max=MAX_NAME)])
    caller_number = StringField(_("Number to call back"), [Length(max=80)])


@blueprint.get("/directory")
@may(Act.READ_DIRECTORY)
def index() -> str:
    context = web()
    asked = {name: " ".join(request.args.get(name, "").split())[:64] for name in ("q", "subject", "region")}
    whole = allowed(Act.SEE_DIRECTORY_NUMBERS)
    found = people.find_people(context.storage, asked["q"], asked["subject"], asked["region"], context.now(), whole)
    return render_template(
        "directory/directory.html",
        asked=asked,
        found=found.matches,
        away=found.away,
        gone=found.gone,
        fits=FITS,
        waiting=found.waiting,
        subjects=found.subjects,
        everybody=found.everybody,
    )


@blueprint.route("/directory/new", methods=["GET", "POST"])
@may(Act.EDIT_DIRECTORY)
def new() -> AnyResponse | str | tuple[str, int]:
    form = DirectoryPersonForm()
    if not form.validate_on_submit():
        return _person_page(form, None)
    context = web()
    try:
        wanted = DirectoryPerson(**form.values())  # type: ignore[arg-type]
        people.add_person(context.storage, context.pbx, wanted, actor(), context.now())
    except Refused as error:
        return _refused(form, None, error)
    flash(gettext("Saved."), "ok")
    return redirect(url_for("directory.index"))


@blueprint.route("/directory/<int:person_id>", methods=["GET", "POST"])
@may(Act.EDIT_DIRECTORY)
def edit(person_id: int) -> AnyResponse | str | tuple[str, int]:
    context = web()
    person = people.read_person(context.storage, person_id)
    form = DirectoryPersonForm(obj=person)
    if request.method == "GET":
        form.version.data, form.number.data = str(person.version), numbers.as_dialled(person.number)
        form.subjects.data, form.regions.data = "、".join(person.subjects), "、".join(person.regions)
    if not form.validate_on_submit():
        return _person_page(form, person)
    version = version_sent()
    try:
        people.change_person(context.storage, context.pbx, person_id, version, form.values(), actor(), context.now())
    except Outdated:
        form.version.data = str(person.version)
        return _form_shown(form, person, outdated=True), 409
    except Refused as error:
        return _refused(form, person, error)
    flash(gettext("Saved."), "ok")
    return redirect(url_for("directory.index"))


@blueprint.post("/directory/<int:person_id>/remove")
@may(Act.EDIT_DIRECTORY)
def remove(person_id: int) -> AnyResponse:
    context = web()
    try:
        people.remove_person(context.storage, context.pbx, person_id, actor(), context.now())
    except Refused as error:
        flash(said(error), "bad")
        return redirect(url_for("directory.edit", person_id=person_id))
    flash(gettext("Removed from the directory."), "ok")
    return redirect(url_for("directory.index"))


@table_route(blueprint, "/directory/export", plain_too=True)
@may(Act.EXPORT_DIRECTORY)
def export(ending: str) -> Response:
    context = web()
    lines = directory_csv.export_people(context.storage, actor(), context.now())
    return table_file(lines, f"directory-{context.now():%Y%m%d}", ending)


@blueprint.route("/directory/<int:person_id>/message", methods=["GET", "POST"])
@may(Act.LEAVE_MESSAGE)
def leave(person_id: int) -> AnyResponse | str | tuple[str, int]:
    """Leave a message instead of a number (A14)."""
    context = web()
    person = people.read_person(context.storage, person_id)
    form = MessageForm()
    if form.validate_on_submit():
        new = NewMessage(form.text.data or "", form.caller_name.data or "", form.caller_number.data or "")
        try:
            messages.leave(context.storage, person_id, new, actor(), context.now())
        except Refused as error:
            at_field(form, error, "text")
        else:
            flash(gettext("The message is left; it stands on the list until it is passed on."), "ok")
            return redirect(url_for("directory.left"))
    shown = render_template("directory/message.html", form=form, person=person)
    return (shown, 422) if form.errors else shown


@blueprint.get("/messages")
@may(Act.SEE_MESSAGES)
def left() -> str:
    context = web()
    found = messages.listed(context.storage, actor(), context.now(), False, MESSAGES_SHOWN)
    return render_template(
        "directory/messages.html",
        found=found,
        now=context.now(),
        waiting=sum(1 for each in found if each.message.passed_on_at is None),
    )


@blueprint.post("/messages/<int:message_id>/passed-on")
@may(Act.PASS_MESSAGE_ON)
def passed_on(message_id: int) -> AnyResponse:
    context = web()
    try:
        messages.pass_on(
            context.storage, message_id, request.form.get("note", "")[:MAX_MESSAGE], actor(), context.now()
        )
        flash(gettext("The message is passed on."), "ok")
    except NotFound:
        flash(gettext("Somebody has passed this message on already."), "info")
    return redirect(url_for("directory.left"))


def _person_page(form: DirectoryPersonForm, person: DirectoryPerson | None) -> str | tuple[str, int]:
    shown = _form_shown(form, person)
    return (shown, 422) if form.errors else shown


def _form_shown(form: DirectoryPersonForm, person: DirectoryPerson | None, outdated: bool = False) -> str:
    known = sorted({each.subject for each in web().settings.categories.values() if each.subject})
    return render_template("directory/person.html", form=form, person=person, outdated=outdated, known=known)


def _refused(form: DirectoryPersonForm, person: DirectoryPerson | None, error: Refused) -> tuple[str, int]:
    """Put at its field what `directory_people.checked` refuses."""
    at_field(form, error, "name")
    return _form_shown(form, person), 422
