"""Whoever has an extension and is let in no more: their phone is rung by no way (业务电话 12)."""

from __future__ import annotations

from datetime import datetime

from hotline.storage.accounts.users import UserStore
from hotline.storage.transaction import Transaction


def extensions_let_in_no_more(tx: Transaction, now: datetime) -> frozenset[str]:
    """Of those whose account is deactivated or over. Extensions without an account are none of them."""
    return frozenset(user.extension for user in UserStore(tx).all() if user.extension and not user.may_enter(now))
