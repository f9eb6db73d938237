"""E11: each customer has a person; new ones are shared out evenly, and contacted within a week by a visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.errors import NotFound, Refused
from hotline.domain.owners.sharing import Load, share_out
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.visit import Origin
from hotline.services.access import require_right
from hotline.services.customers.customers import known
from hotline.services.looks import note_look
from hotline.services.visits.planning import plan
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.owners.store import Fresh, Owned, OwnerStore
from hotline.storage.transaction import Storage, Transaction

#: Customers of one transaction: SQLite has one writer, and calls come in meanwhile.
_AT_ONCE = 100
#: So many of one run; those who are more come with the next one.
_A_RUN = 2000
#: Who shares out.
JOB = "owners"


@dataclass(frozen=True, slots=True)
class SeenOwner:
    """One who has customers, or may have some. `active`: gets new ones."""

    username: str
    name: str
    load: Load
    active: bool


@dataclass(frozen=True, slots=True)
class SeenOwned:
    """A page of somebody's customers: whose they are, their names by id, and who else gets customers."""

    owner: SeenOwner
    others: Sequence[SeenOwner]
    customers: Mapping[int, str]
    owned: Mapping[int, Owned]


def share_out_new(storage: Storage, settings: Settings, now: datetime) -> int:
    """Every customer that nobody has; how many. Doing it again finds nothing more."""
    if not settings.owners.share_out:
        return 0
    shared = 0
    while shared < _A_RUN:
        with storage.reading() as tx:
            if not OwnerStore(tx).without(1) or not owners(tx, now):
                break
        with storage.writing() as tx:
            some = OwnerStore(tx).without(_AT_ONCE)
            shared += _share(tx, settings, some, now)
        if len(some) < _AT_ONCE:
            break
    return shared


def owners(tx: Transaction, now: datetime) -> dict[str, str]:
    """Names of those who may have customers, by user name."""
    return {
        user.username: user.display_name
        for user in UserStore(tx).all()
        if user.may_enter(now) and may(Act.OWN_CUSTOMERS, user.roles, {Tie.OWNS})
    }


def owner_of(tx: Transaction, customer_id: int | None) -> str:
    """The user name of whose customer it is, "" for nobody's."""
    found = OwnerStore(tx).of(customer_id) if customer_id is not None else None
    return found.owner if found is not None else ""


def assign_owner(
    storage: Storage, settings: Settings, customer_id: int, username: str, actor: Actor, now: datetime
) -> None:
    """Somebody else has this customer from now on. Raises Forbidden, NotFound, Refused for who may have none."""
    require_right(Act.ASSIGN_OWNER, actor)
    with storage.writing() as tx:
        customer = known(tx, customer_id)
        if username not in owners(tx, now):
            raise Refused("owners.nobody", field="owner")
        _give(
            tx, settings, Fresh(customer.id or 0, customer.level, customer.created_at or now), username, actor.name, now
        )


def see_owners(storage: Storage, actor: Actor, now: datetime) -> Sequence[SeenOwner]:
    """All who have customers or may have some; who leads sees theirs, others themselves. Raises Forbidden."""
    require_right(Act.SEE_OWNERS, actor)
    with storage.reading() as tx:
        found = _seen(tx, actor, now)
    note_look(storage, actor, now, "owners.view", "owners")
    return found


def see_owned(storage: Storage, username: str, actor: Actor, now: datetime, limit: int, offset: int = 0) -> SeenOwned:
    """Somebody's customers. Raises Forbidden, NotFound for somebody of whom whoever asks sees nothing."""
    require_right(Act.SEE_OWNERS, actor)
    with storage.reading() as tx:
        every = _seen(tx, actor, now)
        who = next((each for each in every if each.username == username), None)
        if who is None:
            raise NotFound("owners.no_owner", got=username)
        ids, others = OwnerStore(tx).customers_of(username, limit, offset), [each for each in every if each.active]
        seen = SeenOwned(who, others, OwnerStore(tx).named(ids), OwnerStore(tx).of_all(ids))
    note_look(storage, actor, now, "owners.view", "owners", username)
    return seen


def _seen(tx: Transaction, actor: Actor, now: datetime) -> list[SeenOwner]:
    loads, active = OwnerStore(tx).loads(), owners(tx, now)
    names = {user.username: user.display_name for user in UserStore(tx).all()}
    every = sorted({*loads, *active}, key=lambda each: (names.get(each, each), each))
    return [
        SeenOwner(each, names.get(each, each), loads.get(each, Load()), each in active)
        for each in every
        if may(Act.SEE_OWNERS, actor.roles, _ties(each, actor))
    ]


def _ties(username: str, actor: Actor) -> frozenset[Tie]:
    led = {Tie.LED} if username in actor.led.usernames else set()
    return frozenset(led | ({Tie.OWNS} if username == actor.name else set()))


def _share(tx: Transaction, settings: Settings, some: Sequence[Fresh], now: datetime) -> int:
    loads = OwnerStore(tx).loads()
    able = {name: loads.get(name, Load()) for name in owners(tx, now)}
    by_id = {each.customer_id: each for each in some}
    shared = share_out([(each.customer_id, potential_of(settings, each.level)) for each in some], able)
    for customer_id, username in shared.items():
        _give(tx, settings, by_id[customer_id], username, JOB, now)
    return len(shared)


def potential_of(settings: Settings, level: str) -> int:
    """How much a customer of this level counts."""
    return settings.owners.potential.get(level, 1)


def _give(tx: Transaction, settings: Settings, fresh: Fresh, username: str, by: str, now: datetime) -> None:
    before = OwnerStore(tx).of(fresh.customer_id)
    visit_id = before.visit_id if before is not None else None
    potential = potential_of(settings, fresh.level)
    OwnerStore(tx).give(Owned(fresh.customer_id, username, potential, now, by, visit_id))
    AuditLog(tx).add(now, by, "customer.give", f"customer:{fresh.customer_id}", username)
    if before is None:
        _first_contact(tx, settings, fresh, username, now)


def _first_contact(tx: Transaction, settings: Settings, fresh: Fresh, username: str, now: datetime) -> None:
    """Of who is new. Somebody who is known for longer has had it, or it is late for it."""
    days = settings.owners.first_contact_days
    if not days or now - fresh.created_at >= timedelta(days=days):
        return
    new = NewVisit(
        Origin.NEW_CUSTOMER,
        fresh.created_at,
        subject_id=fresh.customer_id,
        purpose="新客户首次联系",
        customer_id=fresh.customer_id,
        days=days,
        visitor=username,
        key=f"new_customer:{fresh.customer_id}",
    )
    visit = plan(tx, settings, new, JOB, now)
    if visit is not None:
        OwnerStore(tx).contacted_by(fresh.customer_id, visit.id or 0)
