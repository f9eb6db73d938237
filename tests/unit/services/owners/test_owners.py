"""E11: new customers are shared out, contacted within a week, and go on when their person leaves."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from hotline.domain.accounts.user import User
from hotline.domain.calendar import local_day
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.domain.time import SHANGHAI
from hotline.domain.visits.visit import Origin
from hotline.services.customers import customers
from hotline.services.open_matter import Holder, hand_all_over, open_matters
from hotline.services.owners import owners
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.owners.store import OwnerStore
from hotline.storage.transaction import Storage
from hotline.storage.visits.store import VisitStore

BOSS = Actor("boss", (Role.SUPERVISOR,), "班长")
LI = Actor("li", (Role.OPERATOR,), "李", 1, "1001")
NOW = datetime(2026, 3, 16, 10, tzinfo=SHANGHAI)


@pytest.fixture
def sharing(storage: Storage, settings: Settings) -> Settings:
    """Two operators, and settings by which customers are shared out."""
    with storage.writing() as tx:
        for name, roles in (("li", (Role.OPERATOR,)), ("zhou", (Role.OPERATOR,)), ("boss", (Role.SUPERVISOR,))):
            UserStore(tx).add(User(name, name, "x", roles, False, True, NOW))
    changed = settings.owners.model_copy(update={"share_out": True, "potential": {"important": 5}})
    return settings.model_copy(update={"owners": changed})


def a_customer(storage: Storage, number: str, at: datetime = NOW, level: str = "") -> int:
    new = Customer(name=number, level=level, numbers=(CustomerNumber(normalise(number)),))
    return customers.create(storage, new, BOSS, at).id or 0


def having(storage: Storage) -> dict[str, tuple[int, int]]:
    with storage.reading() as tx:
        return {name: (load.customers, load.potential) for name, load in OwnerStore(tx).loads().items()}


def test_new_customers_are_shared_out_evenly_and_once(storage: Storage, sharing: Settings) -> None:
    for place in range(9):
        a_customer(storage, f"1380013{place:04}", level="important" if place < 3 else "")
    assert [owners.share_out_new(storage, sharing, NOW) for _ in range(2)] == [9, 0]
    assert having(storage) == {"li": (4, 12), "zhou": (5, 9)}


def test_nothing_is_shared_out_where_the_settings_do_not_say_so(storage: Storage, settings: Settings) -> None:
    a_customer(storage, "13800138000")
    assert owners.share_out_new(storage, settings, NOW) == 0


def test_the_first_contact_is_a_visit_within_seven_days(storage: Storage, sharing: Settings) -> None:
    new = a_customer(storage, "13800138000")
    known_before = a_customer(storage, "13900139000", NOW - timedelta(days=8))
    owners.share_out_new(storage, sharing, NOW)
    with storage.reading() as tx:
        (visit,) = VisitStore(tx).of_subject(Origin.NEW_CUSTOMER, new)
        owned = OwnerStore(tx).of(new)
        assert VisitStore(tx).of_subject(Origin.NEW_CUSTOMER, known_before) == []
    assert owned is not None
    assert (owned.owner, owned.visit_id) == (visit.visitor, visit.id)
    assert local_day(visit.due_at - timedelta(seconds=1)) == local_day(NOW + timedelta(days=7))


def test_when_a_person_leaves_their_customers_go_on(storage: Storage, sharing: Settings) -> None:
    for place in range(4):
        a_customer(storage, f"1380013{place:04}")
    owners.share_out_new(storage, sharing, NOW)
    li, zhou = Holder("li", "", "李"), Holder("zhou", "", "周")
    with storage.writing() as tx:
        kinds = Counter(each.kind for each in open_matters(tx, li))
        assert kinds["owned_customer"] == 2
        hand_all_over(tx, li, zhou, NOW, "boss")
    assert having(storage) == {"zhou": (4, 4)}


def test_a_supervisor_gives_a_customer_to_somebody_else(storage: Storage, sharing: Settings) -> None:
    customer_id = a_customer(storage, "13800138000")
    owners.assign_owner(storage, sharing, customer_id, "zhou", BOSS, NOW)
    owners.assign_owner(storage, sharing, customer_id, "li", BOSS, NOW)
    assert having(storage) == {"li": (1, 1)}
    with pytest.raises(Refused, match=r"owners\.nobody"):
        owners.assign_owner(storage, sharing, customer_id, "boss", BOSS, NOW)
    with pytest.raises(Forbidden):
        owners.assign_owner(storage, sharing, customer_id, "zhou", LI, NOW)


def test_operators_see_their_own_customers_alone(storage: Storage, sharing: Settings) -> None:
    for place in range(2):
        a_customer(storage, f"1380013{place:04}")
    owners.share_out_new(storage, sharing, NOW)
    assert [each.username for each in owners.see_owners(storage, LI, NOW)] == ["li"]
    with pytest.raises(NotFound):
        owners.see_owned(storage, "zhou", LI, NOW, 10)
    assert {each.username for each in owners.see_owners(storage, BOSS, NOW)} == {"li", "zhou"}
