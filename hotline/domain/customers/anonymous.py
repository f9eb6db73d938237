"""What stays of a customer who asked that their data be deleted (G3)."""

from __future__ import annotations

from dataclasses import replace

from hotline.domain.customers.customer import Customer, PreferredWay


def anonymous_customer(customer: Customer) -> Customer:
    """Without all that tells who it is. That they do not want to be called or asked stays (E3, E10); so do then the
    numbers, without which nobody could heed it, but not what was written beside them."""
    numbers = tuple(replace(each, label="") for each in customer.numbers) if keeps_numbers(customer) else ()
    way = PreferredWay.NONE if customer.preferred_way is PreferredWay.NONE else PreferredWay.PHONE
    return replace(
        customer,
        name="",
        company="",
        region="",
        address="",
        mail="",
        note="",
        consent_at=None,
        preferred_way=way,
        numbers=numbers,
    )


def keeps_numbers(customer: Customer) -> bool:
    return customer.do_not_call or customer.preferred_way is PreferredWay.NONE
