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
class AfterDial:
    """`is_open`: the thing is still to be done; `next_try_at`: when it is dialled again, if that is known."""

    is_open: bool = False
    next_try_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FormStart:
    """What the log form of a dialled call begins with, by what is dialled for; "" for what is not known."""

    category: str = ""
    content: str = ""
    caller_name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class DialledKind:
    """`kind`: as `Wish.object_kind` names it, and the audit log. `wish`: what is dialled for the object of this id;
    raises NotFound, Forbidden when it is not theirs to dial, Refused when it is done. `ended`: called once a dial, in
    the transaction that writes how it ended. `said`: called in that in which the operator says that a dial which was
    answered reached a machine or somebody else, whatever it was for, and while it lasts too. `after`: what is to be
    done after the dial, as whoever dialled sees it. `form`: what the log form of its call begins with."""

    kind: str
    wish: Callable[[Transaction, Actor, int, datetime], Wish]
    ended: Callable[[Transaction, Settings, Dial, datetime], None]
    said: Callable[[Transaction, Settings, Dial, datetime], None] | None = None
    after: Callable[[Transaction, Dial], AfterDial] | None = None
    form: Callable[[Transaction, Dial], FormStart] | None = None


@cache
def dialled_kinds() -> Mapping[str, DialledKind]:
    """Of all features, by kind. Raises ValueError when two tell of one."""
    told = gathered("hotline.services", "dialled", "DIALLED", DialledKind)
    return together({each.kind: each} for each in told)
