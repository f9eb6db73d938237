"""A person's own second factor: setting it up by a picture and a first code, recovery codes, another phone."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired

from hotline.domain.accounts.user import User
from hotline.domain.errors import Refused
from hotline.domain.sign_in.second_factor import phone_address
from hotline.services.accounts import users
from hotline.services.sign_in import second_factor
from hotline.web.accounts import sessions
from hotline.web.kit import limits
from hotline.web.kit.access import before_password_change
from hotline.web.kit.context import web
from hotline.web.kit.qr import qr_code
from hotline.web.kit.said import said

blueprint = Blueprint("second_factor", __name__, url_prefix="/my-second-factor")


class CodeForm(FlaskForm):
    code = StringField(_("Code"), [InputRequired(_("Please enter the code."))])

    @property
    def typed(self) -> str:
        return self.code.data or ""


@blueprint.get("")
@before_password_change
def index() -> str:
    return _page(CodeForm(formdata=None))


@blueprint.post("/begin")
@before_password_change
def begin() -> Response | tuple[str, int]:
    """A new secret; whoever has a second factor proves it first."""
    context, form = web(), CodeForm()
    try:
        second_factor.propose(context.storage, _key(), current_user.user, form.typed, limits.address(), context.now())
    except Refused as error:
        form.code.errors = [said(error)]
        return _page(form), 422
    return redirect(url_for("second_factor.set_up"))


@blueprint.get("/set-up")
@before_password_change
def set_up() -> Response | str:
    """The secret that waits for its first code, as a picture and as text."""
    return _set_up(CodeForm(formdata=None))


@blueprint.post("/set-up")
@before_password_change
def confirm() -> Response | str | tuple[Response | str, int]:
    context, form = web(), CodeForm()
    user: User = current_user.user
    try:
        codes = second_factor.confirm(
            context.storage, _key(), user, form.typed, limits.address(), sessions.current_session_id(), context.now()
        )
    except Refused as error:
        form.code.errors = [said(error)]
        return _set_up(form), 422
    sessions.renew(users.user_of(context.storage, user.username))
    return _codes(codes)


@blueprint.post("/codes")
@before_password_change
def codes() -> str | tuple[str, int]:
    """New recovery codes; the old ones are worth nothing any more."""
    context, form = web(), CodeForm()
    try:
        made = second_factor.renew_recovery_codes(
            context.storage, _key(), current_user.user, form.typed, limits.address(), context.now()
        )
    except Refused as error:
        form.code.errors = [said(error)]
        return _page(form), 422
    return _codes(made)


def _page(form: CodeForm) -> str:
    user: User = current_user.user
    left = second_factor.recovery_codes_left(web().storage, user) if user.second_factor_at else 0
    return render_template(
        "accounts/second_factor.html", form=form, left=left, demanded=current_user.must_set_up_second_factor
    )


def _set_up(form: CodeForm) -> Response | str:
    context = web()
    user: User = current_user.user
    secret = second_factor.proposed(context.storage, _key(), user)
    if secret is None:
        return redirect(url_for("second_factor.index"))
    address = phone_address(secret, user.username, context.settings.site.company)
    picture = qr_code(address, str(_("The picture that the phone reads")))
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return render_template("accounts/second_factor_set_up.html", form=form, picture=picture, secret=grouped)


def _codes(codes: Sequence[str]) -> str:
    return render_template("accounts/recovery_codes.html", codes=codes)


def _key() -> bytes:
    return web().secrets.second_factor_key
