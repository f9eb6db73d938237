"""Two customers who are one person, and one who is two: merge, split, and undoing a merge."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.domain.customers.customer import WRITTEN, Customer, PreferredWay, merged
from hotline.domain.customers.history import Merge
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie
from hotline.domain.rights.seeing import Sight
from hotline.services.customers import customers
from hotline.services.record_rights import require, ties_to_customers, ties_to_numbers
from hotline.services.sight import sight_of
from hotline.storage.audit import AuditLog
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Alike:
    """Who may be the same person as `customer`. `sight`: which numbers may be shown whole."""

    customer: Customer
    others: tuple[Customer, ...]
    sight: Sight


def alike(storage: Storage, customer_id: int, written: str, limit: int, actor: Actor, now: datetime) -> Alike:
    """Whom `written` finds; without it, those who have one of the customer's numbers, or the same name. Raises
    NotFound."""
    with storage.reading() as tx:
        customer = customers.known(tx, customer_id)
        sight = sight_of(tx, actor)
        sharing = [other for number in customer.numbers for other in CustomerStore(tx).of_number(number.number)]
    asked = written or customer.name
    found = customers.find(storage, asked, limit, 0, actor, now).customers if asked else ()
    namesakes = [other for other in found if other.name == customer.name]
    chosen = {other.id: other for other in (found if written else (*sharing, *namesakes)) if other.id != customer.id}
    return Alike(customer, tuple(chosen.values())[:limit], sight)


def merge(storage: Storage, kept_id: int, other_id: int, actor: Actor, now: datetime) -> Customer:
    """`other_id` turned out to be `kept_id`: numbers, forms and cases move there, gaps of what is written are filled,
    and the old id leads on. Raises NotFound, Forbidden, Refused for one and the same, Outdated if somebody was faster.
    """
    with storage.writing() as tx:
        kept, other = customers.known(tx, kept_id), customers.known(tx, other_id)
        require(Act.MERGE, actor, ties_to_customers(sight_of(tx, actor), kept, other))
        if kept.id == other.id:
            raise Refused("customers.merge_same", field="other_id")
        record = _move_all(tx, kept, other, actor, now)
        gone = dataclasses.replace(other, merged_into=kept.id)
        customers.save(tx, gone, (f"merged into customer:{kept.id}",), actor, now)
        customers.save(tx, merged(kept, other), (f"customer:{other.id} merged into it",), actor, now)
        CustomerStore(tx).add_merge(record)
        return customers.known(tx, kept_id)


def split(
    storage: Storage, customer_id: int, number_ids: Collection[int], name: str, actor: Actor, now: datetime
) -> Customer:
    """A new customer with these numbers, and with the forms and cases of calls from them. Raises NotFound, Forbidden,
    Refused when no number is chosen or none would stay."""
    with storage.writing() as tx:
        old = customers.known(tx, customer_id)
        chosen = [number for number in old.numbers if number.id in number_ids]
        require(Act.SPLIT, actor, ties_to_numbers(sight_of(tx, actor), chosen))
        if not chosen or len(chosen) != len(set(number_ids)):
            raise Refused("customers.numbers_of_this", field="number_ids")
        if len(chosen) == len(old.numbers):
            raise Refused("customers.number_must_stay", field="number_ids")
        # Theirs are the calls from a number of which no other extension stays here.
        stay = {number.number for number in old.numbers if number not in chosen}
        forms = CustomerStore(tx).form_ids(old.id or 0, {number.number for number in chosen} - stay)
        cases = CustomerStore(tx).case_ids(old.id or 0, {number.number for number in chosen} - stay, forms)
        new = CustomerStore(tx).add(
            Customer(
                name=name.strip(),
                preferred_way=_way(old),
                do_not_call=old.do_not_call,
                level=old.level,
                created_at=now,
                updated_at=now,
                updated_by=actor.name,
            )
        )
        CustomerStore(tx).move_numbers([number.id or 0 for number in chosen], new.id or 0)
        CustomerStore(tx).move_records(old.id or 0, new.id or 0, forms, cases)
        customers.save(tx, old, (f"{len(chosen)} numbers split off into customer:{new.id}",), actor, now)
        AuditLog(tx).add(now, actor.name, "customer.split", f"customer:{new.id}", f"from customer:{old.id}")
        return customers.known(tx, new.id or 0)


def undo_merge(storage: Storage, customer_id: int, merged_id: int, actor: Actor, now: datetime) -> Customer:
    """`merged_id` is somebody else after all: back go the numbers, forms and cases that came with the merge and are
    still here, and what was written of the one that stayed, unless it was changed since. Raises NotFound, Forbidden."""
    with storage.writing() as tx:
        kept = customers.known(tx, customer_id)
        record = CustomerStore(tx).merge_of(merged_id)
        other = CustomerStore(tx).by_id(merged_id)
        if record is None or other is None or customers.known(tx, merged_id).id != kept.id:
            raise NotFound("customers.not_merged", id=merged_id, into=customer_id)
        require(Act.UNDO_MERGE, actor, {Tie.MADE} if record.by == actor.name else ())
        if not CustomerStore(tx).undo_merge(record.id or 0, now):
            raise Conflict("customers.merge_undone")
        own = [number.id for number in kept.numbers]
        CustomerStore(tx).move_numbers([id for id in record.number_ids if id in own], merged_id)
        CustomerStore(tx).move_records(kept.id or 0, merged_id, record.form_ids, record.case_ids)
        customers.save(tx, dataclasses.replace(other, merged_into=None), ("merge undone",), actor, now)
        customers.save(tx, _as_before(kept, record), (f"customer:{merged_id} is somebody else again",), actor, now)
        return customers.known(tx, merged_id)


def _move_all(tx: Transaction, kept: Customer, other: Customer, actor: Actor, now: datetime) -> Merge:
    kept_id, other_id = kept.id or 0, other.id or 0
    forms, cases = CustomerStore(tx).form_ids(other_id), CustomerStore(tx).case_ids(other_id)
    moved = CustomerStore(tx).move_numbers([number.id or 0 for number in other.numbers], kept_id)
    CustomerStore(tx).move_records(other_id, kept_id, forms, cases)
    return Merge(kept_id, other_id, now, actor.name, moved, forms, cases, _written(kept), kept.version + 1)


def _written(customer: Customer) -> dict[str, Any]:
    """As JSON holds it."""
    values = {name: getattr(customer, name) for name in WRITTEN}
    return {**values, "consent_at": customer.consent_at.isoformat() if customer.consent_at else None}


def _as_before(kept: Customer, record: Merge) -> Customer:
    """The merge's own changes taken back. Of what somebody wrote since then nothing is touched."""
    if kept.version != record.kept_version or kept.id != record.kept_id or not record.kept_before:
        return kept
    before: dict[str, Any] = dict(record.kept_before)
    before["preferred_way"] = PreferredWay(before["preferred_way"])
    before["consent_at"] = datetime.fromisoformat(before["consent_at"]) if before["consent_at"] else None
    return dataclasses.replace(kept, **before)


def _way(customer: Customer) -> PreferredWay:
    """The will is kept where it can be: a mail address is not known of the new one."""
    return PreferredWay.PHONE if customer.preferred_way is PreferredWay.MAIL else customer.preferred_way
