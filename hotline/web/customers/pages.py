"""Customers: found, looked at with all their past, written down."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from hotline.domain.customers.customer import MAX_FIELD, MAX_NOTE, Customer, CustomerNumber, PreferredWay, as_written
from hotline.domain.customers.history import HistoryKind
from hotline.domain.errors import Conflict, Outdated, Refused
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import may_see
from hotline.services.customers import customers, typed
from hotline.services.customers import table as customers_csv
from hotline.services.record_rights import ties_to_customers
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.downloads import table_file, table_route
from hotline.web.kit.paging import page_asked
from hotline.web.kit.said import at_field, said
from hotline.web.kit.version_sent import version_sent

blueprint = Blueprint("customers", __name__, url_prefix="/customers")

PAGE_SIZE = 50
HISTORY_SIZE = 25
MAX_PAGE = 2000

#: E3: how each way is called.
WAYS = {
    PreferredWay.PHONE: _("by telephone"),
    PreferredWay.SMS: _("by SMS"),
    PreferredWay.MAIL: _("by mail"),
    PreferredWay.NONE: _("not at all"),
}


def levels() -> list[tuple[str, str]]:
    """The usual one first; those of the settings after it."""
    return [("", gettext("Usual")), *((each, level.name) for each, level in web().settings.customers.levels.items())]


def _with(choices: list[tuple[str, str]], level: str) -> list[tuple[str, str]]:
    """What the settings do not name any more stays chosen until somebody changes it."""
    return choices if level in dict(choices) else [*choices, (level, level)]


class CustomerForm(FlaskForm):
    version = HiddenField()
    name = StringField(_("Name"), [Length(max=MAX_FIELD)])
    company = StringField(_("Company"), [Length(max=MAX_FIELD)])
    numbers = TextAreaField(_("Numbers, one a line"), [Length(max=4000)])
    region = StringField(_("Region"), [Length(max=MAX_FIELD)])
    address = StringField(_("Address"), [Length(max=MAX_FIELD)])
    mail = StringField(_("Mail"), [Length(max=MAX_FIELD)])
    preferred_way = SelectField(_("May be asked afterwards how it went"), choices=list(WAYS.items()))
    level = SelectField(_("Level"), default="")
    do_not_call = BooleanField(_("Does not want to be called"))
    consent = BooleanField(_("Agrees to be asked for their opinion"))
    note = TextAreaField(_("Note"), [Length(max=MAX_NOTE)])

    def changes(self, before: Customer | None = None) -> dict[str, object]:
        """What is written; consent keeps the moment at which it was given."""
        since = before.consent_at if before else None
        return {
            **{name: self[name].data or "" for name in ("name", "company", "region", "address", "mail", "note")},
            "preferred_way": PreferredWay(self.preferred_way.data),
            "do_not_call": self.do_not_call.data,
            "level": self.level.data or "",
            "consent_at": (since or web().now()) if self.consent.data else None,
        }


@blueprint.get("")
@may(Act.READ_CUSTOMERS)
def index() -> str:
    context = web()
    query = " ".join(request.args.get("q", "").split())[:64]
    page = page_asked(request.args, MAX_PAGE)
    found = customers.find(context.storage, query, PAGE_SIZE, (page - 1) * PAGE_SIZE, actor(), context.now())
    return render_template(
        "customers/customers.html",
        query=query,
        found=found,
        last_calls=found.last_calls,
        page=page,
        page_size=PAGE_SIZE,
        pages=min(max(ceil(found.total / PAGE_SIZE), 1), MAX_PAGE),
        ways=WAYS,
        as_written=as_written,
        whole=allowed(Act.SEE_NUMBERS),
        may_write=allowed(Act.CHANGE_CUSTOMER),
        may_export=allowed(Act.EXPORT_CUSTOMERS),
        now=context.now(),
    )


@blueprint.get("/<int:customer_id>")
@may(Act.READ_CUSTOMERS)
def show(customer_id: int) -> AnyResponse | str:
    """The customer; an old id leads to whom that customer turned out to be."""
    context = web()
    page = page_asked(request.args, MAX_PAGE)
    seen = customers.look(
        context.storage,
        customer_id,
        tuple(HistoryKind),
        HISTORY_SIZE,
        (page - 1) * HISTORY_SIZE,
        actor(),
        context.now(),
    )
    if seen.customer.id != customer_id:
        return redirect(url_for("customers.show", customer_id=seen.customer.id))
    return render_template(
        "customers/customer.html",
        customer=seen.customer,
        seen=seen,
        ways=WAYS,
        as_written=as_written,
        page=page,
        whole={number.id for number in seen.customer.numbers if may_see(seen.sight, number.number)},
        may_do=_may_do(seen),
        page_size=HISTORY_SIZE,
        pages=min(max(ceil(seen.history.total / HISTORY_SIZE), 1), MAX_PAGE),
        may_write=allowed(Act.CHANGE_CUSTOMER),
        categories=context.settings.categories,
        now=context.now(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@may(Act.CHANGE_CUSTOMER)
def new() -> AnyResponse | str | tuple[str, int]:
    """Somebody new; ?name= and ?number= fill in what is known from a call."""
    form = CustomerForm()
    form.level.choices = levels()
    if request.method == "GET":
        form.name.data = request.args.get("name", "")[:MAX_FIELD]
        form.numbers.data = request.args.get("number", "")[:80]
        form.region.data = request.args.get("region", "")[:MAX_FIELD]
    if not form.validate_on_submit():
        return _form_page(form, None)
    context = web()
    try:
        wanted = Customer(**form.changes(), numbers=_numbers(form))  # type: ignore[arg-type]
        added = typed.add(context.storage, wanted, actor(), context.now())
    except Refused as error:
        return _refused(form, None, error)
    flash(gettext("The customer is saved."), "ok")
    for each in added.shared:
        flash(gettext("%(number)s is the number of %(name)s too.", number=each.number, name=each.name), "warn")
    return redirect(url_for("customers.show", customer_id=added.customer.id))


@blueprint.route("/<int:customer_id>/edit", methods=["GET", "POST"])
@may(Act.CHANGE_CUSTOMER)
def edit(customer_id: int) -> AnyResponse | str | tuple[str, int]:
    context = web()
    customer = customers.read_customer(context.storage, customer_id)
    form = CustomerForm(obj=customer)
    form.level.choices = _with(levels(), customer.level)
    if request.method == "GET":
        form.version.data, form.consent.data = str(customer.version), customer.consent_at is not None
    if not form.validate_on_submit():
        return _form_page(form, customer)
    try:
        customers.edit(context.storage, customer_id, version_sent(), form.changes(customer), actor(), context.now())
    except Outdated:
        # What was typed stays; saving once more writes over what the other has written.
        form.version.data = str(customer.version)
        return render_template("customers/customer_form.html", form=form, customer=customer, outdated=True), 409
    except Refused as error:
        return _refused(form, customer, error)
    flash(gettext("Saved."), "ok")
    return redirect(url_for("customers.show", customer_id=customer_id))


@blueprint.post("/<int:customer_id>/numbers")
@may(Act.ADD_NUMBER)
def add_number(customer_id: int) -> AnyResponse:
    context = web()
    try:
        customers.add_number(
            context.storage,
            customer_id,
            request.form.get("number", "")[:80],
            request.form.get("label", "")[:40],
            actor(),
            context.now(),
            context.settings.numbers.outside_prefixes,
        )
        flash(gettext("The number is added."), "ok")
    except (Refused, Conflict) as error:
        flash(said(error), "bad")
    return redirect(url_for("customers.show", customer_id=customer_id))


@blueprint.post("/<int:customer_id>/numbers/<int:number_id>/remove")
@may(Act.REMOVE_NUMBER)
def remove_number(customer_id: int, number_id: int) -> AnyResponse:
    context = web()
    customers.remove_number(context.storage, customer_id, number_id, actor(), context.now())
    flash(gettext("The number is removed."), "ok")
    return redirect(url_for("customers.show", customer_id=customer_id))


@table_route(blueprint, "/export", plain_too=True)
@may(Act.EXPORT_CUSTOMERS)
def export(ending: str) -> Response:
    """All customers as a table."""
    context = web()
    lines = customers_csv.export_customers(context.storage, actor(), context.now())
    return table_file(lines, f"customers-{context.now():%Y%m%d}", ending)


def _may_do(seen: customers.SeenCustomer) -> set[str]:
    """What this person may do to the customer's numbers."""
    ties = ties_to_customers(seen.sight, seen.customer)
    return {act.value for act in (Act.ADD_NUMBER, Act.MERGE) if allowed(act, ties)}


def _numbers(form: CustomerForm) -> tuple[CustomerNumber, ...]:
    """Raises Refused."""
    return typed.numbers_of(form.numbers.data or "", web().settings.numbers.outside_prefixes)


def _form_page(form: CustomerForm, customer: Customer | None) -> str | tuple[str, int]:
    shown = render_template("customers/customer_form.html", form=form, customer=customer, outdated=False)
    return (shown, 422) if form.errors else shown


def _refused(form: CustomerForm, customer: Customer | None, error: Refused) -> tuple[str, int]:
    """Put at its field what the rules of `domain.customer` refuse."""
    at_field(form, error, "name", {"number": "numbers", "preferred_way": "mail"})
    return render_template("customers/customer_form.html", form=form, customer=customer, outdated=False), 422
