"""A link that lets somebody in who has no account: to one thing, for one purpose, until a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.ids import id_in


class LinkState(StrEnum):
    #: Nobody has opened it in a browser yet, which it is then bound to.
    NEW = "new"
    #: It lets this browser in.
    OPEN = "open"
    #: It is bound to another browser.
    ELSEWHERE = "elsewhere"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


#: Of a link that still lets somebody in.
LIVING = frozenset({LinkState.NEW, LinkState.OPEN, LinkState.ELSEWHERE})


class HolderKind(StrEnum):
    PERSON = "person"
    DEPARTMENT = "department"
    CUSTOMER = "customer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom a link is. `id`: of the row of that kind, None for OTHER. `name`: of one of our own people or
    departments; a customer's is never kept here, their row has it."""

    kind: HolderKind
    id: int | None = None
    name: str = ""

    def __post_init__(self) -> None:
        if self.kind is HolderKind.CUSTOMER and self.name:
            raise ValueError("a customer's name stands with the customer alone")


@dataclass(frozen=True, slots=True)
class Link:
    """`object`: what it leads to, as the audit log has it ("form:12"). `one_use`: what it is for is done once.
    `one_browser`: it is bound to the browser that opens it first. `opened_with`: SHA-256 of what that browser was
    given, "" before. Only hashes are kept."""

    token_sha256: str
    purpose: str
    object: str
    holder: Holder
    created_at: datetime
    created_by: str
    expires_at: datetime
    one_use: bool = True
    one_browser: bool = True
    opened_at: datetime | None = None
    opened_with: str = ""
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_by: str = ""
    id: int = 0

    @property
    def object_id(self) -> int:
        """The number in `object`; 0 for none."""
        return id_in(self.object)


def link_state(link: Link, browser_sha256: str, now: datetime) -> LinkState:
    """What the link is worth to the browser with that secret ("" for one that has none)."""
    over = (
        (link.used_at is not None, LinkState.USED),
        (link.revoked_at is not None, LinkState.REVOKED),
        (now >= link.expires_at, LinkState.EXPIRED),
        (not link.one_browser, LinkState.OPEN),
        (not link.opened_with, LinkState.NEW),
        (link.opened_with == browser_sha256, LinkState.OPEN),
    )
    return next((state for holds, state in over if holds), LinkState.ELSEWHERE)
