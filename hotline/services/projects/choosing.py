"""Whom a form of projects chooses: the customer by what was typed, and the people who may inspect."""

from __future__ import annotations

import re
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.customers.customer import Customer
from hotline.domain.customers.search import CustomerQuery
from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may_ever
from hotline.domain.text import one_line
from hotline.services.access import require_right
from hotline.services.customers.customers import known
from hotline.storage.accounts.users import UserStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage

_ID = re.compile(r"#([0-9]{1,10})(?:\s.*)?")


def choose_customer(storage: Storage, written: str, actor: Actor) -> int:
    """The id of whom `written` means: #12, a number in any spelling, or the whole name of a person or company. Raises
    Forbidden, NotFound for an id, Refused where nobody or several are meant."""
    require_right(Act.READ_CUSTOMERS, actor)
    text = one_line(written)
    with storage.reading() as tx:
        if found := _ID.fullmatch(text):
            return known(tx, int(found[1])).id or 0
        number = numbers.normalise(text)
        if number:
            same = CustomerStore(tx).of_number(number)
        else:
            page = CustomerStore(tx).search(CustomerQuery(words=(text.casefold(),)), 50)
            same = [each for each in page.customers if text in (each.name, each.company)]
    return _the_one(same).id or 0


def _the_one(same: list[Customer]) -> Customer:
    if len(same) == 1:
        return same[0]
    if same:
        raise Refused("projects.several_customers_typed", field="customer")
    raise Refused("projects.no_customer_typed", field="customer")


def people_to_choose(storage: Storage, actor: Actor, now: datetime) -> dict[str, str]:
    """Names of those who may write the record of an inspection, by user name. Raises Forbidden."""
    require_right(Act.EDIT_PROJECTS, actor)
    with storage.reading() as tx:
        return {
            user.username: user.display_name
            for user in sorted(UserStore(tx).all(), key=lambda each: each.display_name)
            if user.may_enter(now) and may_ever(Act.RECORD_INSPECTION, user.roles)
        }
