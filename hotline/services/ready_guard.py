"""What stands against somebody's being ready, as features tell of it: in `hotline/services/<feature>/ready_guard.py`,
`READY_GUARD`. It is asked when they want to be ready, and never of who talks or is ready already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hotline.discovery import gathered
from hotline.domain.errors import Refused
from hotline.domain.reasons import Reason
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ReadyGuard:
    """`why_not`: of whoever has this extension; None: nothing."""

    why_not: Callable[[Transaction, Settings, str, datetime], Reason | None]


def require_may_be_ready(tx: Transaction, settings: Settings, extension: str, now: datetime) -> None:
    """Raises Refused, by the first that has something against it."""
    for guard in gathered("hotline.services", "ready_guard", "READY_GUARD", ReadyGuard):
        reason = guard.why_not(tx, settings, extension, now)
        if reason is not None:
            raise Refused.of(reason, "")
