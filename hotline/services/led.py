"""Whom somebody leads now, by teams and departments: as their leader, or as who acts for one who is away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from hotline.domain.led import NOBODY, Led, LedSpan
from hotline.domain.staff.records import Membership, Person, Tenure
from hotline.domain.staff.spans import holds_at, overlap
from hotline.services.staff.tenures import tenures_of_account
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.spans import MemberStore, TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


def led_by(storage: Storage, user_id: int, now: datetime) -> Led:
    """`NOBODY` for who leads nothing. Raises StorageError."""
    with storage.reading() as tx:
        leader = StaffStore(tx).person_of_user(user_id)
        members = list(_members(tx, leader.id, now)) if leader is not None and leader.id is not None else []
        if not members:
            return NOBODY
        people = {each.id: each for each in StaffStore(tx).all(active_only=False)}
        spans = tuple(span for each in members for span in _spans(each, _tenures(tx, people[each.person_id])))
        return Led(spans, _usernames(tx, members, now))


def _members(tx: Transaction, leader_id: int, now: datetime) -> Iterator[Membership]:
    """Of all that they lead now, whenever each of them belonged to it."""
    for unit_id, acting in StaffStore(tx).leaders(now).items():
        if acting == leader_id:
            yield from MemberStore(tx).search(unit_id=unit_id)


def _tenures(tx: Transaction, person: Person) -> Sequence[Tenure]:
    """As whoever has an account counts them themselves."""
    user = UserStore(tx).by_id(person.user_id) if person.user_id is not None else None
    if user is None or user.id is None:
        return TenureStore(tx).search(person.id)
    return tenures_of_account(tx, user.id, user.extension)


def _spans(member: Membership, tenures: Sequence[Tenure]) -> Iterator[LedSpan]:
    for tenure in tenures:
        if overlap(member, tenure):
            since = max((at for at in (member.since, tenure.since) if at is not None), default=None)
            until = min((at for at in (member.until, tenure.until) if at is not None), default=None)
            yield LedSpan(tenure.extension, since, until)


def _usernames(tx: Transaction, members: list[Membership], now: datetime) -> frozenset[str]:
    there = {each.person_id for each in members if holds_at(each, now)}
    accounts = {each.user_id for each in StaffStore(tx).all(active_only=False) if each.id in there}
    return frozenset(user.username for user in UserStore(tx).all() if user.id in accounts)
