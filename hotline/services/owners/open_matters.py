"""The customers whom somebody has (E11): they go on when they leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from hotline.services.open_matter import Holder, OpenMatter, OpenMatters
from hotline.storage.audit import AuditLog
from hotline.storage.owners.store import OwnerStore
from hotline.storage.transaction import Transaction

#: More than anybody has.
_MOST = 100_000


def _find(tx: Transaction, holder: Holder) -> Iterator[OpenMatter]:
    if not holder.username:
        return
    for customer_id in OwnerStore(tx).customers_of(holder.username, _MOST):
        yield OpenMatter("owned_customer", customer_id, f"#{customer_id}", None)


def _hand_over(tx: Transaction, matter: OpenMatter, to: Holder, now: datetime, by: str) -> None:
    owned = OwnerStore(tx).of(matter.id)
    assert owned is not None
    OwnerStore(tx).give(replace(owned, owner=to.username, since=now, by=by))
    AuditLog(tx).add(now, by, "customer.give", f"customer:{matter.id}", to.username)


MATTERS = OpenMatters(_find, _hand_over)
