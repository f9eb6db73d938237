"""Customers: found, written down, merged and split."""

from __future__ import annotations

from flask import Response, jsonify
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.customers.customer import Customer
from hotline.domain.customers.history import HistoryKind
from hotline.domain.errors import Outdated
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import Sight
from hotline.services.customers import customers
from hotline.services.customers import merging as customer_merging
from hotline.services.customers.view import CustomerView, NumberView, customer_view, history_view, number_view
from hotline.web.customers.schemas import (
    CustomerChange,
    CustomerDetail,
    CustomerList,
    CustomerListed,
    CustomerPath,
    CustomerQueryIn,
    HistoryList,
    HistoryQuery,
    MergeBody,
    MergedShown,
    NewCustomer,
    NewNumber,
    NumberPath,
    SplitBody,
)
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web

_CUSTOMERS = Tag(name="customers", description="Who calls: people with their numbers, and what they want (E3, E10)")

#: Who writes customers down. Examiners read (F5).
#: Entries of the past within the answer; more by /customers/{id}/history.
_LATEST = 20


def register(api: APIBlueprint) -> None:
    one = "/customers/<int:customer_id>"
    api.get("/customers", tags=[_CUSTOMERS], **stated(CustomerList))(customers_found)
    api.post("/customers", tags=[_CUSTOMERS], **stated(CustomerView, status=201))(new_customer)
    api.get(one, tags=[_CUSTOMERS], **stated(CustomerDetail, 404))(customer_detail)
    api.put(one, tags=[_CUSTOMERS], **stated(CustomerView, 404, 409))(change_customer)
    api.get(f"{one}/history", tags=[_CUSTOMERS], **stated(HistoryList, 404))(customer_history)
    api.post(f"{one}/numbers", tags=[_CUSTOMERS], **stated(NumberView, 404, 409, status=201))(new_customer_number)
    api.delete(f"{one}/numbers/<int:number_id>", tags=[_CUSTOMERS], **stated(None, 404, 409))(remove_customer_number)
    api.post(f"{one}/merge", tags=[_CUSTOMERS], **stated(CustomerView, 404, 409))(merge_customer)
    api.post(f"{one}/split", tags=[_CUSTOMERS], **stated(CustomerView, 404, 409, status=201))(split_customer)


@may_api(Act.READ_CUSTOMERS)
def customers_found(query: CustomerQueryIn) -> Response:
    """Customers by number, name, company, note, or the words of a form."""
    context = web()
    page = customers.find(context.storage, query.q, query.limit, query.offset, actor(), context.now())
    sight = Sight(oversees=allowed(Act.SEE_NUMBERS))
    found = [
        CustomerListed(**customer_view(each, sight).model_dump(), last_call_at=page.last_calls.get(each.id or 0))
        for each in page.customers
    ]
    return jsonify(
        CustomerList(total=page.total, limit=query.limit, offset=query.offset, customers=found).model_dump(mode="json")
    )


@may_api(Act.CHANGE_CUSTOMER)
def new_customer(body: NewCustomer) -> tuple[Response, int]:
    """Write down somebody new."""
    context = web()
    outside = context.settings.numbers.outside_prefixes
    parsed = tuple(customers.parse_number(each.number, each.label, outside) for each in body.numbers)
    wanted = Customer(**body.changes(context.now()), numbers=parsed)  # type: ignore[arg-type]
    added = customers.create(context.storage, wanted, actor(), context.now())
    return _answer(added), 201


@may_api(Act.READ_CUSTOMERS)
def customer_detail(path: CustomerPath) -> Response:
    """One customer with their past; the id of a merged one leads to whom they turned out to be."""
    context = web()
    seen = customers.look(context.storage, path.customer_id, tuple(HistoryKind), _LATEST, 0, actor(), context.now())
    shown = [history_view(entry) for entry in seen.history.entries]
    detail = CustomerDetail(
        **customer_view(seen.customer, seen.sight).model_dump(),
        merged=[MergedShown(id=each.id or 0, name=each.name, company=each.company) for each in seen.merged],
        calls=[entry for entry in shown if entry.kind is HistoryKind.CALL],
        forms=[entry for entry in shown if entry.form],
        cases=[entry for entry in shown if entry.kind is HistoryKind.CASE],
        history_total=seen.history.total,
    )
    return jsonify(detail.model_dump(mode="json"))


@may_api(Act.CHANGE_CUSTOMER)
def change_customer(path: CustomerPath, body: CustomerChange) -> Response:
    """Change what is written of a customer."""
    context = web()
    try:
        done = customers.edit(
            context.storage, path.customer_id, body.version, body.changes(context.now()), actor(), context.now()
        )
    except Outdated:
        raise Outdated("customers.changed_meanwhile", current=_now(path.customer_id).model_dump(mode="json")) from None
    return _answer(done)


@may_api(Act.READ_CUSTOMERS)
def customer_history(path: CustomerPath, query: HistoryQuery) -> Response:
    """Calls with their forms, and cases, newest first."""
    context = web()
    kinds = (query.kind,) if query.kind else tuple(HistoryKind)
    seen = customers.look(context.storage, path.customer_id, kinds, query.limit, query.offset, actor(), context.now())
    found = [history_view(entry) for entry in seen.history.entries]
    return jsonify(
        HistoryList(total=seen.history.total, limit=query.limit, offset=query.offset, history=found).model_dump(
            mode="json"
        )
    )


@may_api(Act.ADD_NUMBER)
def new_customer_number(path: CustomerPath, body: NewNumber) -> tuple[Response, int]:
    """One more number of a customer."""
    context = web()
    added = customers.add_number(
        context.storage,
        path.customer_id,
        body.number,
        body.label,
        actor(),
        context.now(),
        context.settings.numbers.outside_prefixes,
    )
    # Who wrote it knows it.
    return jsonify(number_view(added, whole=True).model_dump(mode="json")), 201


@may_api(Act.REMOVE_NUMBER)
def remove_customer_number(path: NumberPath) -> tuple[str, int]:
    """A number that is not theirs any more."""
    context = web()
    customers.remove_number(context.storage, path.customer_id, path.number_id, actor(), context.now())
    return "", 204


@may_api(Act.MERGE)
def merge_customer(path: CustomerPath, body: MergeBody) -> Response:
    """`other_id` is the same person: their numbers, forms and cases come here, and their id leads here."""
    context = web()
    return _answer(customer_merging.merge(context.storage, path.customer_id, body.other_id, actor(), context.now()))


@may_api(Act.SPLIT)
def split_customer(path: CustomerPath, body: SplitBody) -> tuple[Response, int]:
    """Numbers that are somebody else's, with the calls from them, to a new customer; or a merge undone."""
    context = web()
    if body.merged_id is not None:
        done = customer_merging.undo_merge(context.storage, path.customer_id, body.merged_id, actor(), context.now())
    else:
        done = customer_merging.split(
            context.storage, path.customer_id, body.number_ids, body.name, actor(), context.now()
        )
    return _answer(done), 201


def _now(customer_id: int) -> CustomerView:
    return customers.as_seen(web().storage, customer_id, actor())


def _answer(customer: Customer) -> Response:
    return jsonify(_now(customer.id or 0).model_dump(mode="json"))
