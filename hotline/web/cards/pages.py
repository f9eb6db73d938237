"""Script cards (C9–C11): the ready words, read by everybody, edited by supervisors."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from hotline.domain.cards.card import Card, Stage, fill
from hotline.domain.directory.directory import parts
from hotline.domain.errors import Conflict, Outdated, Refused
from hotline.domain.rights.acts import Act
from hotline.web.cards.context import card_box
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import at_field

blueprint = Blueprint("cards", __name__, url_prefix="/cards")

STAGES = {
    Stage.GREETING: _("Greeting"),
    Stage.ENQUIRY: _("Enquiry"),
    Stage.HOLD: _("Hold"),
    Stage.TRANSFER: _("Transfer"),
    Stage.CLOSING: _("Goodbye"),
    Stage.SPECIAL: _("Special cases"),
}

#: What a card's button opens a callback for; "" none.
CALLBACKS = {
    "": _("None"),
    "one_way": _("Call back: one side is not heard"),
    "long_call": _("Call back: the call grows too long"),
    "promised": _("Call back: as promised"),
}

_ID = _("Small letters, digits and hyphens were expected, a letter first.")
_RULE = _("A rule like C10 was expected.")
_BRACES = _("Only {company}, {name} and {minutes} may stand between braces.")


class CardForm(FlaskForm):
    version = HiddenField()
    id = StringField(_("Id"), [InputRequired(_ID), Regexp(r"^[a-z][a-z0-9-]{0,47}$", message=_ID)])
    stage = SelectField(_("Stage of the call"), choices=list(STAGES.items()))
    case = StringField(_("Special case"), [Optional(), Regexp(r"^[a-z][a-z0-9-]{0,31}$", message=_ID)])
    title = StringField(_("Title"), [InputRequired(_("Please enter a title.")), Length(max=60)])
    title_en = StringField(_("Title in English"), [Length(max=60)])
    words = TextAreaField(_("Words"), [InputRequired(_("Please write the words.")), Length(max=2000)])
    words_en = TextAreaField(_("Words in English"), [Length(max=2000)])
    hint = TextAreaField(_("What else to mind"), [Length(max=1000)])
    hint_en = TextAreaField(_("What else to mind, in English"), [Length(max=1000)])
    keywords = StringField(_("Keywords"), [Length(max=600)])
    rule = StringField(_("Rule"), [Optional(), Regexp(r"^[A-G][0-9]{1,2}$", message=_RULE)])

    callback = SelectField(_("Button on the console"), choices=list(CALLBACKS.items()), default="")

    def values(self) -> dict[str, object]:
        names = ("stage", "case", "title", "title_en", "words", "words_en", "hint", "hint_en", "rule", "callback")
        texts = {name: (self[name].data or "").replace("\r\n", "\n") for name in names}
        return {**texts, "keywords": parts(self.keywords.data or "")}


@blueprint.get("")
@may(Act.READ_CARDS)
def index() -> str:
    asked = " ".join(request.args.get("q", "").split())[:64]
    stage = request.args.get("stage", "")
    stage = stage if stage in list(Stage) else ""
    return render_template(
        "cards/cards.html", found=card_box().find(asked, stage), asked=asked, stage=stage, stages=STAGES, said=said
    )


@blueprint.route("/new", methods=["GET", "POST"])
@may(Act.EDIT_CARDS)
def new() -> AnyResponse | str | tuple[str, int]:
    form = CardForm()
    if not form.validate_on_submit() or _only_looking():
        return _page(form, None)
    context = web()
    try:
        card_box().add(context.storage, {"id": form.id.data, **form.values()}, actor(), context.now())
    except Conflict as error:
        at_field(form, error, "id")
        return _page(form, None)
    except Refused:
        return _refused(form, None)
    flash(gettext("Saved."), "ok")
    return redirect(url_for("cards.index"))


@blueprint.route("/<card_id>", methods=["GET", "POST"])
@may(Act.EDIT_CARDS)
def edit(card_id: str) -> AnyResponse | str | tuple[str, int]:
    card = card_box().get(card_id)
    form = CardForm(data={**asdict(card), "keywords": "、".join(card.keywords)})
    form.id.data = card.id
    if request.method == "GET":
        form.version.data, form.stage.data, form.callback.data = card.version, card.stage, card.callback
    if not form.validate_on_submit() or _only_looking():
        return _page(form, card)
    context = web()
    try:
        card_box().change(context.storage, card_id, form.version.data or "", form.values(), actor(), context.now())
    except Outdated:
        form.version.data = card.version
        return render_template("cards/card.html", form=form, card=card, said=said, outdated=True), 409
    except Refused:
        return _refused(form, card)
    flash(gettext("Saved. Operators see the new words with their next search."), "ok")
    return redirect(url_for("cards.index", stage=form.stage.data))


@blueprint.post("/<card_id>/remove")
@may(Act.EDIT_CARDS)
def remove(card_id: str) -> AnyResponse:
    context = web()
    card_box().remove(context.storage, card_id, actor(), context.now())
    flash(gettext("The card is taken out."), "ok")
    return redirect(url_for("cards.index"))


def said(words: str) -> str:
    """As an operator of this company reads it; gaps for what only a call knows."""
    return fill(words, company=web().settings.site.company)


def _only_looking() -> bool:
    """The button "preview" was pressed: the card is shown as it would be, and not kept."""
    return request.method == "POST" and "preview" in request.form


def _page(form: CardForm, card: Card | None) -> str | tuple[str, int]:
    shown = render_template("cards/card.html", form=form, card=card, said=said, outdated=False)
    return (shown, 422) if form.errors else shown


def _refused(form: CardForm, card: Card | None) -> tuple[str, int]:
    form.words.errors = [_BRACES]
    return render_template("cards/card.html", form=form, card=card, said=said, outdated=False), 422
