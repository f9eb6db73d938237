"""The rules and their figures: what is in force, by whom, since when; and how administrators decide on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateTimeLocalField, StringField
from wtforms.validators import InputRequired, Length, Optional

from hotline.domain.both_changed import both_changed
from hotline.domain.errors import Refused
from hotline.domain.rights.acts import Act
from hotline.domain.text import one_line
from hotline.domain.time import SHANGHAI
from hotline.domain.verdicts.tally import Window
from hotline.domain.wall_time import within_years
from hotline.services.settings.settings import (
    MAX_REASON,
    Difference,
    WrongSettings,
    change_settings,
    foreseen,
    withdraw,
)
from hotline.services.settings.view import RuleHistory, SettingShown, rule_shown, rules_shown
from hotline.services.verdicts.trying import Tried, try_draft
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.rules import in_language
from hotline.web.kit.said import at_field, changed_meanwhile, said
from hotline.web.settings.fields import InputKind, read, setting_field, shown
from hotline.web.settings.labels import CHAPTERS, TAKES, key_name
from hotline.web.settings.values import value_named, value_shown
from hotline.web.settings.weeks import figures_shown

#: A draft is tried on so many days up to now, and so many of the verdicts that change are shown.
TRIED_DAYS = 30
MOST_CHANGES = 50

blueprint = Blueprint("rules", __name__, url_prefix="/rules")
blueprint.context_processor(
    lambda: {
        "in_language": in_language,
        "chapters": CHAPTERS,
        "key_name": key_name,
        "takes": TAKES,
        "as_text": shown,
        "value_shown": value_shown,
        "figures_shown": figures_shown,
        "value_named": value_named,
        "setting_field": setting_field,
        "said": said,
    }
)


class DecideForm(FlaskForm):
    """The figures' own inputs are made by their types (fields.py)."""

    from_at = DateTimeLocalField(_("In force from"), [Optional()], format="%Y-%m-%dT%H:%M")
    reason = StringField(_("Reason"), [InputRequired(_("Please give a reason.")), Length(max=MAX_REASON)])


@blueprint.get("")
@may(Act.CHANGE_SETTINGS)
def index() -> str:
    context = web()
    return render_template("settings/rules.html", rules=rules_shown(context.in_force, actor(), context.now()))


@blueprint.get("/<string:rule>")
@may(Act.CHANGE_SETTINGS)
def show(rule: str) -> str:
    return _page(DecideForm(), rule)


@blueprint.post("/<string:rule>")
@may(Act.CHANGE_SETTINGS)
def decide(rule: str) -> Response | str | tuple[str, int]:
    """`act`: "preview" shows what would change, "try" besides what would have become of the verdicts of the last days,
    "save" decides it."""
    context, form = web(), DecideForm()
    history = rule_shown(context.in_force, rule, actor(), context.now())
    typed, both = _typed(history)
    if both:
        return _page(form, rule, typed, dict.fromkeys(both, changed_meanwhile())), 409
    if not form.validate_on_submit():
        return _page(form, rule, typed), 422
    try:
        reason, from_at = one_line(form.reason.data or ""), moment_typed(form.from_at.data)
        given = (actor(), _changes(history, typed), context.now(), from_at, reason)
        act = request.form.get("act")
        if act != "save":
            tried = _tried(given[1]) if act == "try" else None
            return _page(form, rule, typed, differences=foreseen(context.in_force, *given), tried=tried)
        change_settings(context.in_force, *given)
    except WrongSettings as error:
        return _page(form, rule, typed, {key: said(reason) for key, reason in error.problems.items()}), 422
    except Refused as error:
        at_field(form, error, "reason")
        return _page(form, rule, typed), 422
    flash(gettext("This is decided."), "ok")
    return redirect(url_for("rules.show", rule=rule))


@blueprint.post("/<string:rule>/take-back/<int:change_id>")
@may(Act.CHANGE_SETTINGS)
def take_back(rule: str, change_id: int) -> Response:
    context = web()
    try:
        withdraw(context.in_force, actor(), change_id, context.now())
        flash(gettext("The planned change is taken back."), "ok")
    except Refused as error:
        flash(said(error), "bad")
    return redirect(url_for("rules.show", rule=rule))


def _page(
    form: DecideForm,
    rule: str,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    differences: list[Difference] | None = None,
    tried: Tried | None = None,
) -> str:
    context = web()
    history = rule_shown(context.in_force, rule, actor(), context.now())
    return render_template(
        "settings/rule.html",
        form=form,
        history=history,
        rule=history.shown.rule,
        kept=_inputs(history),
        typed={**_inputs(history), **(typed or {})},
        problems=_at_inputs(history, problems or {}),
        differences=differences,
        tried=tried,
        tried_days=TRIED_DAYS,
        most_changes=MOST_CHANGES,
        now=context.now(),
        max_reason=MAX_REASON,
    )


def _typed(history: RuleHistory) -> tuple[dict[str, str], list[str]]:
    """What was typed, and what of it somebody else has changed too since the page was shown; what was not touched
    stands as it is now."""
    now, given = _inputs(history), request.form
    open_keys = [each.key for each in history.shown.settings if each.refused is None]
    typed = {key: " ".join(given.get(key, "").split()) for key in open_keys}
    seen = {key: " ".join(given.get(f"shown:{key}", now[key]).split()) for key in open_keys}
    kept = {key: " ".join(now[key].split()) for key in open_keys}
    untouched = {key: now[key] for key in open_keys if typed[key] == seen[key]}
    return {**{key: given.get(key, "") for key in open_keys}, **untouched}, both_changed(seen, typed, kept)


def _tried(changes: Mapping[str, Any]) -> Tried:
    """Nothing is written. Raises as deciding on them would."""
    context, now = web(), web().now()
    return try_draft(context.in_force, actor(), changes, Window(now - timedelta(days=TRIED_DAYS), now), now)


def _inputs(history: RuleHistory) -> dict[str, str]:
    """What stands in the inputs at first."""
    return {each.key: shown(each.key, each.value) for each in history.shown.settings}


def _at_inputs(history: RuleHistory, problems: Mapping[str, str]) -> dict[str, str]:
    """Each at its input; what belongs to none stands under ""."""
    keys = [each.key for each in history.shown.settings]
    found: dict[str, str] = {}
    for place, words in problems.items():
        key = next((key for key in keys if f"{place}.".startswith(f"{key}.")), "")
        found[key] = f"{found[key]} {words}" if key in found else words
    return found


def _changes(history: RuleHistory, typed: Mapping[str, str]) -> dict[str, Any]:
    """What was typed otherwise than it stood there; None for what is to be as the files say. Raises Refused when it is
    nothing."""
    again = set(request.form.getlist("as_file"))
    changes = {
        each.key: None if each.key in again else read(each.key, typed[each.key])
        for each in history.shown.settings
        if each.key in typed and (each.key in again or _is_changed(each, typed[each.key]))
    }
    if not changes:
        raise Refused("settings.nothing_changed")
    return changes


def _is_changed(each: SettingShown, text: str) -> bool:
    if setting_field(each.key).kind is InputKind.TABLE:
        return bool(read(each.key, text) != read(each.key, shown(each.key, each.value)))
    return text.split() != shown(each.key, each.value).split()


def moment_typed(typed: datetime | None) -> datetime | None:
    if typed is None:
        return None
    if not within_years(typed):
        raise Refused("settings.from_the_past", field="from_at")
    return typed.replace(tzinfo=SHANGHAI)
