"""Any employee hands in a customer's word (001-3): signed in, or by a form that a link leads to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.errors import Conflict, Refused
from hotline.domain.links.link import Link
from hotline.domain.rights.acts import Act
from hotline.services.cases import handed_in
from hotline.services.cases.by_link import WORD
from hotline.services.links.links import NewLink
from hotline.web.cases.by_link import Answer, Wrong, sent, who_asks
from hotline.web.cases.outside_words import DONE
from hotline.web.kit.access import may, public
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.errors import STATUS
from hotline.web.kit.i18n import language
from hotline.web.kit.said import said
from hotline.web.kit.told.linked import LinkedPage

blueprint = Blueprint("case_word", __name__)


@blueprint.get("/customer-word")
@may(Act.ADD_CASE)
def form() -> str:
    return _form()


@blueprint.post("/customer-word")
@may(Act.ADD_CASE)
def hand_in() -> Response | tuple[str, int]:
    context = web()
    try:
        handed_in.hand_in(context.storage, context.settings, _written(), actor(), context.now())
    except (Refused, Conflict) as error:
        return _form(said(error)), STATUS[error.kind]
    flash(DONE["handed_in"], "ok")
    return redirect(url_for("case_word.form"), 303)


@blueprint.post("/customer-word/form")
@may(Act.MAKE_WORD_FORM)
def make_form() -> str | tuple[str, int]:
    """The standing form's new link, for the notice board; it is shown once."""
    context = web()
    try:
        made = handed_in.make_form_link(context.storage, context.settings, actor(), context.now())
    except Refused as error:
        return _form(said(error)), STATUS[error.kind]
    return _form(made=made)


@blueprint.post("/l/<token>/word")
@public
def hand_in_by_link(token: str) -> Answer:
    context = web()
    work = partial(
        handed_in.hand_in_by_link, context.storage, context.settings, who_asks(token), _written(), context.now()
    )
    return sent(token, work, "handed_in", partial(_linked, token))


def _written() -> Mapping[str, str]:
    return request.form.to_dict()


def _form(wrong: str = "", made: NewLink | None = None) -> str:
    return render_template(
        "cases/outside/word.html",
        kinds=handed_in.kinds(web().storage, language(), web().now()),
        where=url_for("case_word.hand_in"),
        wrong=wrong,
        written=request.form,
        ask_name=False,
        made=made,
    )


def _show(link: Link, token: str) -> str:
    return _linked(token)


def _linked(token: str, wrong: Wrong | None = None) -> str:
    return render_template(
        "cases/outside/word_link.html",
        kinds=handed_in.kinds(web().storage, language(), web().now()),
        where=url_for("case_word.hand_in_by_link", token=token),
        wrong=said(wrong) if wrong is not None else "",
        written=request.form,
        ask_name=True,
        said=request.args.get("done", ""),
    )


PAGE = LinkedPage(
    WORD,
    _("Form for a customer's word"),
    _("Hand in a customer's word"),
    _("Here you write down what a customer told you. It becomes a case that somebody is responsible for."),
    _("Open the form"),
    _("This form is closed"),
    _("Ask the hotline for the new one."),
    _("Ask the hotline for the new one."),
    _show,
)
