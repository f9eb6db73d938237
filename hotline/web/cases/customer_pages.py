"""The page by which a customer follows their case: by a link, on a telephone, without an account.

It shows neither name nor number. What it sends stands below the link's own path."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _

from hotline.domain.links.link import Link
from hotline.services.cases import customer_link
from hotline.services.cases.by_link import CUSTOMER
from hotline.web.cases.by_link import Answer, Wrong, files_sent, sent, who_asks
from hotline.web.kit.access import public
from hotline.web.kit.context import web
from hotline.web.kit.i18n import language
from hotline.web.kit.said import said
from hotline.web.kit.told.linked import LinkedPage

blueprint = Blueprint("case_customer", __name__)


@blueprint.post("/l/<token>/accept")
@public
def accept(token: str) -> Answer:
    """The solution is to be carried out."""
    context = web()
    work = partial(customer_link.accept, context.storage, context.settings, who_asks(token), context.now())
    return sent(token, work, "accepted", partial(_again, token, "accept"))


@blueprint.post("/l/<token>/refuse")
@public
def refuse(token: str) -> Answer:
    """They want another solution, and say why."""
    context, reason = web(), request.form.get("reason", "")
    work = partial(customer_link.refuse, context.storage, context.settings, who_asks(token), reason, context.now())
    return sent(token, work, "refused", partial(_again, token, "refuse"))


@blueprint.post("/l/<token>/say")
@public
def say(token: str) -> Answer:
    context, words = web(), request.form.get("words", "")
    work = partial(customer_link.say, context.storage, context.settings, who_asks(token), words, context.now())
    return sent(token, work, "said", partial(_again, token, "say"))


@blueprint.post("/l/<token>/files")
@public
def attach(token: str) -> Answer:
    context, files = web(), files_sent()
    parts = (context.storage, context.files, context.home, context.settings)
    work = partial(customer_link.attach, *parts, who_asks(token), files, context.now())
    return sent(token, work, "attached", partial(_again, token, "attach"))


def _again(token: str, asked: str, wrong: Wrong) -> str:
    context = web()
    page = customer_link.page_of(context.storage, context.settings, who_asks(token), language(), context.now())
    return _render(page, token, said(wrong), asked)


def _show(link: Link, token: str) -> str:
    context = web()
    return _render(customer_link.page(context.storage, context.settings, link, language(), context.now()), token)


def _render(page: customer_link.CustomerPage, token: str, wrong: str = "", asked: str = "") -> str:
    attachments = web().settings.attachments
    return render_template(
        "cases/outside/customer.html",
        page=page,
        token=token,
        said=request.args.get("done", ""),
        wrong=wrong,
        asked=asked,
        written=request.form,
        at_once=attachments.at_once,
        megabytes=attachments.megabytes,
    )


PAGE = LinkedPage(
    CUSTOMER,
    _("A customer's case"),
    _("Your case"),
    _("Here you see how your case stands, and can write to us. From now on the link works in this browser only."),
    _("See my case"),
    _("This case is closed"),
    _("The link is used up. If something is not right yet, call us: the number is the one that you know."),
    _("Call us, and we send you another one."),
    _show,
)
