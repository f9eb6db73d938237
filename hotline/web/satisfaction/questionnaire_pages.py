"""Questionnaires: which there are, where answers are typed in, and what they come to."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as Redirect

from hotline.domain.errors import Refused, WrongFields
from hotline.domain.ids import parse_id
from hotline.domain.rights.acts import Act
from hotline.domain.satisfaction.questionnaire import MOST_WORDS, Item, QuestionKind, ReplyWay
from hotline.services import xlsx_table
from hotline.services.satisfaction.typing_in import (
    SeenResults,
    TypedIn,
    see_questionnaire,
    see_questionnaires,
    see_results,
    type_in,
)
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.asked import choice
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.errors import STATUS
from hotline.web.kit.formats import local
from hotline.web.kit.i18n import language
from hotline.web.kit.period import PERIODS, Period, read_period
from hotline.web.kit.said import said

blueprint = Blueprint("questionnaires", __name__, url_prefix="/questionnaires")

#: How answers are typed in.
WAYS = {ReplyWay.PHONE.value: _("On the telephone"), ReplyWay.PAPER.value: _("From paper")}
_ALL_WAYS = {**WAYS, ReplyWay.LINK.value: _("By a link")}
_PROBLEMS = {
    "required": _("Please answer this."),
    "unknown": _("Please choose one of the answers."),
    "too_long": _("Please write less."),
}
_SHOWN = 200


@blueprint.get("")
@may(Act.FILL_QUESTIONNAIRE)
def index() -> str:
    return render_template(
        "satisfaction/questionnaires.html", found=see_questionnaires(web().storage, actor(), web().now())
    )


@blueprint.get("/<code>/new")
@may(Act.FILL_QUESTIONNAIRE)
def new(code: str) -> str:
    return _form(code)


@blueprint.post("/<code>/new")
@may(Act.FILL_QUESTIONNAIRE)
def answer(code: str) -> Redirect | tuple[str, int]:
    context, form = web(), request.form
    given = {name.removeprefix("item-"): value for name, value in form.items() if name.startswith("item-")}
    version, call = parse_id(form.get("version", "")) or 0, parse_id(form.get("call", ""))
    way = ReplyWay(choice(form, "way", list(WAYS), ReplyWay.PHONE.value))
    typed = TypedIn(code, version, way, given, call, form.get("number", ""))
    try:
        type_in(context.storage, context.settings, typed, actor(), context.now())
    except WrongFields as error:
        problems = {name: _PROBLEMS.get(wrong, _PROBLEMS["unknown"]) for name, wrong in error.problems.items()}
        return _form(code, problems=problems), STATUS[error.kind]
    except Refused as error:
        return _form(code, wrong=said(error)), STATUS[error.kind]
    return redirect(url_for("questionnaires.new", code=code, done="1"), 303)


@blueprint.get("/<code>")
@may(Act.SEE_QUESTIONNAIRES)
def results(code: str) -> str:
    period = read_period(request.args, web().now())
    return render_template(
        "satisfaction/results.html",
        seen=_seen(code, period),
        period=period,
        periods=PERIODS,
        most_shown=_SHOWN,
        answer_words=_answer_words,
    )


@blueprint.get("/<code>/table.xlsx")
@may(Act.SEE_QUESTIONNAIRES)
def table(code: str) -> Response:
    period = read_period(request.args, web().now())
    seen = _seen(code, period)
    items = seen.questionnaire.items
    header = [
        gettext("Time"),
        gettext("How"),
        gettext("Typed in by"),
        gettext("Score"),
        *(_words(each) for each in items),
    ]
    lines = (
        [
            f"{local(each.at):%Y-%m-%d %H:%M:%S}",
            str(_ALL_WAYS[each.way.value]),
            each.by,
            "" if each.score is None else f"{each.score:g}",
            *(_answer_words(item, each.answers.get(item.id, "")) for item in items),
        ]
        for each in seen.replies
    )
    book = xlsx_table.write((gettext("Answers"), header, lines))
    return xlsx_file(book, f"{code}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.xlsx")


def _seen(code: str, period: Period) -> SeenResults:
    return see_results(web().storage, code, period.since, period.until, actor(), web().now())


def _form(code: str, wrong: str = "", problems: object = None) -> str:
    return render_template(
        "satisfaction/questionnaire.html",
        questionnaire=see_questionnaire(web().storage, code, actor(), web().now()),
        written=request.form,
        call=request.values.get("call", ""),
        wrong=wrong,
        problems=problems or {},
        done=request.args.get("done", ""),
        ways=WAYS,
        most=MOST_WORDS,
        answer_words=_answer_words,
    )


def _words(item: Item) -> str:
    return item.words.said(language())


def _answer_words(item: Item, answer: str) -> str:
    """As people read it."""
    if item.kind is QuestionKind.YES_NO:
        return {"yes": gettext("Yes"), "no": gettext("No")}.get(answer, answer)
    words = dict(item.choices).get(answer)
    return words.said(language()) if words is not None else answer
