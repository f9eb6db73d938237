"""Which of our people has which account."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from hotline.storage.accounts.tables import user
from hotline.storage.staff.tables import person
from hotline.storage.transaction import Transaction


def persons_of_accounts(tx: Transaction) -> Mapping[str, int]:
    """The person's id, by user name."""
    rows = tx.connection.execute(select(user.c.username, person.c.id).join(person, person.c.user_id == user.c.id))
    return {row[0]: row[1] for row in rows}
