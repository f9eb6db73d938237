"""Log forms: the unfinished ones, and each on a page of its own (B1, B2)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from hotline.domain.attachments.types import endings
from hotline.domain.errors import NotFound
from hotline.domain.forms.form import Origin
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie
from hotline.services.forms import duty_links
from hotline.services.forms.saving import give_answer
from hotline.services.forms.search import AskedForms
from hotline.services.forms.seeing import MOST_COUNTED, see_form, see_forms
from hotline.services.forms.view import FormView
from hotline.web.attachments.receiving import receive, remove
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, pages_of
from hotline.web.kit.qr import qr_code
from hotline.web.kit.query import clean
from hotline.web.kit.said import said
from hotline.web.kit.who import asked_operators

blueprint = Blueprint("forms", __name__)

#: What the list is cut by; the first is what a desk begins its day with.
STATES = {
    "open": _("To be written"),
    "overdue": _("Overdue"),
    "promised": _("Promises"),
    "unanswered": _("To be answered (B5)"),
    "done": _("Done"),
    "all": _("All"),
}

#: How many of these there are is shown beside them: somebody must see to them.
COUNTED = ("open", "overdue", "promised", "unanswered")


@dataclass(frozen=True)
class FormListQuery:
    """The list as asked for; what does not fit is left out."""

    state: str
    owner: str
    origin: str
    q: str
    page: int

    @property
    def active(self) -> dict[str, str]:
        values = {"state": self.state, "owner": self.owner, "origin": self.origin, "q": self.q}
        return {name: value for name, value in values.items() if value}


def _query(who: Actor) -> FormListQuery:
    args = request.args
    state = args.get("state", "open")
    page = args.get("page", "1")
    everybody = "all" if allowed(Act.READ_RECORDS, {Tie.LED}) else "me"
    owner = args.get("owner", everybody)
    return FormListQuery(
        state=state if state in STATES else "open",
        owner=owner if owner in ("me", "all", *asked_operators()) else everybody,
        origin=args.get("origin", "") if args.get("origin") in tuple(Origin) else "",
        q=clean(args.get("q", "")),
        page=min(max(int(page), 1), MAX_PAGE) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


@blueprint.get("/forms")
@may(Act.READ_RECORDS)
def index() -> str:
    """One's own; for who examines or supervises, everybody's."""
    context, who, now = web(), actor(), web().now()
    query = _query(who)
    asked = AskedForms(query.state, query.owner, query.origin, q=query.q)
    offset = (query.page - 1) * PAGE_SIZE
    seen = see_forms(context.storage, context.settings, asked, PAGE_SIZE, offset, who, now, COUNTED, MOST_COUNTED)
    return render_template(
        "forms/forms.html",
        forms=seen.forms,
        query=query,
        states=STATES,
        counts=seen.counts,
        now=now,
        pages=pages_of(seen.total, seen.total >= MOST_COUNTED, query.page, len(seen.forms)),
        most_counted=MOST_COUNTED,
        sees_all=allowed(Act.READ_RECORDS, {Tie.LED}),
        operators=asked_operators(),
        block_requests=seen.block_requests,
        deadlines=seen.deadlines,
    )


@blueprint.get("/forms/<int:form_id>")
@may(Act.READ_RECORD)
def show(form_id: int) -> str:
    """One record, to be written, corrected or read."""
    return _page(form_id)


@blueprint.post("/forms/<int:form_id>/link")
@may(Act.MAKE_DUTY_LINK)
def make_link(form_id: int) -> str:
    """B2: a link for who took the call on the duty mobile; it is shown on this page and never again."""
    context = web()
    made = duty_links.make_link(context.storage, context.settings, form_id, actor().name, context.now())
    code = qr_code(made.url, gettext("QR code of the link"))
    return _page(form_id, link=made.url, link_code=code, expires_at=made.link.expires_at)


@blueprint.post("/forms/<int:form_id>/attachments")
@may(Act.WRITE)
def attach(form_id: int) -> Response:
    """Photographs and documents that the caller sent."""
    receive("form", form_id)
    return redirect(url_for("forms.show", form_id=form_id))


@blueprint.post("/forms/<int:form_id>/attachments/<int:attachment_id>/remove")
@may(Act.WRITE)
def remove_attachment(form_id: int, attachment_id: int) -> Response:
    remove("form", form_id, attachment_id)
    return redirect(url_for("forms.show", form_id=form_id))


@blueprint.post("/forms/<int:form_id>/answered")
@may(Act.KEEP_PROMISE)
def answered(form_id: int) -> Response:
    """B5: the caller has their answer."""
    context = web()
    try:
        give_answer(context.storage, context.settings, form_id, "", actor(), context.now())
        flash(gettext("The caller is answered."), "ok")
    except NotFound as error:
        flash(said(error), "info")
    return redirect(url_for("forms.show", form_id=form_id))


def _page(form_id: int, **more: object) -> str:
    context, who, now = web(), actor(), web().now()
    seen = see_form(context.storage, context.settings, form_id, who, now)
    return render_template(
        "forms/form.html",
        form=seen.form,
        data=_data(seen.form),
        changes=seen.changes,
        cases=seen.cases,
        latest_link=seen.latest_link,
        now=now,
        may_link=seen.may_link,
        deadlines=seen.deadlines,
        may_answer=seen.may_answer,
        may_open_case=seen.may_open_case,
        attachments=seen.attachments,
        orders=seen.orders,
        rating=seen.rating,
        taken=context.settings.attachments,
        endings=endings(context.settings.attachments.types),
        back=_back(who),
        **more,
    )


def _data(view: FormView) -> dict[str, object]:
    return {"form": view.model_dump(mode="json"), "csrf_token": generate_csrf()}


def _back(who: Actor) -> str:
    return gettext("All log forms") if allowed(Act.READ_RECORDS, {Tie.LED}) else gettext("My log forms")
