"""What follows from examinations: appeals decided by another examiner, calibrations, corrective actions (E6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.examination.records import AppealDecision, CorrectiveActionState
from hotline.domain.examination.score import Points, ScoreForm, passed
from hotline.domain.rights.acts import Act, Tie
from hotline.domain.time import SHANGHAI
from hotline.services.examination import appeals as appeal_service
from hotline.services.examination import calibrations as calibration_service
from hotline.services.examination import corrective_actions as action_service
from hotline.services.examination.improvement_view import find_calibrations, look_at_calibration, see_corrective_actions
from hotline.services.examination.results import look_at_appeal
from hotline.web.examination.sound import ours, sound_of
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed, allowed_ever
from hotline.web.kit.asked import call_asked, choice, decimal, end_of_day, whole
from hotline.web.kit.context import web
from hotline.web.kit.said import flashed, said
from hotline.web.kit.who import asked_operators, operators

blueprint = Blueprint("improvement", __name__)

_SHOWN = 200
#: An order's due date, where nobody says another.
_USUAL_DAYS = 7
#: Take part in a calibration.
_FEWEST_EXAMINERS = 2


# ---- appeals
@blueprint.get("/appeals")
@may(Act.OVERSEE_EXAMINATIONS)
def appeals() -> str:
    """Those that await a decision, and those decided."""
    context = web()
    found = appeal_service.find_appeals(context.storage, False, actor(), context.now(), _SHOWN)
    return render_template(
        "examination/appeals.html",
        waiting=[each for each in found.appeals if each.decision is None],
        decided=[each for each in found.appeals if each.decision is not None],
        examined=found.examined,
        me=actor().name,
    )


@blueprint.get("/appeals/<int:appeal_id>")
@may(Act.OVERSEE_EXAMINATIONS)
def appeal(appeal_id: int) -> str:
    return _appeal_page(appeal_id)


@blueprint.post("/appeals/<int:appeal_id>/decide")
@may(Act.DECIDE_APPEAL)
def decide(appeal_id: int) -> Response | tuple[str, int]:
    """The result stays, or other points take its place."""
    context = web()
    form, first = appeal_service.judged_before(context.storage, appeal_id)
    decision = AppealDecision(choice(request.form, "decision", tuple(AppealDecision), AppealDecision.UPHELD))
    changes = _changes(form, first) if decision is AppealDecision.CHANGED else None
    if isinstance(changes, str):
        flash(changes, "bad")
        return _appeal_page(appeal_id), 422
    with flashed():
        appeal_service.decide_appeal(
            context.storage, appeal_id, decision, changes, request.form.get("note", ""), actor(), context.now()
        )
        flash(gettext("The appeal is decided; the operator sees it."), "ok")
        return redirect(url_for("improvement.appeals"))
    return _appeal_page(appeal_id), 422


def _changes(form: ScoreForm, first: Points) -> Points | str:
    """The points that differ from the first ones; "" means that the item does not apply. Else what is wrong."""
    found: dict[str, float | None] = {}
    for item in form.items:
        typed = request.form.get(f"points-{item.id}")
        if typed is None:
            continue
        given = decimal(typed) if typed.strip() else None
        if typed.strip() and (given is None or given > item.weight):
            return gettext("%(item)s: 0 to %(most)s points were expected.", item=item.name, most=f"{item.weight:g}")
        if given != first.get(item.id):
            found[item.id] = given
    return found


def _appeal_page(appeal_id: int) -> str:
    context = web()
    seen = look_at_appeal(context.storage, context.settings, appeal_id, actor(), context.now())
    return render_template(
        "examination/appeal.html",
        appeal=seen.appeal,
        view=seen.result,
        first=seen.first_points,
        typed=request.form,
        sound_data=sound_of(seen.result, seen.sound) if seen.sound else None,
        recording_id=seen.sound.id if seen.sound else None,
        ours=ours(seen.result),
        examination_ids=(),
        may_examine=False,
    )


# ---- calibrations
@blueprint.get("/calibrations")
@may(Act.OVERSEE_EXAMINATIONS)
def calibrations() -> str:
    return _calibrations({})


def _calibrations(wrong: Mapping[str, str]) -> str:
    """`wrong`: what is said at which field of the form; what was typed into it stays."""
    context, who = web(), actor()
    found = find_calibrations(context.storage, who, context.now(), _SHOWN)
    return render_template(
        "examination/calibrations.html",
        calibrations=found.calibrations,
        people=found.people,
        me=who.name,
        may_call=allowed_ever(Act.CALIBRATE),
        call=request.values.get("call", "")[:200],
        typed=request.form,
        wrong=wrong,
    )


@blueprint.post("/calibrations")
@may(Act.CALIBRATE)
def call_calibration() -> Response | tuple[str, int]:
    """What is wrong stands at its field, and what was typed stays."""
    context, call_id = web(), call_asked(request.form.get("call", ""))
    named = [name[:64] for name in request.form.getlist("examiners")][:20]
    wrong = {}
    if call_id is None:
        wrong["call"] = gettext("Enter the number of a call, or paste the address of its page.")
    if not request.form.get("title", "").strip():
        wrong["title"] = gettext("Please give it a title.")
    if len(set(named)) < _FEWEST_EXAMINERS:
        wrong["examiners"] = gettext("Please choose at least two examiners.")
    if wrong or call_id is None:
        return _calibrations(wrong), 422
    try:
        made = calibration_service.open_calibration(
            context.storage,
            context.settings,
            call_id,
            request.form.get("title", "")[:200],
            named,
            actor(),
            context.now(),
        )
    except (Refused, Forbidden, NotFound) as error:
        return _calibrations({"call": said(error)}), 422
    flash(gettext("The call is given to %(n)s examiners; nobody sees others' points.", n=len(named)), "ok")
    return redirect(url_for("improvement.calibration", calibration_id=made.id))


@blueprint.get("/calibrations/<int:calibration_id>")
@may(Act.OVERSEE_EXAMINATIONS)
def calibration(calibration_id: int) -> str:
    context, who = web(), actor()
    seen = look_at_calibration(context.storage, calibration_id, who, context.now())
    view, form = seen.calibration, seen.form
    agreed = [item for item, spread in view.items.items() if spread.range == 0]
    verdicts = {passed(form, part.score) for part in view.parts if part.score is not None}
    done = [part for part in view.parts if part.state != "assigned"]
    return render_template(
        "examination/calibration.html",
        view=view,
        form=form,
        agreed=len(agreed),
        same_verdict=len(verdicts) == 1,
        done=done,
        verdict=lambda score: passed(form, score),
        me=who.name,
        may_close=view.closed_at is None
        and len(done) > 1
        and allowed(Act.CALIBRATE, {Tie.MADE} if who.name == view.called_by else ()),
    )


@blueprint.post("/calibrations/<int:calibration_id>/close")
@may(Act.CALIBRATE)
def close_calibration(calibration_id: int) -> Response:
    context = web()
    with flashed():
        calibration_service.close_calibration(
            context.storage, calibration_id, request.form.get("conclusion", ""), actor(), context.now()
        )
        flash(gettext("The calibration is closed: the points are shown."), "ok")
    return redirect(url_for("improvement.calibration", calibration_id=calibration_id))


# ---- orders
@blueprint.get("/rectifications")
@may(Act.OVERSEE_EXAMINATIONS)
def rectifications() -> str:
    """What is due first; those reported done wait for their check."""
    context, who, now = web(), actor(), web().now()
    operator = choice(request.args, "operator", asked_operators())
    show_all = request.args.get("state") == "all"
    seen = see_corrective_actions(context.storage, context.settings, operator, not show_all, who, now, _SHOWN)
    views = seen.actions
    asked = whole(request.args.get("examination", ""))
    return render_template(
        "examination/corrective_actions.html",
        orders=views,
        deadlines=seen.deadlines,
        operator=operator,
        show_all=show_all,
        operators=operators(),
        asked_operators=asked_operators(),
        may_issue=allowed(Act.RECTIFY),
        examination=asked,
        usual_due=_day(_USUAL_DAYS),
        tomorrow=_day(1),
        to_check=sum(each.state == CorrectiveActionState.DONE for each in views),
        overdue=sum(each.overdue for each in views),
    )


@blueprint.post("/rectifications")
@may(Act.RECTIFY)
def issue() -> Response:
    context, due_at = web(), end_of_day(request.form.get("due", ""))
    examination = request.form.get("examination", "").strip()
    if due_at is None:
        flash(gettext("A due date like 2026-11-22 was expected."), "bad")
    elif examination and whole(examination) is None:
        flash(gettext("There is no such examination."), "bad")
    else:
        with flashed():
            action_service.issue(
                context.storage,
                context.settings,
                request.form.get("operator", ""),
                request.form.get("text", "")[:10_000],
                due_at,
                whole(examination),
                actor(),
                context.now(),
            )
            flash(gettext("The corrective action is issued; the operator sees it."), "ok")
    return redirect(url_for("improvement.rectifications"))


@blueprint.post("/rectifications/<int:order_id>/check")
@may(Act.RECTIFY)
def check(order_id: int) -> Response:
    """Confirmed, or to be mended once more by a new date."""
    context, confirmed = web(), request.form.get("result") == "confirmed"
    with flashed():
        action_service.check_again(
            context.storage,
            context.settings,
            order_id,
            confirmed,
            request.form.get("note", "")[:10_000],
            end_of_day(request.form.get("due", "")),
            actor(),
            context.now(),
        )
        flash(
            gettext("Confirmed: it is done.") if confirmed else gettext("The corrective action is to be done again."),
            "ok",
        )
    return redirect(url_for("improvement.rectifications"))


def _day(ahead: int) -> str:
    return (web().now().astimezone(SHANGHAI) + timedelta(days=ahead)).date().isoformat()
