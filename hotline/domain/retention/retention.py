"""How long the law keeps a recording (E2), and whether it may go. Pure.

A term of years ends with the whole day, in Shanghai, that has the same date; 29 February has its anniversary on
1 March. So nothing ever goes a day too early: what may go does so from the midnight that follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from hotline.domain.reasons import Unfit
from hotline.domain.time import SHANGHAI, midnight

#: E2: no setting makes it shorter.
LEAST_YEARS = 3


class KeptWhy(StrEnum):
    """Why a recording stays, or goes."""

    #: The call has not ended, as far as the ledger knows.
    NOT_ENDED = "not_ended"
    #: A callback or case of the call is still open.
    OPEN = "open"
    HOLD = "hold"
    #: Longer than others, by the category of the call's log form.
    CATEGORY = "category"
    TERM = "term"
    #: Nothing keeps it any more.
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Terms:
    """`years` for every recording, more for calls recorded under one of `categories`. Raises ValueError for less than
    three years: nothing ever means "delete all"."""

    years: int = LEAST_YEARS
    categories: Mapping[str, int] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if any(years < LEAST_YEARS for years in (self.years, *self.categories.values())):
            raise Unfit("retention.least_years", years=LEAST_YEARS)

    def of(self, category: str) -> int:
        """A category makes it longer, never shorter."""
        return max(self.years, self.categories.get(category, 0))


@dataclass(frozen=True, slots=True)
class LegalHold:
    """A call whose recordings stay beyond their time. `until` None: until somebody lifts it."""

    node: str
    linkedid: str
    reason: str
    set_by: str
    set_at: datetime
    until: datetime | None = None
    lifted_at: datetime | None = None
    lifted_by: str = ""
    id: int | None = None

    def stands(self, now: datetime) -> bool:
        return self.lifted_at is None and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class KeptFor:
    """What the term of a call's recordings is counted from. `ended_at` None: no end is known. `visits`: when callbacks
    to and cases of the call were closed; `open_matters`: how many are not. `category` of the call's log form."""

    ended_at: datetime | None
    visits: tuple[datetime, ...] = ()
    open_matters: int = 0
    category: str = ""
    hold: LegalHold | None = None


@dataclass(frozen=True, slots=True)
class RetentionVerdict:
    """`until`: the first moment at which it may go; None while nobody knows. `may_go` now, or not; and why."""

    may_go: bool
    until: datetime | None
    why: KeptWhy


def anniversary(day: date, years: int) -> date:
    """The day of the same date so many years later; for 29 February, where there is none, 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def end_of_term(moment: datetime, years: int) -> datetime:
    """The midnight, in Shanghai, after the anniversary of the moment's day there; as UTC."""
    return midnight(anniversary(moment.astimezone(SHANGHAI).date(), years) + timedelta(days=1))


def last_contact(kept: KeptFor) -> datetime | None:
    """The end of the call or its last visit, whichever is later."""
    return max(kept.ended_at, *kept.visits) if kept.ended_at and kept.visits else kept.ended_at


def judge(kept: KeptFor, terms: Terms, now: datetime) -> RetentionVerdict:
    """Whether these recordings may go now."""
    latest = last_contact(kept)
    if latest is None:
        return RetentionVerdict(False, None, KeptWhy.NOT_ENDED)
    years = terms.of(kept.category)
    until = end_of_term(latest, years)
    hold = kept.hold if kept.hold and kept.hold.stands(now) else None
    if kept.open_matters:
        return RetentionVerdict(False, None, KeptWhy.OPEN)
    if hold is not None and (hold.until is None or hold.until > until):
        return RetentionVerdict(False, hold.until, KeptWhy.HOLD)
    if now < until:
        return RetentionVerdict(False, until, KeptWhy.CATEGORY if years > terms.years else KeptWhy.TERM)
    return RetentionVerdict(True, until, KeptWhy.OVER)
