"""《服务监督报告》 (F5): read, printed, taken along as a workbook, and signed by examiners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from hotline.domain.compliance.counts import Count
from hotline.domain.errors import Conflict, Refused
from hotline.domain.rights.acts import Act
from hotline.services import xlsx_table
from hotline.services.compliance.overview import RuleKept
from hotline.services.compliance.supervision import SupervisionReport, sign, supervision_report
from hotline.services.settings.view import RuleShown
from hotline.services.xlsx_table import Cell
from hotline.web.compliance.asked import AskedPage
from hotline.web.compliance.labels import MARKS, SUBJECTS, measured_shown
from hotline.web.compliance.pages import figures_then, words
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.formats import local
from hotline.web.kit.in_turn import in_turn
from hotline.web.kit.period import read_period
from hotline.web.kit.query import clean
from hotline.web.kit.rules import in_language, rule_title
from hotline.web.kit.said import said
from hotline.web.kit.shown import line_name
from hotline.web.kit.who import by_name
from hotline.web.settings.labels import CHAPTERS
from hotline.web.settings.weeks import figures_shown

blueprint = Blueprint("supervision", __name__, url_prefix="/reports/supervision")


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return words()


def _asked() -> AskedPage:
    return AskedPage(read_period(request.args, web().now()))


def _report(asked: AskedPage, exported: bool = False) -> SupervisionReport:
    context = web()
    return supervision_report(context.in_force, asked.of_service, actor(), context.now(), exported)


@blueprint.get("")
@may(Act.READ_SUPERVISION)
@in_turn
def index() -> str:
    asked = _asked()
    figures = figures_then(asked)
    return render_template(
        "compliance/report.html", asked=asked, report=_report(asked), figures=figures, now=web().now()
    )


@blueprint.post("")
@may(Act.SIGN_SUPERVISION)
def sign_report() -> Answer:
    asked, context = _asked(), web()
    try:
        sign(context.in_force, asked.of_service, clean(request.form.get("digest", ""), 64), actor(), context.now())
        flash(gettext("You have signed the report."), "ok")
    except (Conflict, Refused) as error:
        flash(said(error), "bad")
    return redirect(url_for("supervision.index", **asked.period.active))


@blueprint.get("/report.xlsx")
@may(Act.READ_SUPERVISION)
@in_turn
def table() -> Response:
    asked = _asked()
    figures, report = figures_then(asked), _report(asked, exported=True)
    book = xlsx_table.write(
        (gettext("Rules"), _rule_header(), _rule_lines(report, figures)),
        (gettext("Newest breaches"), _breach_header(), _breach_lines(report)),
        (gettext("Signatures"), _signature_header(), _signature_lines(report)),
    )
    return xlsx_file(book, f"supervision-{asked.period.first:%Y%m%d}-{asked.period.last:%Y%m%d}.xlsx")


def _rule_header() -> list[str]:
    return [
        gettext("Chapter"),
        gettext("Rule"),
        gettext("What it says"),
        gettext("Regulation"),
        gettext("What the regulation says"),
        gettext("Figure in force"),
        gettext("Yellow below, %"),
        gettext("Red below, %"),
        gettext("Mark"),
        gettext("Kept, %"),
        gettext("Applied"),
        gettext("Kept"),
        gettext("Broken"),
        gettext("Not applicable"),
        gettext("Not judged"),
        gettext("Kept before, %"),
    ]


def _rule_lines(report: SupervisionReport, figures: Mapping[str, RuleShown]) -> Iterator[list[Cell]]:
    for letter, rules in report.chapters.items():
        for each in rules:
            yield [f"{letter} {CHAPTERS[letter]}", *_rule_cells(each, figures[each.rule.id])]


def _rule_cells(each: RuleKept, shown: RuleShown) -> list[Cell]:
    rule, count = each.rule, each.count
    return [
        rule.id,
        in_language(rule.title),
        "\n".join(f"《{source.regulation}》{source.clause}" for source in rule.sources),
        rule.sentence,
        _figures(shown),
        each.limits.yellow,
        each.limits.red,
        str(MARKS[each.mark].text),
        _rate(count),
        count.applied,
        count.kept,
        count.broken,
        count.not_applicable,
        count.not_judged,
        _rate(each.before),
    ]


def _figures(shown: RuleShown) -> str:
    told = [f"{each.name}: {each.value}" for each in figures_shown(shown.telling, 200)]
    usual = in_language(shown.rule.figure) if shown.rule.figure else ""
    return "\n".join(told) or usual


def _rate(count: Count) -> Cell:
    """Empty where it applied to nothing."""
    return "" if count.rate is None else count.rate


def _breach_header() -> list[str]:
    return [
        gettext("Rule"),
        gettext("What it says"),
        gettext("What"),
        gettext("When"),
        gettext("Line"),
        gettext("Measured"),
    ]


def _breach_lines(report: SupervisionReport) -> Iterator[list[Cell]]:
    for each in report.worst:
        for breach in each.breaches:
            verdict = breach.verdict
            yield [
                verdict.rule,
                rule_title(verdict.rule),
                f"{SUBJECTS[verdict.subject]} {verdict.subject_id}",
                f"{local(verdict.at):%Y-%m-%d %H:%M:%S}",
                line_name(verdict.line) or verdict.line,
                measured_shown(verdict),
            ]


def _signature_header() -> list[str]:
    return [gettext("Examiner"), gettext("When"), "SHA-256", gettext("Rules that differ since")]


def _signature_lines(report: SupervisionReport) -> Iterator[list[Cell]]:
    for each in report.signed:
        signature = each.signature
        differing = ", ".join(one.rule for one in each.differences)
        when = f"{local(signature.signed_at):%Y-%m-%d %H:%M:%S}"
        yield [by_name(signature.signed_by), when, signature.digest, differing]
