"""The first hour: each step done or open by what is so; it can be left out and found again."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.calls.caller_phone import CALLER
from hotline.domain.errors import HotlineError, NotFound, Outdated, Refused
from hotline.domain.rights.acts import Act
from hotline.services.first_hour.carrier import call_out, carriers_now
from hotline.services.first_hour.steps import DISMISSED, Step, set_up, skip, trial_calls
from hotline.services.settings.on_page import change_on_page
from hotline.services.settings.settings import WrongSettings
from hotline.web.first_hour.labels import CARRIER_STATES, CARRIERS, STEPS
from hotline.web.first_hour.step_forms import closed_keys, form_of
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.phone_address import ws_url
from hotline.web.kit.said import said
from hotline.web.settings.administration import for_templates
from hotline.web.settings.group_pages import done, in_words
from hotline.web.settings.setting_form import EntryForm, SettingForm, at_inputs

blueprint = Blueprint("first_hour", __name__, url_prefix="/admin/first-hour")
blueprint.context_processor(for_templates)


@blueprint.get("")
@may(Act.CHANGE_SETTINGS)
def index() -> str:
    """`?step=`: which of them; without it the next that is open."""
    return _page(request.args.get("step", ""))


@blueprint.post("/step/<string:step>")
@may(Act.CHANGE_SETTINGS)
def save(step: str) -> Response | tuple[str, int]:
    context, typed = web(), form_of(_step(step), request.form)
    if typed is None:
        raise NotFound("first_hour.no_step", step=step[:20])
    problems: dict[str, list[str]] = {}
    try:
        reason = gettext("First hour")
        outcome = change_on_page(context.in_force, actor(), typed.changes, context.now(), None, reason)
        return done(outcome, url_for("first_hour.index"))
    except WrongSettings as error:
        placed = typed.at_inputs(error.problems) if isinstance(typed, EntryForm) else None
        problems = in_words(placed if placed is not None else at_inputs(error.problems, typed.inputs))
    except (Refused, Outdated) as error:
        problems = {"": [said(error)]}
    return _page(step, typed, problems), 409 if typed.both else 422


@blueprint.post("/skip/<string:step>")
@may(Act.CHANGE_SETTINGS)
def leave_out(step: str) -> Response:
    skip(web().storage, step, actor().name, web().now())
    if step == DISMISSED:
        flash(gettext("The first hour opens by itself no more. It stands in the administration."), "ok")
    return redirect(url_for("first_hour.index"), 303)


@blueprint.post("/again/<string:step>")
@may(Act.CHANGE_SETTINGS)
def again(step: str) -> Response:
    skip(web().storage, step, actor().name, web().now(), skipped=False)
    return redirect(url_for("first_hour.index", step=step if step != DISMISSED else None), 303)


@blueprint.post("/call-out")
@may(Act.CHANGE_SETTINGS)
def test_call_out() -> Response:
    context = web()
    try:
        number = request.form.get("number", "")
        call_out(context.storage, context.settings, context.pbx, number, actor().name, context.now())
        flash(gettext("The mobile rings now. Whoever takes it hears the greeting."), "ok")
    except HotlineError as error:
        flash(said(error), "bad")
    return redirect(url_for("first_hour.index", step=Step.CARRIER), 303)


@blueprint.get("/caller")
@may(Act.CHANGE_SETTINGS)
def caller() -> str:
    """A telephone on the screen that calls the line as any caller would."""
    context = web()
    settings = context.settings
    address = ws_url(settings, request.host_url)
    account = {
        "wsUrl": f"{address}?as={CALLER}" if address else "",
        "user": CALLER,
        "password": context.secrets.phone_password(CALLER),
        "iceServers": [{"urls": f"stun:{settings.listen.stun}"}] if settings.listen.stun else [],
    }
    words = _caller_words()
    return render_template(
        "first_hour/caller.html",
        data={"account": account, "words": words},
        words=words,
        lines=tuple(settings.lines.items()),
    )


def _caller_words() -> dict[str, str]:
    """By what the telephone says of itself."""
    return {
        "idle": gettext("Not in a call"),
        "connecting": gettext("Connecting"),
        "ringing": gettext("Ringing"),
        "talking": gettext("In the call"),
        "ended": gettext("The call is over"),
        "failed": gettext("The call could not be made"),
        "microphone": gettext("The browser gives no microphone: allow it for this page."),
        "lost": gettext("Asterisk cannot be reached from this browser."),
    }


def _step(name: str) -> Step:
    if name not in tuple(Step):
        raise NotFound("first_hour.no_step", step=name[:20])
    return Step(name)


def _page(asked: str, typed: SettingForm | None = None, problems: dict[str, list[str]] | None = None) -> str:
    context = web()
    settings, now = context.settings, context.now()
    found = set_up(context.storage, settings, now)
    step = _step(asked) if asked else found.next_one
    form = typed or (form_of(step) if step else None)
    return render_template(
        "first_hour/index.html",
        found=found,
        step=step,
        here=next((each for each in found.steps if each.step is step), None),
        form=form,
        closed=closed_keys(step) if step else (),
        states={each.key: form.state(each, settings) for each in form.inputs} if form else {},
        seen={each.key: form.seen(each, settings) for each in form.inputs} if form else {},
        problems=problems or {},
        words=STEPS,
        carriers=carriers_now(settings, context.pbx) if step is Step.CARRIER else [],
        carrier_names=CARRIERS,
        carrier_states=CARRIER_STATES,
        operators=settings.operators,
        tests=trial_calls(context.storage) if step is Step.CALL else (),
        dismissed=DISMISSED,
        lines=tuple(settings.lines),
    )
