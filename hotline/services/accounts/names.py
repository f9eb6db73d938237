"""What the persons are called whose user names stand on record."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.storage.accounts.users import UserStore
from hotline.storage.transaction import Storage, Transaction


def account_names(storage: Storage) -> Mapping[str, str]:
    """The name of each account, of those that are closed too, by user name."""
    with storage.reading() as tx:
        return {user.username: user.display_name for user in UserStore(tx).all()}


def account_name(tx: Transaction, username: str) -> str:
    """Of one account; what was given where there is none of this name."""
    user = UserStore(tx).by_username(username)
    return user.display_name if user else username
