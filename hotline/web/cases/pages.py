"""One case: where it stands, what may be done to it now, what was done."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.attachments.types import endings
from hotline.domain.cases.given import CASE
from hotline.domain.cases.kind import Guard
from hotline.domain.cases.way import ahead, next_act, passed
from hotline.domain.errors import Conflict, Forbidden, Outdated, PbxError, Refused, WrongFields
from hotline.domain.rights.acts import Act
from hotline.services.cases import cases as case_service
from hotline.services.cases.acting import do_act
from hotline.services.cases.choosing import case_id_of, see_choices
from hotline.services.cases.seeing import SeenCase, see_case
from hotline.services.dialling.dialling import dial_for
from hotline.web.attachments import receiving
from hotline.web.cases.act_fields import NOTHING_TYPED, Typed, fields_of, moments
from hotline.web.cases.problems import in_words
from hotline.web.cases.steps_shown import shown_steps, stage_words, value_words
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.i18n import language
from hotline.web.kit.query import clean
from hotline.web.kit.said import flashed, said

blueprint = Blueprint("cases", __name__, url_prefix="/cases/<int:case_id>")

_LONGEST = 20_000
_AROUND = frozenset({"csrf_token", "revision", "moment"})


@blueprint.get("")
@may(Act.READ_CASES)
def show(case_id: int) -> str:
    return _page(case_id)


@blueprint.post("/acts/<act>")
@may(Act.ADD_CASE)
def act(case_id: int, act: str) -> Response | tuple[str, int]:
    """For all who do anything about cases; whether this is theirs to do now, the use case looks. What was typed stays
    when it is refused."""
    context, form = web(), request.form
    typed = {name: value[:_LONGEST] for name, value in form.items() if name not in _AROUND}
    revision = clean(form.get("revision", ""))
    seen = int(revision) if revision.isascii() and revision.isdigit() else None
    try:
        given = {**typed, **moments(typed, form.getlist("moment"))}
        if given.get(CASE):
            given[CASE] = case_id_of(context.storage, given[CASE], actor())
        done = do_act(context.storage, context.settings, case_id, act, given, actor(), context.now(), seen)
    except WrongFields as error:
        return _page(case_id, Typed(act, typed, in_words(error))), 422
    except Outdated as error:
        return _page(case_id, Typed(act, typed, {}, said(error)), outdated=seen), 409
    except (Refused, Conflict) as error:
        problems = {error.field: said(error)} if error.field in typed else {}
        return _page(case_id, Typed(act, typed, problems, "" if problems else said(error))), 422
    except Forbidden as error:
        if error.reason.code == "cases.not_yours":
            raise
        return _page(case_id, Typed(act, typed, {}, said(error))), 403
    flash(gettext("Done. It stands among the steps."), "ok")
    return redirect(url_for("cases.show", case_id=done.id))


@blueprint.post("/number")
@may(Act.REVEAL_NUMBER)
def number(case_id: int) -> str:
    """The case with the caller's number whole, for whoever is responsible for it."""
    case_service.reveal_number(web().storage, case_id, actor(), web().now())
    return _page(case_id, revealed=True)


@blueprint.post("/dial")
@may(Act.DIAL)
def dial_(case_id: int) -> Response:
    """A3: over the callback trunk, as from the callbacks."""
    context = web()
    try:
        dial_for(
            context.storage,
            context.settings,
            context.pbx,
            actor(),
            "case",
            case_id,
            context.now(),
            reason=lambda _code: gettext("a case of yours"),
            customer_named_time=request.form.get("named_time") == "yes",
            confirmed=clean(request.form.get("confirmed", ""), 200),
        )
        flash(gettext("Your phone rings: pick it up, and the customer is dialled."), "ok")
    except (Conflict, Forbidden, Refused, PbxError) as error:
        flash(said(error), "bad")
    return redirect(url_for("cases.show", case_id=case_id))


@blueprint.post("/attachments")
@may(Act.ADD_TO_CASE)
def attach(case_id: int) -> Response:
    with flashed():
        receiving.receive("case", case_id)
    return redirect(url_for("cases.show", case_id=case_id))


@blueprint.post("/attachments/<int:attachment_id>/remove")
@may(Act.ADD_TO_CASE)
def remove_attachment(case_id: int, attachment_id: int) -> Response:
    with flashed():
        receiving.remove("case", case_id, attachment_id)
    return redirect(url_for("cases.show", case_id=case_id))


def _page(case_id: int, typed: Typed = NOTHING_TYPED, revealed: bool = False, outdated: int | None = None) -> str:
    """`outdated`: the revision that whoever acted had seen, when somebody was faster."""
    context, who, now = web(), actor(), web().now()
    choices = see_choices(context.storage, case_id, who, now)
    seen = see_case(context.storage, context.settings, case_id, who, now, revealed)
    steps = shown_steps(seen, choices)
    reached = [each.step.after for each in seen.steps if each.case == seen.case.number]
    before = passed(reached, seen.stage.id)
    apart = _is_visited_apart(seen)
    forms = [
        (each.act, fields_of(each, seen, choices, typed))
        for each in seen.acts
        if not apart or Guard.NOT_HANDLER not in each.act.guards
    ]
    return render_template(
        "cases/case.html",
        seen=seen,
        case=seen.case,
        choices=choices,
        steps=steps,
        faster=steps[: seen.case.revision - outdated] if outdated is not None else [],
        passed=before,
        ahead=ahead(seen.kind, seen.stage.id, frozenset(before)),
        next_act=next_act(seen.kind, seen.stage.id, before),
        visit_next=apart and _waits_for_visit(seen),
        own=[each for each in forms if each[0].before and not each[0].back],
        back=[each for each in forms if each[0].before and each[0].back],
        common=[each for each in forms if not each[0].before],
        typed=typed,
        next_word=next((each for each in seen.clocks if each.clock == "case_next_word"), None),
        values=_values(seen),
        dials=context.settings.callback_trunk.is_there and bool(who.extension),
        taken=context.settings.attachments,
        endings=endings(context.settings.attachments.types),
        stage_words=lambda stage: stage_words(seen.kind, stage),
        now=now,
    )


def _is_visited_apart(seen: SeenCase) -> bool:
    """Its visit has a page of its own, where visits are planned by themselves."""
    ours = web().settings.visits
    return (
        ours.enabled and seen.case.kind not in ours.not_after and bool(seen.case.number_shown or seen.case.customer_id)
    )


def _waits_for_visit(seen: SeenCase) -> bool:
    return any(Guard.NOT_HANDLER in each.guards and seen.stage.id in each.before for each in seen.kind.acts)


def _values(seen: SeenCase) -> list[tuple[str, str]]:
    """What is known of the kind's own fields."""
    known = [(each, seen.case.values.get(each.id, "")) for each in seen.kind.fields]
    return [(each.label.said(language()), value_words(seen.kind, each.id, value)) for each, value in known if value]
