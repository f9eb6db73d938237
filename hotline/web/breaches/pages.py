"""The register of breaches (F12): seen, declared, answered, withdrawn, and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.breaches.breach import BreachKind
from hotline.domain.errors import Refused
from hotline.domain.ids import MAX_ID, parse_id
from hotline.domain.moments import parse_moment
from hotline.domain.reasons import Unfit
from hotline.domain.rights.acts import Act
from hotline.domain.time import minute_text
from hotline.services import xlsx_table
from hotline.services.breaches import declaring
from hotline.services.breaches.declaring import Declared
from hotline.services.breaches.register import AskedBreaches, Register, see_register
from hotline.web.appraisal.pages import address_of
from hotline.web.breaches.labels import KINDS, weighed_said
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.period import Period, read_period
from hotline.web.kit.said import flashed

blueprint = Blueprint("breaches", __name__, url_prefix="/breaches")

#: Of what is typed so much is looked at; more is refused by its length.
_MOST = 10_000
#: More than any register has.
_MOST_ROWS = 100_000


@blueprint.get("")
@may(Act.SEE_BREACHES)
def index() -> str:
    return _page({})


@blueprint.get("/breaches.xlsx")
@may(Act.EXPORT_BREACHES)
def table() -> Response:
    header = [
        gettext("When"),
        gettext("Whom it is about"),
        gettext("What"),
        gettext("Rule"),
        gettext("What happened"),
        gettext("Evidence"),
        gettext("What follows"),
        gettext("Their word"),
        gettext("Declared by"),
        gettext("Withdrawn"),
    ]
    seen = _seen(_MOST_ROWS, exported=True)
    return xlsx_file(xlsx_table.write((gettext("Register of breaches"), header, _rows(seen))), "breaches.xlsx")


@blueprint.post("")
@may(Act.DECLARE_BREACH)
def declare() -> Response | tuple[str, int]:
    """What was typed is kept where it is refused."""
    context, typed = web(), request.form
    with flashed():
        said = Declared(
            person_id=parse_id(typed.get("person", "")) or MAX_ID,
            kind=_kind(typed.get("kind", "")) or BreachKind.OTHER,
            at=_moment(typed.get("at", "")),
            evidence=typed.get("evidence", "")[:_MOST],
            note=typed.get("note", "")[:_MOST],
            rule=typed.get("rule", "")[:8].strip(),
            source=typed.get("source", "")[:64],
        )
        declaring.declare(context.storage, context.settings, said, actor(), context.now())
        flash(gettext("Declared; whom it is about is told and may say their word."), "ok")
        return redirect(url_for("breaches.index"))
    return _page(typed.to_dict()), 422


@blueprint.post("/<int:breach_id>/word")
@may(Act.ANSWER_BREACH)
def answer(breach_id: int) -> Response:
    context = web()
    with flashed():
        declaring.answer(context.storage, breach_id, request.form.get("word", "")[:_MOST], actor(), context.now())
        flash(gettext("Your word stands beside it."), "ok")
    return redirect(url_for("breaches.index", **_period().active))


@blueprint.post("/<int:breach_id>/withdraw")
@may(Act.DECLARE_BREACH)
def withdraw(breach_id: int) -> Response:
    context = web()
    with flashed():
        declaring.withdraw(context.storage, breach_id, request.form.get("reason", "")[:_MOST], actor(), context.now())
        flash(gettext("Withdrawn; they are told."), "ok")
    return redirect(url_for("breaches.index", **_period().active))


def _page(typed: dict[str, str]) -> str:
    page = page_asked(request.args, MAX_PAGE)
    seen = _seen(PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return render_template(
        "breaches/register.html",
        seen=seen,
        period=_period(),
        address=_address,
        page=page,
        pages=-(-seen.total // PAGE_SIZE),
        person=request.args.get("person", ""),
        kind=request.args.get("kind", ""),
        kinds=KINDS,
        typed=typed,
        focus=request.args.get("breach", ""),
        evidence_address=address_of,
        settings=web().settings.breaches,
    )


def _seen(limit: int, offset: int = 0, exported: bool = False) -> Register:
    context, period = web(), _period()
    asked = AskedBreaches(
        period.since, period.until, parse_id(request.args.get("person", "")), _kind(request.args.get("kind", ""))
    )
    return see_register(context.storage, context.settings, asked, actor(), context.now(), limit, offset, exported)


def _period() -> Period:
    """The present quarter where nothing is asked for."""
    return read_period(request.args, web().now(), "quarter")


def _address(period: Period) -> str:
    asked = {name: request.args[name] for name in ("person", "kind") if request.args.get(name)}
    return url_for("breaches.index", **{**asked, **period.active})


def _kind(text: str) -> BreachKind | None:
    return BreachKind(text) if text in list(BreachKind) else None


def _moment(text: str) -> datetime:
    try:
        return parse_moment(text[:40], web().now())
    except Unfit as error:
        raise Refused.of(error.reason, "at") from error


def _rows(seen: Register) -> Iterator[list[str | int]]:
    for each in seen.rows:
        it = each.breach
        yield [
            minute_text(it.at),
            each.name,
            str(KINDS[it.kind].text),
            it.rule,
            it.note,
            " ".join(it.evidence),
            weighed_said(each.weighed),
            it.word,
            it.declared_by,
            it.withdrawn_reason,
        ]
