"""The page that the link in a text message leads to: five answers and words if they like, on a telephone."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.accounts.attempts import Guessed
from hotline.domain.errors import Forbidden, Refused
from hotline.domain.links.link import Link
from hotline.domain.satisfaction.rating import MOST_COMMENT
from hotline.services.satisfaction.by_link import RatingPage, answer_by_link, page_again, rating_page
from hotline.services.satisfaction.by_sms import PURPOSE
from hotline.web.kit import limits
from hotline.web.kit.access import public
from hotline.web.kit.context import web
from hotline.web.kit.errors import STATUS
from hotline.web.kit.said import said
from hotline.web.kit.told.linked import LinkedPage
from hotline.web.links.pages import LONGEST, browser
from hotline.web.satisfaction.labels import ANSWERS

blueprint = Blueprint("rating_link", __name__)


@blueprint.post("/l/<token>/rate")
@public
def rate(token: str) -> Response | tuple[str, int]:
    """Once; what was refused is said, with what was written."""
    context, token = web(), token[:LONGEST]
    chosen, comment = request.form.get("answer", ""), request.form.get("comment", "")
    answer = int(chosen) if chosen in ANSWERS else 0
    try:
        with limits.guessing(Guessed.LINK, wrong=Forbidden):
            answer_by_link(context.storage, context.settings, token, browser(), answer, comment, context.now())
    except Refused as error:
        again = page_again(context.storage, context.settings, token, browser(), context.now())
        return _render(again, token, said(error)), STATUS[error.kind]
    except Forbidden as error:
        if error.code != "links.over":
            raise
    return redirect(url_for("links.show", token=token), 303)


def _show(link: Link, token: str) -> str:
    return _render(rating_page(web().storage, web().settings, link), token)


def _render(page: RatingPage, token: str, wrong: str = "") -> str:
    return render_template(
        "satisfaction/link.html",
        page=page,
        token=token,
        wrong=wrong,
        written=request.form,
        answers=ANSWERS,
        most=MOST_COMMENT,
    )


PAGE = LinkedPage(
    PURPOSE,
    _("How a call was"),
    _("How was your call?"),
    _("One touch tells us how satisfied you were. From now on the link works in this browser only."),
    _("Say how it was"),
    _("Thank you"),
    _("You have told us how your call was. Nothing more is to be done."),
    _("If you wish to tell us something, call us: the number is the one that you know."),
    _show,
)
