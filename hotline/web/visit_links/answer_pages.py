"""The page by which a customer answers a visit's questions: by a link, on a telephone, without an account, once."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.accounts.attempts import Guessed
from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.links.link import Link
from hotline.domain.visits.record import WrongAnswers
from hotline.services.visit_links import answering
from hotline.web.cases.by_link import who_asks
from hotline.web.kit import limits
from hotline.web.kit.access import public
from hotline.web.kit.context import web
from hotline.web.kit.errors import STATUS
from hotline.web.kit.i18n import language
from hotline.web.kit.said import said
from hotline.web.kit.told.linked import LinkedPage

blueprint = Blueprint("visit_answers", __name__)

Answer = Response | tuple[str, int]

#: Longer than any answer is.
_MOST = 20_000

PROBLEMS = {
    "required": _("Please answer this question."),
    "not_a_choice": _("Please choose one of the answers."),
    "too_long": _("This is too long."),
}


@blueprint.post("/l/<token>/answers")
@public
def answer(token: str) -> Answer:
    context = web()
    answers = {name: request.form[name][:_MOST] for name in request.form if name != "csrf_token"}
    return _sent(
        token, lambda: answering.answer(context.storage, context.settings, who_asks(token), answers, context.now())
    )


@blueprint.post("/l/<token>/not-asked")
@public
def refuse(token: str) -> Answer:
    """They do not want to be asked."""
    context = web()
    return _sent(token, lambda: answering.refuse(context.storage, context.settings, who_asks(token), context.now()))


def _sent(token: str, work: Callable[[], object]) -> Answer:
    try:
        with limits.guessing(Guessed.LINK, wrong=Forbidden):
            work()
    except WrongAnswers as error:
        return _again(token, problems=error.problems), 422
    except (Refused, Conflict) as error:
        return _again(token, wrong=said(error)), STATUS[error.kind]
    except Forbidden as error:
        if error.code != "links.over":
            raise
    return redirect(url_for("links.show", token=token), 303)


def _again(token: str, wrong: str = "", problems: dict[str, str] | None = None) -> str:
    context = web()
    return _render(answering.page_of(context.storage, who_asks(token), context.now()), token, wrong, problems)


def _show(link: Link, token: str) -> str:
    return _render(answering.page(web().storage, link), token)


def _render(page: answering.AnswerPage, token: str, wrong: str = "", problems: dict[str, str] | None = None) -> str:
    return render_template(
        "visit_links/answer.html",
        page=page,
        token=token,
        wrong=wrong,
        problems=problems or {},
        words=PROBLEMS,
        written=request.form,
        language=language(),
    )


PAGE = LinkedPage(
    answering.PURPOSE,
    _("The questions of a visit"),
    _("How satisfied are you?"),
    _("A few questions, two minutes at most. From now on the link works in this browser only, and once."),
    _("To the questions"),
    _("Thank you for your answer"),
    _("If you need any help, call us at any time."),
    _("Call us if you still want to tell us something."),
    _show,
)
