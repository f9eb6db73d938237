"""The people who sign in: adding them, what each may do, a new password, leaving and coming back (F5, F8)."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional

from hotline.domain.accounts.user import User
from hotline.domain.errors import Conflict, Forbidden, NotFound, Outdated, Refused
from hotline.domain.people import Role
from hotline.domain.rights.acts import Act
from hotline.domain.time import end_of_day, last_day
from hotline.services.accounts import accounts, sessions, users
from hotline.services.accounts.account_rules import UnfitAccount
from hotline.services.sign_in import outside, second_factor
from hotline.services.sign_in.providers import providers
from hotline.settings import Settings
from hotline.settings.calls import Operator
from hotline.web.kit.access import may
from hotline.web.kit.context import web
from hotline.web.kit.day_field import DayField
from hotline.web.kit.said import said

blueprint = Blueprint("people", __name__, url_prefix="/admin/people")


class PersonForm(FlaskForm):
    username = StringField(_("User name"), [InputRequired(_("Please enter a user name.")), Length(max=64)])
    display_name = StringField(_("Name, as others see it"), [Length(max=200)])
    roles = SelectMultipleField(_("Roles"), choices=[role.value for role in Role])  # type: ignore[misc]  # texts do too
    extension = StringField(_("Operator's extension"))
    last_day = DayField(_("Last day"), [Optional()])
    mark = HiddenField()

    def chosen_roles(self) -> tuple[Role, ...]:
        return tuple(role for role in Role if role.value in (self.roles.data or ()))

    @property
    def expires_at(self) -> datetime | None:
        """The end of the last day."""
        return end_of_day(self.last_day.data) if self.last_day.data else None

    def tell(self, error: UnfitAccount) -> None:
        """Put the words for `error` at its field."""
        self["last_day" if error.field == "expires_at" else error.field].errors = [said(error)]


@blueprint.get("")
@may(Act.ADMINISTER_ACCOUNTS)
def index() -> str:
    context = web()
    settings = context.settings
    return render_template(
        "accounts/people.html",
        people=users.list_users(context.storage),
        operators=settings.operators,
        queues={extension: _queues_of(settings, each) for extension, each in settings.operators.items()},
        now=context.now(),
    )


@blueprint.route("/add", methods=["GET", "POST"])
@may(Act.ADMINISTER_ACCOUNTS)
def add() -> str | tuple[str, int]:
    form = PersonForm()
    context = web()
    if not form.validate_on_submit():
        if form.errors and not form.username.data:  # proposed, for them to look at
            form.username.data = users.free_username(context.storage, form.display_name.data or "")
        return _page(form), 422 if form.errors else 200
    try:
        user, password = accounts.add_user(
            context.storage,
            (form.username.data or "").strip(),
            form.display_name.data or "",
            form.chosen_roles(),
            context.now(),
            current_user.username,
            form.extension.data or None,
            context.settings.operators,
            form.expires_at,
        )
    except UnfitAccount as error:
        form.tell(error)
        return _page(form), 422
    except Conflict as error:
        form.username.errors = [said(error)]
        return _page(form), 422
    return render_template("accounts/password_shown.html", person=user, password=password)


@blueprint.route("/<username>", methods=["GET", "POST"])
@may(Act.ADMINISTER_ACCOUNTS)
def edit(username: str) -> Response | str | tuple[str, int]:
    person = users.user_of(web().storage, username)
    form = PersonForm(obj=person)
    if request.method == "GET":
        form.roles.data = [role.value for role in person.roles]
        form.last_day.data = last_day(person.expires_at) if person.expires_at else None
        form.mark.data = users.mark(person)
        return _page(form, person)
    if not form.validate_on_submit():
        return _page(form, person), 422
    context = web()
    by = current_user.username
    try:
        users.keep_own_administration(context.storage, username, by, form.chosen_roles(), form.expires_at)
        users.edit_user(
            context.storage,
            username,
            form.display_name.data or "",
            form.chosen_roles(),
            form.extension.data or None,
            context.settings.operators,
            context.now(),
            by,
            form.expires_at,
            form.mark.data or None,
        )
    except UnfitAccount as error:
        form.tell(error)
        return _page(form, person), 422
    except Outdated as error:
        person = users.user_of(context.storage, username)
        form.mark.data = users.mark(person)
        return _page(form, person, said(error)), 409
    flash(gettext("Saved."), "ok")
    return redirect(url_for("people.index"))


@blueprint.post("/<username>/password")
@may(Act.ADMINISTER_ACCOUNTS)
def reset_password(username: str) -> str:
    context = web()
    password = accounts.reset_password(context.storage, username, context.now(), current_user.username)
    return render_template(
        "accounts/password_shown.html", person=users.user_of(context.storage, username), password=password
    )


@blueprint.post("/<username>/second-factor/reset")
@may(Act.ADMINISTER_ACCOUNTS)
def reset_second_factor(username: str) -> Response:
    """Of somebody else, who has lost it."""
    context = web()
    try:
        second_factor.reset(
            context.storage, username, request.form.get("reason", ""), current_user.username, context.now()
        )
    except (Forbidden, NotFound, Refused) as error:
        flash(said(error), "bad")
    else:
        flash(gettext("The second step has been taken away; they have been told."), "ok")
    return redirect(url_for("people.edit", username=username))


@blueprint.post("/<username>/active")
@may(Act.ADMINISTER_ACCOUNTS)
def set_active(username: str) -> Response:
    """By the field `active`: 1 lets in again, 0 no longer."""
    context = web()
    active = request.form.get("active") == "1"
    try:
        if not active:
            users.keep_own_administration(context.storage, username, current_user.username)
        users.set_active(context.storage, username, active, context.now(), current_user.username)
    except UnfitAccount as error:
        flash(said(error), "bad")
        return redirect(url_for("people.edit", username=username))
    if active:
        flash(gettext("Can sign in again."), "ok")
        return redirect(url_for("people.index"))
    flash(gettext("Can no longer sign in."), "ok")
    return redirect(url_for("hiring.open_matters", username=username))


@blueprint.post("/<username>/sessions/end")
@may(Act.ADMINISTER_ACCOUNTS)
def end_sessions(username: str) -> Response:
    context = web()
    try:
        ended = sessions.end_all_by_administrator(
            context.storage, username, request.form.get("reason", ""), current_user.username, context.now()
        )
    except Refused as error:
        flash(said(error), "bad")
    else:
        flash(gettext("%(n)s sessions have been ended.", n=ended), "ok")
    return redirect(url_for("sign_ins.index"))


def _queues_of(settings: Settings, operator: Operator) -> str:
    """By name, each with the level where it is not the first."""
    theirs = operator.queues or tuple(settings.queues)
    if len(theirs) == len(settings.queues) and all(operator.level_in(queue) == 1 for queue in theirs):
        return gettext("all")
    return "、".join(_queue_said(settings.queues[each].name, operator.level_in(each)) for each in theirs)


def _queue_said(name: str, level: int) -> str:
    return name if level == 1 else gettext("%(queue)s: level %(n)s", queue=name, n=level)


def _page(form: PersonForm, person: User | None = None, outdated: str = "") -> str:
    """Of somebody, or of somebody new. `outdated`: says that they are not any more what was changed."""
    context = web()
    signed_in = sessions.open_of(context.storage, person) if person else []
    return render_template(
        "accounts/person.html",
        form=form,
        person=person,
        outdated=outdated,
        signed_in=signed_in,
        operators=context.settings.operators,
        providers=providers(context.settings.sign_in),
        binding=outside.binding_of(context.storage, person) if person else None,
    )
