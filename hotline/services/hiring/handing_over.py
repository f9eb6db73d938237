"""What somebody has open goes to somebody else though they do not leave by the page of operators: who has no extension,
whose account is deactivated or over (业务电话 12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.accounts.user import User
from hotline.domain.errors import NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.exchange import Exchange
from hotline.services.hiring.leaving import as_holder, can_take_over
from hotline.services.hiring.ways_left import WaysLeft, ways_left
from hotline.services.open_matter import OpenMatter, hand_all_over, open_matters
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SeenOpen:
    """`successors`: who can take it over, (user name, name). `ways`: what else lets them in."""

    user: User
    matters: Sequence[OpenMatter]
    successors: tuple[tuple[str, str], ...]
    ways: WaysLeft


def see_open(exchange: Exchange, actor: Actor, username: str, now: datetime) -> SeenOpen:
    """As if they left now: what is theirs only later counts too. Raises Forbidden, NotFound."""
    require_right(Act.HIRE_OPERATORS, actor)
    settings = exchange.in_force()
    with exchange.storage.reading() as tx:
        user = _user(tx, username)
        able = [each for each in UserStore(tx).all() if _fits(each, user, settings, now)]
        matters, ways = open_matters(tx, as_holder(user, now)), ways_left(tx, username, now)
    return SeenOpen(user, matters, tuple((each.username, each.display_name) for each in able), ways)


def hand_over(exchange: Exchange, actor: Actor, username: str, successor: str, now: datetime) -> int:
    """All of it; how many there were. Raises Forbidden, NotFound, Refused for whoever cannot take it over."""
    require_right(Act.HIRE_OPERATORS, actor)
    settings = exchange.in_force()
    with exchange.storage.writing() as tx:
        user, to = _user(tx, username), UserStore(tx).by_username(successor)
        if to is None or not _fits(to, user, settings, now):
            raise Refused("hiring.cannot_take_over", field="successor", name=successor[:64])
        count = hand_all_over(tx, as_holder(user, now), as_holder(to), now, actor.name)
        AuditLog(tx).add(now, actor.name, "operator.hand_over", f"user:{username}", f"{count} to {successor}")
    return count


def _user(tx: Transaction, username: str) -> User:
    found = UserStore(tx).by_username(username)
    if found is None:
        raise NotFound("accounts.no_user", username=username[:64])
    return found


def _fits(user: User, of: User, settings: Settings, now: datetime) -> bool:
    """What is an extension's goes to an extension; all else to whoever may do the same work."""
    if of.extension:
        return can_take_over(user, settings, of.extension, now)
    return user.username != of.username and user.may_enter(now) and not set(user.roles).isdisjoint(of.roles)
