"""Log forms: the unfinished ones, and each on a page of its own (B1, B2)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import generate_csrf

from hotline.domain.forms.form import CallForm, Origin
from hotline.domain.people import MANAGERS, OVERSEERS, Actor
from hotline.services.forms import duty_links
from hotline.services.forms.saving import read_form
from hotline.services.forms.search import find_forms, wanted_forms
from hotline.services.forms.view import FormView, form_view, form_views
from hotline.storage.audit import AuditLog
from hotline.storage.cases.block_requests import BlockRequestStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.forms.duty_links import DutyLinkStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction
from hotline.web.forms.duty_pages import link_url
from hotline.web.kit.access import any_role, for_roles
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE
from hotline.web.kit.query import clean

blueprint = Blueprint("forms", __name__)

#: What the list is cut by; the first is what a desk begins its day with.
STATES = {
    "open": _("To be written"),
    "overdue": _("Overdue"),
    "promised": _("Promises"),
    "done": _("Done"),
    "all": _("All"),
}


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
    everybody = "all" if who.has_role(*OVERSEERS) else "me"
    owner = args.get("owner", everybody)
    return FormListQuery(
        state=state if state in STATES else "open",
        owner=owner if owner in ("me", "all", *web().settings.operators) else everybody,
        origin=args.get("origin", "") if args.get("origin") in tuple(Origin) else "",
        q=clean(args.get("q", "")),
        page=min(max(int(page), 1), MAX_PAGE) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


@blueprint.get("/forms")
@any_role
def index() -> str:
    """One's own; for who examines or supervises, everybody's."""
    context, who, now = web(), actor(), web().now()
    query = _query(who)
    wanted = wanted_forms(who, now, query.state, query.owner, query.origin, "", query.q)
    with context.storage.writing() as tx:
        found, total = find_forms(tx, wanted, PAGE_SIZE, (query.page - 1) * PAGE_SIZE)
        views = form_views(tx, context.settings, found, who, now)
        counts = _counts(tx, who, query)
        waiting = len(BlockRequestStore(tx).search(True, PAGE_SIZE)) if who.has_role(*MANAGERS) else 0
        AuditLog(tx).add(now, who.name, "forms.view", "forms", f"{len(found)} forms")
    return render_template(
        "forms/forms.html",
        forms=views,
        total=total,
        query=query,
        states=STATES,
        counts=counts,
        now=now,
        pages=-(-total // PAGE_SIZE),
        sees_all=who.has_role(*OVERSEERS),
        operators=context.settings.operators,
        block_requests=waiting,
    )


@blueprint.get("/forms/<int:form_id>")
@any_role
def show(form_id: int) -> str:
    """One record, to be written, corrected or read."""
    return _page(form_id, "form.view")


@blueprint.post("/forms/<int:form_id>/link")
@for_roles(*MANAGERS)
def make_link(form_id: int) -> str:
    """B2: a link for who took the call on the duty mobile; it is shown on this page and never again."""
    context = web()
    made = duty_links.make_link(context.storage, context.settings, form_id, actor().name, context.now())
    return _page(form_id, "form.view", link=link_url(made.token), expires_at=made.expires_at)


def _page(form_id: int, action: str, **more: object) -> str:
    context, who, now = web(), actor(), web().now()
    with context.storage.writing() as tx:
        form = read_form(tx, form_id)
        view = form_view(tx, context.settings, form, who, now)
        latest = DutyLinkStore(tx).of_forms([form_id]).get(form_id)
        changes = FormStore(tx).changes(form_id) if who.has_role(*OVERSEERS) else []
        cases = CaseStore(tx).of_form(form_id)
        AuditLog(tx).add(now, who.name, action, f"form:{form_id}")
    return render_template(
        "forms/form.html",
        form=view,
        data=_data(view),
        changes=changes,
        cases=cases,
        latest_link=latest,
        now=now,
        may_link=_may_link(form, who),
        back=_back(who),
        **more,
    )


def _data(view: FormView) -> dict[str, object]:
    return {"form": view.model_dump(mode="json"), "csrf_token": generate_csrf()}


def _may_link(form: CallForm, who: Actor) -> bool:
    return form.origin is Origin.DUTY and not form.is_done and who.has_role(*MANAGERS)


def _back(who: Actor) -> str:
    return gettext("All log forms") if who.has_role(*OVERSEERS) else gettext("My log forms")


def _counts(tx: Transaction, who: Actor, query: FormListQuery) -> dict[str, int]:
    """Of what somebody must see to."""
    now = web().now()
    return {
        state: FormStore(tx).count(wanted_forms(who, now, state, query.owner, query.origin))
        for state in ("open", "overdue", "promised")
    }
