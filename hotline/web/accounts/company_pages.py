"""Signing in by the company's provider, and out there too; an administrator binds accounts to people."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.exceptions import NotFound as NoPage
from werkzeug.wrappers import Response

from hotline.domain.errors import Conflict, HotlineError, NotFound, Refused
from hotline.domain.rights.acts import Act
from hotline.services.sign_in import oidc, outside
from hotline.services.sign_in.providers import providers
from hotline.settings.sign_in import Oidc
from hotline.web.accounts import entering
from hotline.web.kit import limits
from hotline.web.kit.access import may, public
from hotline.web.kit.context import web
from hotline.web.kit.said import said

blueprint = Blueprint("company", __name__)

#: In the signed cookie: what was asked of the provider, and the page that was wanted.
_ASKED = "company_asked"


@blueprint.get("/sign-in/company")
@public
def ask() -> Response | tuple[str, int]:
    """To the provider."""
    try:
        address, asked = oidc.ask(_rules(), _back(), web().now())
    except oidc.ProviderAway as error:
        return _refused(error, 503)
    session[_ASKED] = [asked.state, asked.nonce, asked.verifier, asked.since, entering.wanted_page()]
    session.permanent = True
    return redirect(address)


@blueprint.get("/sign-in/company/back")
@public
def back() -> Response | tuple[str, int]:
    """From the provider: with a code for whoever asked in this browser."""
    rules, context = _rules(), web()
    asked, wanted = _taken()
    settings = context.settings
    try:
        found = oidc.answered(context.storage, rules, _back(), asked, request.args.to_dict(), context.now())
        user = outside.enter(
            context.storage, found, settings.sign_in.groups, settings.operators, limits.address(), context.now()
        )
    except oidc.ProviderAway as error:
        return _refused(error, 503)
    except (Conflict, Refused) as error:
        return _refused(error, 403)
    return entering.go_on(user, wanted)


@blueprint.get("/sign-in/company/out")
@public
def out() -> Response | tuple[str, int]:
    """To where one signs out at the provider too; a page of its own, since a form may lead to no other site."""
    try:
        address = oidc.sign_out_address(_rules(), _outer("account.sign_in"))
    except oidc.ProviderAway as error:
        return _refused(error, 503)
    return redirect(address or url_for("account.sign_in"))


@blueprint.post("/admin/people/<username>/company")
@may(Act.ADMINISTER_ACCOUNTS)
def bind(username: str) -> Response:
    """Who of the company's accounts this person is, or that they are none any more."""
    context, provider = web(), request.form.get("provider", "")
    known_by = request.form.get("known_by", "")
    try:
        if "unbind" in request.form:
            outside.unbind(context.storage, username, current_user.username, context.now())
        elif provider not in providers(context.settings.sign_in):
            raise NoPage
        else:
            outside.expect(context.storage, username, provider, known_by, current_user.username, context.now())
    except (Conflict, NotFound, Refused) as error:
        flash(said(error), "bad")
    else:
        flash(gettext("Saved."), "ok")
    return redirect(url_for("people.edit", username=username))


def _rules() -> Oidc:
    rules = web().settings.sign_in.oidc
    if not rules.issuer:
        raise NoPage
    return rules


def _taken() -> tuple[oidc.Asked | None, str]:
    """What was asked in this browser, once, and the page that was wanted."""
    try:
        state, nonce, verifier, since, wanted = session.pop(_ASKED)
        return oidc.Asked(str(state), str(nonce), str(verifier), int(since)), str(wanted)
    except (KeyError, TypeError, ValueError):
        return None, ""


def _back() -> str:
    return _outer("company.back")


def _outer(endpoint: str) -> str:
    """As the provider knows it: the address that people reach us by."""
    public = web().settings.web.public_url
    return public.rstrip("/") + url_for(endpoint) if public else url_for(endpoint, _external=True)


def _refused(error: HotlineError, status: int) -> tuple[str, int]:
    return render_template("accounts/company_refused.html", told=said(error)), status
