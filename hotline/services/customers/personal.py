"""G3: what is known of a customer, in a person's copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hotline.domain import numbers
from hotline.domain.customers.anonymous import anonymous_customer, keeps_numbers
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.errors import Outdated
from hotline.domain.retention.privacy import Person
from hotline.services.personal import Copied, CopyColumn, Copying, Erasing, PersonalPart
from hotline.storage.customers.person import PersonCustomerStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Transaction

_FIELDS = (
    "name",
    "company",
    "region",
    "address",
    "mail",
    "preferred_way",
    "do_not_call",
    "consent_at",
    "note",
    "created_at",
    "updated_at",
)


def _numbers(customer: Customer) -> list[str]:
    return [each.number for each in customer.numbers]


def _beside_numbers(customer: Customer) -> list[str]:
    return [_written(each) for each in customer.numbers if each.extension or each.label]


def _written(number: CustomerNumber) -> str:
    """What stands beside it."""
    return " ".join(filter(None, (numbers.as_dialled(number.number), number.extension, number.label)))


class Customers(PersonalPart[Customer]):
    name, place = "customers", 10
    readme = ("customers.csv 客户资料", "customers.csv: what is known of you")
    columns = (
        *map(CopyColumn, _FIELDS),
        CopyColumn("numbers", _numbers),
        CopyColumn("beside_numbers", _beside_numbers, "extensions and labels"),
        CopyColumn("level"),
    )

    def find(self, tx: Transaction, person: Person) -> Sequence[Customer]:
        return person.customers

    def copy(self, tx: Transaction, found: Sequence[Customer], copying: Copying) -> Copied:
        copied = super().copy(tx, found, copying)
        merges = PersonCustomerStore(tx).merges(copying.person.whose.customer_ids)
        before = [merge.kept_before for merge in merges if merge.kept_before]
        return replace(copied, also={"customers_before_merging": before} if before else {})

    def erase(self, tx: Transaction, found: Sequence[Customer], erasing: Erasing) -> int:
        for customer in found:
            self._forget(tx, customer, erasing)
        PersonCustomerStore(tx).forget_merges([each.id or 0 for each in found], erasing.now)
        return len(found)

    def _forget(self, tx: Transaction, customer: Customer, erasing: Erasing) -> None:
        if keeps_numbers(customer):
            PersonCustomerStore(tx).forget_labels(customer.id or 0)
        else:
            for number in customer.numbers:
                CustomerStore(tx).remove_number(customer.id or 0, number.id or 0)
        changed = replace(
            anonymous_customer(customer),
            version=customer.version + 1,
            updated_at=erasing.now,
            updated_by=erasing.actor.name,
        )
        if not CustomerStore(tx).update(changed, customer.version):
            raise Outdated("customers.changed_meanwhile")


PARTS = (Customers(),)
