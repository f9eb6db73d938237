"""What features tell of what is dialled for: `DIALLED` in hotline/services/<feature>/dialled.py. Whatever calls a
customer here goes this way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from hotline.discovery import gathered, together
from hotline.domain.dialling.dial import Dial, Wish
from hotline.domain.people import Actor
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class DialledKind:
    """`kind`: as `Wish.object_kind` names it, and the audit log. `wish`: what is dialled for the object of this id;
    raises NotFound, Forbidden when it is not theirs to dial, Refused when it is done. `ended`: called once a dial, in
    the transaction that writes how it ended. `said`: called in that in which the operator says that a dial which was
    answered reached a machine or somebody else, whatever it was for."""

    kind: str
    wish: Callable[[Transaction, Actor, int], Wish]
    ended: Callable[[Transaction, Settings, Dial, datetime], None]
    said: Callable[[Transaction, Settings, Dial, datetime], None] | None = None


@cache
def dialled_kinds() -> Mapping[str, DialledKind]:
    """Of all features, by kind. Raises ValueError when two tell of one."""
    told = gathered("hotline.services", "dialled", "DIALLED", DialledKind)
    return together({each.kind: each} for each in told)
