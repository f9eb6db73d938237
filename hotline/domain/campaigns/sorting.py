"""Who of those whom a campaign could be for is not asked, and why (E3, E10, PIPL)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from hotline.domain.campaigns.campaign import Basis, LeftOut, Member
from hotline.domain.customers.customer import Customer, PreferredWay
from hotline.domain.numbers import Number

#: Numbers of mainland China begin so.
_HOME = "+86"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of those who are looked at. `people`: all whose number it is, by number; `customers`: by id.
    `own`: our own people's numbers. `busy`, `recent`: numbers and customers with an open visit, or one made lately."""

    basis: Basis
    own: Collection[Number]
    people: dict[Number, list[Customer]] = field(default_factory=dict)
    customers: dict[int, Customer] = field(default_factory=dict)
    busy: Collection[Number | int] = frozenset()
    recent: Collection[Number | int] = frozenset()


class Seen:
    """Who was looked at already: the same number or the same customer is asked once."""

    def __init__(self) -> None:
        self._keys: set[Number | int] = set()

    def take(self, member: Member) -> bool:
        """False for somebody who was there before."""
        keys = _keys_of(member)
        fresh = self._keys.isdisjoint(keys)
        self._keys.update(keys)
        return fresh


def why_left_out(member: Member, known: Circumstances, seen: Seen | None) -> LeftOut | None:
    """None for who is asked. `seen`: None where duplicates were sorted out before."""
    if not member.number:
        return LeftOut.NO_NUMBER
    if not member.number.startswith(_HOME):
        return LeftOut.FOREIGN
    if member.number in known.own:
        return LeftOut.OWN_STAFF
    if seen is not None and not seen.take(member):
        return LeftOut.DUPLICATE
    people = _people(member, known)
    by_will = _will(people, known.basis)
    if by_will is not None:
        return by_will
    keys = _keys_of(member)
    if not keys.isdisjoint(known.busy):
        return LeftOut.BUSY
    return LeftOut.RECENT if not keys.isdisjoint(known.recent) else None


def _will(people: Sequence[Customer], basis: Basis) -> LeftOut | None:
    """E10 holds by number and by customer: one who says no is enough."""
    if any(each.do_not_call for each in people):
        return LeftOut.DO_NOT_CALL
    if any(each.preferred_way is PreferredWay.NONE for each in people):
        return LeftOut.WANTS_NONE
    if basis is Basis.CONSENT and not any(each.consent_at is not None for each in people):
        return LeftOut.NO_CONSENT
    return None


def _people(member: Member, known: Circumstances) -> list[Customer]:
    found = list(known.people.get(member.number, ()))
    own = known.customers.get(member.customer_id or 0)
    return found if own is None or any(each.id == own.id for each in found) else [own, *found]


def _keys_of(member: Member) -> set[Number | int]:
    keys: set[Number | int] = {member.number} if member.number else set()
    return keys | {member.customer_id} if member.customer_id is not None else keys
