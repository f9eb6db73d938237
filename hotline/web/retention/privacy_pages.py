"""G3, PIPL 44-47: requests of persons, what is kept of them and until when, and how they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from tempfile import TemporaryFile

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from hotline.domain.customers.customer import Customer
from hotline.domain.errors import Conflict, Refused
from hotline.domain.ids import parse_id
from hotline.domain.reasons import because
from hotline.domain.retention.privacy import RequestKind, RequestState
from hotline.domain.rights.acts import Act
from hotline.services.retention import erasure as privacy_erasure
from hotline.services.retention import export as privacy_export
from hotline.services.retention import privacy
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.labels import Label
from hotline.web.kit.paging import page_asked
from hotline.web.kit.said import at_field, said
from hotline.web.kit.told.personal_words import corrected_of, counted_of

blueprint = Blueprint("privacy", __name__, url_prefix="/keeping/requests")
blueprint.context_processor(lambda: {"counted_of": counted_of, "corrected_of": corrected_of})

PAGE_SIZE = 50
MAX_PAGE = 2000

KINDS = {RequestKind.COPY: _("Copy"), RequestKind.CORRECTION: _("Correction"), RequestKind.DELETION: _("Deletion")}

#: What the law says of each.
LAW = {
    RequestKind.COPY: _(
        "Everybody may look at and copy what is kept of them; it is to be given in time (PIPL art. 45)."
    ),
    RequestKind.CORRECTION: _("What is wrong or incomplete is checked and put right in time (PIPL art. 46)."),
    RequestKind.DELETION: _(
        "What is not needed any more is deleted. What a law still wants kept stays, and may only "
        "be stored and protected (PIPL art. 47)."
    ),
}

STATES = {
    RequestState.OPEN: Label(_("To be answered"), "wait"),
    RequestState.DONE: Label(_("Answer given"), "ok"),
    RequestState.REFUSED: Label(_("Turned down"), "muted"),
}


class RequestForm(FlaskForm):
    kind = SelectField(_("What is asked for"), choices=list(KINDS.items()))
    number = StringField(
        _("Number that it is about"), [InputRequired(_("A telephone number was expected.")), Length(max=80)]
    )
    whose = SelectField(_("Whose it is"), validate_choice=False)
    asked_by = StringField(
        _("Who asks, and how they proved who they are"),
        [InputRequired(_("Please write who asks.")), Length(max=privacy.MAX_NAME)],
    )
    text = TextAreaField(_("In their words"), [Length(max=privacy.MAX_TEXT)])


@blueprint.get("")
@may(Act.HANDLE_REQUESTS)
def index() -> str:
    context = web()
    every, page = request.args.get("state") == "all", page_asked(request.args, MAX_PAGE)
    offset = (page - 1) * PAGE_SIZE
    seen = privacy.see(context.storage, context.settings, not every, actor(), context.now(), PAGE_SIZE, offset)
    return render_template(
        "retention/requests.html",
        found=seen.found,
        deadlines=seen.deadlines,
        every=every,
        kinds=KINDS,
        states=STATES,
        page=page,
        total=seen.total,
        pages=min(max(ceil(seen.total / PAGE_SIZE), 1), MAX_PAGE),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@may(Act.HANDLE_REQUESTS)
def new() -> Response | str | tuple[str, int]:
    """?number= fills in what is known. A number of several customers asks whose request it is."""
    form, context = RequestForm(), web()
    if request.method == "GET":
        form.number.data = request.args.get("number", "")[:80]
    if not form.validate_on_submit():
        return _new_page(form)
    whose = form.whose.data or ""
    try:
        taken = privacy.take(
            context.storage,
            context.settings,
            RequestKind(form.kind.data),
            form.number.data or "",
            parse_id(whose),
            form.asked_by.data or "",
            form.text.data or "",
            actor(),
            context.now(),
            nobody_known=whose == "nobody",
        )
    except privacy.SeveralPeople as error:
        return _new_page(form, error.people)
    except Refused as error:
        at_field(form, error, "number")
        return _new_page(form)
    flash(gettext("The request is saved."), "ok")
    return redirect(url_for("privacy.show", request_id=taken.id))


@blueprint.get("/<int:request_id>")
@may(Act.HANDLE_REQUESTS)
def show(request_id: int) -> str:
    context = web()
    seen = privacy.look(context.storage, context.settings, request_id, actor(), context.now())
    return render_template(
        "retention/request.html",
        seen=seen,
        asked=seen.request,
        kinds=KINDS,
        law=LAW,
        states=STATES,
        due=seen.deadline,
        categories=context.settings.categories,
    )


@blueprint.get("/<int:request_id>/copy")
@may(Act.HANDLE_REQUESTS)
def copy(request_id: int) -> Response:
    """All of it in one file, under a name that tells whose it is."""
    context = web()
    target = TemporaryFile()  # noqa: SIM115  # open until it has been sent
    try:
        name = privacy_export.export(
            context.storage, context.files, context.clips, context.settings, request_id, target, actor(), context.now()
        )
        target.seek(0)
        response = send_file(target, mimetype="application/zip", as_attachment=True, download_name=name)
    except BaseException:
        target.close()
        raise
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/<int:request_id>/erase")
@may(Act.HANDLE_REQUESTS)
def erase(request_id: int) -> Response:
    """Only with the box ticked that says what it means."""
    context = web()
    if request.form.get("sure") != "yes":
        flash(gettext("Please tick that you have read what will be deleted."), "bad")
        return redirect(url_for("privacy.show", request_id=request_id))
    try:
        done = privacy_erasure.erase(
            context.storage, context.files, context.settings, request_id, actor(), context.now()
        )
        flash(
            gettext(
                "Deleted: %(recordings)s recordings; %(calls)s calls with their log forms are anonymous now, and "
                "the customer's data is deleted. %(kept)s calls stay by law.",
                recordings=done.recordings,
                calls=done.calls,
                kept=done.calls_kept,
            ),
            "ok",
        )
        if done.numbers_kept:
            flash(gettext("The numbers stay, so that nobody calls this person (E10)."), "ok")
    except (Conflict, Refused) as error:
        flash(said(error), "bad")
    return redirect(url_for("privacy.show", request_id=request_id))


@blueprint.post("/<int:request_id>/close")
@may(Act.HANDLE_REQUESTS)
def close(request_id: int) -> Response:
    context = web()
    state = RequestState.REFUSED if request.form.get("state") == "refused" else RequestState.DONE
    try:
        privacy.close(context.storage, request_id, state, request.form.get("answer", ""), actor(), context.now())
        flash(gettext("The request is closed."), "ok")
    except (Conflict, Refused) as error:
        flash(said(error), "bad")
    return redirect(url_for("privacy.show", request_id=request_id))


def _new_page(form: RequestForm, people: Sequence[Customer] = ()) -> str | tuple[str, int]:
    if people:
        form.whose.choices = [
            ("", gettext("Please choose")),
            *((str(each.id), f"{each.name or gettext('No name')} {each.company}") for each in people),
            ("nobody", gettext("None of them")),
        ]
        form.whose.errors = [said(because("retention.several_people"))]
    else:
        form.whose.choices = []
    shown = render_template("retention/request_new.html", form=form, law=LAW, days=web().settings.privacy.due_days)
    return (shown, 422) if form.errors or people else shown
