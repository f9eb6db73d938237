"""An entry of a table that the site names, such as a queue or a menu: added, changed, copied, removed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import Conflict, NotFound, Outdated, Refused
from hotline.domain.rights.acts import Act
from hotline.services.settings.daily import may_change
from hotline.services.settings.figures import value_or_none
from hotline.services.settings.on_page import change_on_page, foreseen_on_page, removing
from hotline.services.settings.settings import MAX_REASON, Difference, WrongSettings
from hotline.services.settings.view import keys_shown
from hotline.settings.referrers import referrers
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import at_field, said
from hotline.web.settings.administration import blueprint, value_said
from hotline.web.settings.group_pages import done, goes_back_at, in_words
from hotline.web.settings.groups import group_of, is_table
from hotline.web.settings.inputs import State, default_of, inputs_of_entry, state_of, with_choices
from hotline.web.settings.pages import DecideForm, moment_typed
from hotline.web.settings.setting_form import EntryForm, SettingForm, reason_typed

#: In place of a name while an entry has none yet.
_NEW = "new"


@blueprint.get("/table/<string:table>/add")
@may(Act.CHANGE_DAILY_SETTINGS)
def add(table: str) -> str:
    """`?like=`: the entry that it is copied from."""
    _require_table(table)
    return _page(table, "", DecideForm(), _form(table, _NEW, adds=True, sent=False), like=request.args.get("like", ""))


@blueprint.post("/table/<string:table>/add")
@may(Act.CHANGE_DAILY_SETTINGS)
def added(table: str) -> Response | str | tuple[str, int]:
    _require_table(table)
    return _changed(table, request.form.get("name", "").strip(), adds=True)


@blueprint.get("/table/<string:table>/entry/<string:name>")
@may(Act.CHANGE_DAILY_SETTINGS)
def entry(table: str, name: str) -> str:
    _require_entry(table, name)
    return _page(table, name, DecideForm(), _form(table, name, adds=False, sent=False))


@blueprint.post("/table/<string:table>/entry/<string:name>")
@may(Act.CHANGE_DAILY_SETTINGS)
def change_entry(table: str, name: str) -> Response | str | tuple[str, int]:
    _require_entry(table, name)
    return _changed(table, name, adds=False)


@blueprint.post("/table/<string:table>/entry/<string:name>/remove")
@may(Act.CHANGE_DAILY_SETTINGS)
def remove(table: str, name: str) -> Response | tuple[str, int]:
    """Not while something leads to it."""
    _require_entry(table, name)
    context, form = web(), DecideForm()
    if form.validate_on_submit():
        try:
            given = (context.now(), moment_typed(form.from_at.data), reason_typed(form.reason.data))
            outcome = change_on_page(context.in_force, actor(), removing(f"{table}.{name}"), *given)
            return done(outcome, url_for("settings.group", group=group_of(table).name))
        except Refused as error:
            at_field(form, error, "reason")
    return _page(table, name, form, _form(table, name, adds=False, sent=False), removes=True), 422


@blueprint.post("/table/<string:table>/entry/<string:name>/as-file")
@may(Act.CHANGE_DAILY_SETTINGS)
def entry_as_file(table: str, name: str) -> Response:
    """What was decided of it holds no more."""
    _require_entry(table, name)
    context, key = web(), f"{table}.{name}"
    reason = reason_typed(request.form.get("reason")) or gettext("as the files say")
    try:
        outcome = change_on_page(context.in_force, actor(), lambda _now: {key: None}, context.now(), None, reason)
        return done(outcome, url_for("settings.group", group=group_of(table).name))
    except Refused as error:
        flash(said(error), "bad")
    return redirect(url_for("settings.entry", table=table, name=name), 303)


def _changed(table: str, name: str, adds: bool) -> Response | str | tuple[str, int]:
    context, form = web(), DecideForm()
    typed = _form(table, name, adds, sent=True)
    problems: dict[str, list[str]] = {}
    status = 422
    is_valid = form.validate_on_submit()
    try:
        if adds and (not name or "." in name):
            raise Refused("settings.entry_name", field="name")
        reason, from_at = reason_typed(form.reason.data), moment_typed(form.from_at.data)
        given = (context.in_force, actor(), typed.changes, context.now(), from_at, reason)
        differences = foreseen_on_page(*given)
        if is_valid and request.form.get("act") == "save":
            return done(change_on_page(*given), url_for("settings.group", group=group_of(table).name))
        if is_valid:
            return _page(table, "" if adds else name, form, typed, problems, differences)
    except WrongSettings as error:
        problems = in_words(typed.at_inputs(error.problems))
    except Outdated as error:
        at_field(form, error, "reason")
        status = 409
    except (Refused, Conflict) as error:
        if error.field == "name":
            problems["name"] = [said(error)]
        else:
            at_field(form, error, "reason")
    return _page(table, "" if adds else name, form, typed, problems), status


def _form(table: str, name: str, adds: bool, sent: bool) -> EntryForm:
    entry = f"{table}.{_NEW if adds else name}"
    inputs = [with_choices(each, web().settings) for each in inputs_of_entry(entry)]
    return EntryForm(inputs, request.form if sent else None, adds=adds, entry=entry, target=f"{table}.{name}")


def _page(
    table: str,
    name: str,
    form: DecideForm,
    typed: EntryForm,
    problems: dict[str, list[str]] | None = None,
    differences: list[Difference] | None = None,
    like: str = "",
    removes: bool = False,
) -> str:
    context, now = web(), web().now()
    settings, key = context.settings, f"{table}.{name}"
    shown = keys_shown(context.in_force, actor(), [key], now)[0] if name else None
    states = {each.key: typed.state(each, settings) for each in typed.inputs}
    if not name and typed.sent is None:
        states |= {each.key: state_of(each, default_of(typed.entry, each.key)) for each in typed.inputs}
        states |= _copied(table, like, typed)
    return render_template(
        "settings/entry.html",
        table=table,
        group=group_of(table),
        name=name,
        typed_name=request.form.get("name", ""),
        shown=shown,
        inputs=typed.inputs,
        states=states,
        seen={each.key: "" if typed.adds else typed.seen(each, settings) for each in typed.inputs},
        present={each.key: value_said(each.key, value_or_none(settings, each.key)) for each in typed.inputs},
        emptied={each.key for each in typed.inputs if typed.is_emptied(each)},
        both=typed.both,
        problems=problems or {},
        differences=differences,
        referrers=referrers(settings, key) if name else (),
        removes=removes,
        form=form,
        goes_back_at=goes_back_at(now),
        now=now,
        max_reason=MAX_REASON,
    )


def _copied(table: str, like: str, typed: SettingForm) -> dict[str, State]:
    """What stands in the inputs of a new entry that is made like another; secrets and numbers of its own do not."""
    source = f"{table}.{like}"
    if value_or_none(web().settings, source) is None:
        return {}
    own = (f"{table}.{_NEW}.number", f"{table}.{_NEW}.aliases", f"{table}.{_NEW}.contact")
    return {
        each.key: state_of(each, value_or_none(web().settings, each.key.replace(f"{table}.{_NEW}.", f"{source}.", 1)))
        for each in typed.inputs
        if each.key not in own
    }


def _require_table(table: str) -> None:
    """Raises NotFound, for what this person may not change too."""
    if not is_table(table) or not may_change(actor(), table):
        raise NotFound("settings.no_setting", key=table[:80])


def _require_entry(table: str, name: str) -> None:
    _require_table(table)
    if value_or_none(web().settings, f"{table}.{name}") is None:
        raise NotFound("settings.no_setting", key=f"{table}.{name}"[:80])
