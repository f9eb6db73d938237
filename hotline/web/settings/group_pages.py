"""The settings in the browser: where to find which, and a page of each group, on which it is changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import NotFound, Outdated, Refused
from hotline.domain.rights.acts import Act
from hotline.services.settings.daily import may_change
from hotline.services.settings.in_files import changed_in_files
from hotline.services.settings.on_page import Outcome, change_on_page, foreseen_on_page, settings_at
from hotline.services.settings.settings import MAX_REASON, Difference, WrongSettings
from hotline.services.settings.trial import waiting
from hotline.services.settings.two_people import asked_now
from hotline.services.settings.view import SettingShown, keys_shown
from hotline.settings.decidable import entry_of
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.said import at_field, said
from hotline.web.settings.administration import blueprint
from hotline.web.settings.groups import BY_NAME, GROUPS, SettingGroup, is_table, section_of
from hotline.web.settings.inputs import input_of, with_choices
from hotline.web.settings.pages import DecideForm, moment_typed
from hotline.web.settings.searching import found_by
from hotline.web.settings.setting_form import SettingForm, at_inputs, reason_typed


@blueprint.get("")
@may(Act.CHANGE_DAILY_SETTINGS)
def index() -> str:
    """`?q=`: what is looked for."""
    context, asked = web(), request.args.get("q", "").strip()[:80]
    shown = keys_shown(context.in_force, actor(), [key for group in GROUPS for key in group.keys], context.now())
    by_key = {each.key: each for each in shown}
    full = allowed(Act.CHANGE_SETTINGS)
    changes, _held = settings_at(context.in_force, context.now())
    return render_template(
        "settings/index.html",
        asked=asked,
        found=found_by(asked, shown) if asked else None,
        groups=[(group, [by_key[key] for key in group.keys if key in by_key]) for group in GROUPS],
        in_files=changed_in_files(context.in_force, actor(), context.now()) if full else [],
        requests=asked_now(changes, context.now()) if full else [],
        goes_back_at=waiting(changes, actor(), context.now()),
        planned=sorted({each.following for each in shown if each.following}, key=lambda change: change.from_at),
        me=actor().name,
        now=context.now(),
    )


@blueprint.get("/<string:group>")
@may(Act.CHANGE_DAILY_SETTINGS)
def group(group: str) -> str:
    return _page(_group(group), DecideForm(), SettingForm(()))


@blueprint.post("/<string:group>")
@may(Act.CHANGE_DAILY_SETTINGS)
def change(group: str) -> Response | str | tuple[str, int]:
    """`act`: "preview" shows what would change, "save" decides it."""
    context, form, shown_group = web(), DecideForm(), _group(group)
    typed = SettingForm(
        [with_choices(input_of(key), context.settings) for key in _open_keys(shown_group)], request.form
    )
    problems: dict[str, list[str]] = {}
    is_valid = form.validate_on_submit()
    try:
        reason, from_at = reason_typed(form.reason.data), moment_typed(form.from_at.data)
        given = (context.in_force, actor(), typed.changes, context.now(), from_at, reason)
        if request.form.get("act") != "save" or not is_valid:
            differences = foreseen_on_page(*given)
            return (
                _page(shown_group, form, typed, differences=differences)
                if is_valid
                else (_page(shown_group, form, typed), 422)
            )
        return done(change_on_page(*given), url_for("settings.group", group=group))
    except WrongSettings as error:
        problems = in_words(at_inputs(error.problems, typed.inputs))
    except (Refused, Outdated) as error:
        at_field(form, error, "reason")
    return _page(shown_group, form, typed, problems), 409 if typed.both else 422


def done(outcome: Outcome, then: str) -> Response:
    """What has come of it is said on the page that follows."""
    if outcome.asked is not None:
        flash(gettext("This waits until another administrator has agreed."), "ok")
    elif outcome.goes_back_at is not None:
        flash(gettext("This is decided, and goes back by itself unless you confirm it."), "warn")
    else:
        flash(gettext("This is decided."), "ok")
    return redirect(then, 303)


def in_words(problems: dict[str, list[Any]]) -> dict[str, list[str]]:
    return {key: [said(reason) for reason in reasons] for key, reasons in problems.items()}


def goes_back_at(now: datetime) -> datetime | None:
    """When what this reader has changed goes back unless they confirm it."""
    changes, _held = settings_at(web().in_force, now)
    return waiting(changes, actor(), now)


def _group(name: str) -> SettingGroup:
    found = BY_NAME.get(name)
    if found is None or not any(may_change(actor(), key) for key in found.keys):
        raise NotFound("settings.no_group", name=name[:40])
    return found


def _open_keys(group: SettingGroup) -> list[str]:
    """Those of its form: not the tables, nor what this person may not change or nobody can decide."""
    shown = keys_shown(web().in_force, actor(), group.keys, web().now())
    return [each.key for each in shown if each.refused is None and not is_table(each.key)]


def _page(
    group: SettingGroup,
    form: DecideForm,
    typed: SettingForm,
    problems: dict[str, list[str]] | None = None,
    differences: list[Difference] | None = None,
) -> str:
    context, now = web(), web().now()
    settings = context.settings
    shown = keys_shown(context.in_force, actor(), group.keys, now)
    inputs = {
        each.key: with_choices(input_of(each.key), settings)
        for each in shown
        if each.refused is None and not is_table(each.key)
    }
    return render_template(
        "settings/group.html",
        group=group,
        sections=_sections([each for each in shown if not is_table(each.key)]),
        tables=[(each, _entries(each)) for each in shown if is_table(each.key)],
        inputs=inputs,
        states={key: typed.state(each, settings) for key, each in inputs.items()},
        seen={key: typed.seen(each, settings) for key, each in inputs.items()},
        emptied={key for key, each in inputs.items() if typed.is_emptied(each)},
        both=typed.both,
        problems=problems or {},
        differences=differences,
        form=form,
        goes_back_at=goes_back_at(now),
        now=now,
        max_reason=MAX_REASON,
    )


def _sections(shown: list[SettingShown]) -> list[tuple[str, list[SettingShown]]]:
    found: dict[str, list[SettingShown]] = {}
    for each in shown:
        found.setdefault(section_of(each.key), []).append(each)
    return list(found.items())


def _entries(shown: SettingShown) -> list[SettingShown]:
    """Of a table, each with its name as it is in force."""
    assert entry_of(f"{shown.key}.x")
    return keys_shown(web().in_force, actor(), [f"{shown.key}.{name}" for name in shown.value], web().now())
