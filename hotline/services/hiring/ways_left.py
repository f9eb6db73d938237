"""What lets in without an account and was made by somebody who leaves: they may know it (业务电话 12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.accounts.audit import AuditFilter
from hotline.storage.accounts.tokens import TokenStore
from hotline.storage.audit import AuditLog
from hotline.storage.floor.store import WallboardDisplayStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class WaysLeft:
    """Names: of displays on a wall and tokens of the API that are valid. Others go by them too, so that nothing ends
    them by itself."""

    displays: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.displays or self.tokens)


def ways_left(tx: Transaction, username: str, now: datetime) -> WaysLeft:
    if not username:
        return WaysLeft()
    displays = (each.name for each in WallboardDisplayStore(tx).all() if each.created_by == username)
    valid = (each.name for each in TokenStore(tx).all() if each.revoked_at is None and not each.has_expired(now))
    return WaysLeft(tuple(displays), tuple(each for each in valid if _maker_of_token(tx, each) == username))


def _maker_of_token(tx: Transaction, name: str) -> str:
    """As the audit log has it; "" where it does not reach so far back."""
    made = AuditLog(tx).search(AuditFilter(action="token.create", object=f"token:{name}"), 1)
    return made[0].who if made else ""
