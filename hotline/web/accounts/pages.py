"""Signing in and out, the own password, language and light."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from hotline.domain.errors import Conflict, Refused
from hotline.services.accounts import accounts
from hotline.services.accounts.attempts import TooFast
from hotline.services.accounts.passwords import UnfitPassword
from hotline.services.sign_in import by_directory, second_factor
from hotline.services.sign_in.ldap import DirectoryAway
from hotline.settings import Settings
from hotline.web.accounts import devices, entering, sessions
from hotline.web.accounts.second_factor_pages import CodeForm
from hotline.web.kit import limits
from hotline.web.kit.access import before_password_change, public
from hotline.web.kit.context import web
from hotline.web.kit.i18n import LANGUAGE_COOKIE, LANGUAGES
from hotline.web.kit.said import said

blueprint = Blueprint("account", __name__)

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
_YEAR = 365 * 24 * 3600


class SignInForm(FlaskForm):
    username = StringField(_("User name"), [InputRequired(_("Please enter your user name.")), Length(max=64)])
    password = PasswordField(_("Password"), [InputRequired(_("Please enter your password."))])


class PasswordForm(FlaskForm):
    current = PasswordField(_("Current password"), [InputRequired(_("Please enter your current password."))])
    new = PasswordField(_("New password"), [InputRequired(_("Please enter a new password."))])
    again = PasswordField(_("New password again"), [InputRequired(_("Please enter the new password again."))])


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response | str | tuple[str, int]:
    if current_user.is_authenticated and "again" not in request.args:  # before a session ends by its hours
        return redirect(url_for("ledger.index"))
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form)
    context, address = web(), limits.address()
    attempt = accounts.Attempt(form.username.data or "", form.password.data or "", address, devices.known_to)
    try:
        user = by_directory.sign_in(
            context.storage, context.settings.sign_in, context.settings.operators, attempt, context.now()
        )
    except TooFast as error:
        return _told_to_wait("accounts/sign_in.html", form, error)
    except DirectoryAway as error:
        return render_template("accounts/sign_in.html", form=form, told=said(error)), 503
    except (Conflict, Refused) as error:  # their password is right, and they may not come in by it
        return render_template("accounts/sign_in.html", form=form, told=said(error)), 403
    if user is None or user.id is None:
        return render_template("accounts/sign_in.html", form=form, refused=True), 401
    return entering.go_on(user, entering.wanted_page())


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def second_step() -> Response | str | tuple[str, int]:
    """The code of the second factor, of whoever has shown their password here in the last minutes."""
    user = entering.waiting()
    if user is None:
        return redirect(url_for("account.sign_in", next=entering.wanted_page() or None))
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("accounts/second_step.html", form=form)
    context = web()
    key = context.secrets.second_factor_key
    try:
        proved = second_factor.prove(context.storage, key, user, form.typed, limits.address(), context.now())
    except TooFast as error:
        return _told_to_wait("accounts/second_step.html", form, error)
    if not proved:
        return render_template("accounts/second_step.html", form=form, refused=True), 401
    return entering.let_in(user, entering.wanted_page())


def _told_to_wait(template: str, form: FlaskForm, error: TooFast) -> Response:
    minutes = -(-error.wait_seconds // 60)
    refused = make_response(render_template(template, form=form, wait_minutes=minutes), 429)
    refused.headers["Retry-After"] = str(error.wait_seconds)
    return refused


@blueprint.post("/sign-out")
@before_password_change
def sign_out() -> Response:
    sessions.end()
    return redirect(url_for("account.sign_in"))


@blueprint.route("/password", methods=["GET", "POST"])
@before_password_change
def change_password() -> Response | str | tuple[str, int]:
    form = PasswordForm()
    if not form.validate_on_submit():
        return render_template("accounts/password.html", form=form)
    if form.new.data != form.again.data:
        form.again.errors = [gettext("The two new passwords differ.")]
        return render_template("accounts/password.html", form=form), 422
    try:
        context = web()
        changed = accounts.change_password(
            context.storage,
            current_user.user,
            form.current.data or "",
            form.new.data or "",
            context.now(),
            sessions.current_session_id(),
            _names(context.settings),
        )
    except UnfitPassword as error:
        form.new.errors = [said(error)]
        return render_template("accounts/password.html", form=form), 422
    except Refused as error:
        form.current.errors = [said(error)]
        return render_template("accounts/password.html", form=form), 422
    sessions.renew(changed)
    flash(gettext("Your password has been changed."), "ok")
    return redirect(url_for("ledger.index"))


def _names(settings: Settings) -> tuple[str, ...]:
    """What everybody here would guess first."""
    return ("hotline", settings.site.company, *(line.company for line in settings.lines.values() if line.company))


@blueprint.post("/preferences")
@public
def preferences() -> Response:
    """Language or light of this browser, kept in a cookie; then back to the page."""
    response = redirect(entering.own_path(_came_from()))
    for name, allowed in ((LANGUAGE_COOKIE, LANGUAGES), (THEME_COOKIE, THEMES)):
        chosen = request.form.get(name, "")
        if chosen in allowed:
            secure = web().settings.web.secure_cookie
            response.set_cookie(name, chosen, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def _came_from() -> str:
    """The page of ours that the form stood on; the first one where that cannot be told."""
    try:
        page = urlsplit(request.referrer or "")
    except ValueError:  # a header is a visitor's word
        return "/"
    return page.path + (f"?{page.query}" if page.query else "") if page.netloc == request.host else "/"
