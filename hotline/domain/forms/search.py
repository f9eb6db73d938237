"""What log forms are searched by, and whom they begin with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.forms.form import FormState
from hotline.domain.led import LedSpan
from hotline.domain.rights.seeing import NumberAsked
from hotline.domain.staff.records import Tenure


@dataclass(frozen=True, slots=True)
class FormFilter:
    """What forms are searched by; None or "" means any.

    `overdue_at`: those still open whose time was over then (B2). `promised`: with a promise that is not kept yet, the
    earliest due first. `text`: part of the caller's name or number, of content, handling or promise; `asked`: who sees
    numbers masked finds by the number only this. `among`: ids of those in which the words of `text` stand; where `text`
    is given too, each is looked at again. `owners`: extensions or mobile numbers; `had`: of calls at these
    extensions in these times (None: any; () none); `owner_names`: or taken on the duty mobile by whoever is called so;
    `led`: or one of those, with the call.
    """

    state: FormState | None = None
    owners: tuple[str, ...] = ()
    had: tuple[Tenure, ...] | None = None
    owner_names: tuple[str, ...] = ()
    led: tuple[LedSpan, ...] = ()
    asked: NumberAsked | None = None
    origin: str = ""
    overdue_at: datetime | None = None
    promised: bool = False
    unanswered: bool = False
    category: str = ""
    text: str = ""
    among: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """The only customer that has a number, as far as a form begins with it."""

    id: int
    name: str
    region: str
    address: str
