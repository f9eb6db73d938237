"""Whose reports and summaries somebody may see: of those whom they lead."""

from __future__ import annotations

from hotline.domain.people import Actor
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


def led_people(tx: Transaction, actor: Actor) -> set[int]:
    """Ids of persons whom they lead now, by their accounts and by their extensions."""
    if not actor.led.usernames and not actor.led.spans:
        return set()
    accounts = {user.id for user in UserStore(tx).all() if user.username in actor.led.usernames}
    found = {each.id for each in StaffStore(tx).all(active_only=False) if each.user_id in accounts and each.id}
    open_spans = {span.extension for span in actor.led.spans if span.until is None}
    now = (each for each in TenureStore(tx).search() if each.until is None and each.extension in open_spans)
    return found | {each.person_id for each in now}
