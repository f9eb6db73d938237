"""What is reported, when, and to whom."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from hotline.domain.rights.acts import Act
from hotline.domain.scheduled_reports.recipients import domain_of
from hotline.domain.scheduled_reports.schedule import SHAPES, Every, ReportKind
from hotline.domain.scheduled_reports.words import KINDS
from hotline.services.scheduled_reports.choosing import choose, see_choices
from hotline.services.settings.settings import WrongSettings
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.rules import in_language
from hotline.web.kit.said import said
from hotline.web.line.labels import WEEKDAYS
from hotline.web.scheduled_reports.labels import ROLES, RULES

blueprint = Blueprint("report_choices", __name__, url_prefix="/reports/schedule")


@blueprint.get("")
@may(Act.SEE_REPORT_SCHEDULE)
def index() -> str:
    return _page()


@blueprint.post("/<string:kind>")
@may(Act.CHANGE_SETTINGS)
def save(kind: str) -> Response | tuple[str, int]:
    if kind not in set(ReportKind):
        raise NotFound
    context = web()
    try:
        choose(context.in_force, ReportKind(kind), _typed(ReportKind(kind)), actor(), context.now())
    except WrongSettings as error:
        return _page(kind, {_field(key): said(why) for key, why in error.problems.items()}), 422
    flash(gettext("This is decided."), "ok")
    return redirect(url_for(".index"))


def _field(key: str) -> str:
    """Of "reports.daily.to" or "reports.daily.to.0": to."""
    return (key.split(".") + ["", "", ""])[2]


def _typed(kind: ReportKind) -> dict[str, Any]:
    """As the settings take it; what is no number goes as it was typed, to be refused in their words."""
    form = request.form
    at = form.get("at", "")
    values: dict[str, Any] = {
        "enabled": "enabled" in form,
        "at": f"{at}:00" if len(at) == 5 else at,
        "to": form.getlist("to"),
        "masked": "masked" in form,
    }
    every, _covers = SHAPES[kind]
    if every is Every.DAY:
        values["working_days"] = "working_days" in form
    else:
        key = "weekday" if every is Every.WEEK else "day"
        typed = form.get(key, "")
        values[key] = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else typed
    return values


def _page(kind: str = "", problems: dict[str, str] | None = None) -> str:
    context = web()
    return render_template(
        "scheduled_reports/choices.html",
        choices=see_choices(context.storage, context.settings, actor(), context.now()),
        kind_names={each: in_language(text) for each, text in KINDS.items()},
        kind_rules=RULES,
        shapes={each: every.value for each, (every, _covers) in SHAPES.items()},
        roles=ROLES,
        weekdays=WEEKDAYS,
        domains=context.settings.reports.mail_domains or list(filter(None, [domain_of(context.settings.mail.sender)])),
        wrong_kind=kind,
        problems=problems or {},
        typed=request.form,
    )
