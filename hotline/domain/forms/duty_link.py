"""B2: the link by which a duty person opens the log form of a call that they took, without an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LinkState(StrEnum):
    #: Nobody has opened it.
    NEW = "new"
    #: Opened, in this browser.
    OPEN = "open"
    #: Opened in another browser.
    ELSEWHERE = "elsewhere"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class DutyLink:
    """`opened_with`: SHA-256 of what the first browser was given, "" before. Only hashes are kept."""

    token_sha256: str
    form_id: int
    person: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    opened_at: datetime | None = None
    opened_with: str = ""
    used_at: datetime | None = None
    id: int | None = None


def link_state(link: DutyLink, browser_sha256: str, now: datetime) -> LinkState:
    """What the link is worth to the browser with that secret ("" for one that has none)."""
    if link.used_at is not None:
        return LinkState.USED
    if now >= link.expires_at:
        return LinkState.EXPIRED
    if not link.opened_with:
        return LinkState.NEW
    return LinkState.OPEN if link.opened_with == browser_sha256 else LinkState.ELSEWHERE
