"""A campaign: many customers are asked for one purpose. Whom it is for is drawn so that the draw can be done again."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.reasons import Reason, Unfit
from hotline.domain.text import one_line, several_lines

MAX_NAME = 200
MAX_WORDS = 2000


class CampaignKind(StrEnum):
    """Whom it is for: all customers at a festival; all of them in December, for next year's needs (001-3 三); those
    whose project ends soon; some of those who called last month (E9); those of a list that was brought in."""

    FESTIVAL = "festival"
    DECEMBER = "december"
    RENEWAL = "renewal"
    SAMPLE = "sample"
    LIST = "list"


class CampaignState(StrEnum):
    """READY: it is settled whom it is for. STOPPED: by somebody; DONE: all of them were asked."""

    DRAFT = "draft"
    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


#: Whom it is for may still be changed.
UNSTARTED = frozenset({CampaignState.DRAFT, CampaignState.READY})
ENDED = frozenset({CampaignState.STOPPED, CampaignState.DONE})


class Basis(StrEnum):
    """PIPL 13: why they may be asked. CONSENT: each agreed; CONTRACT: it belongs to a contract with them; LIST: they
    agreed to whoever made the list, as `basis_words` says."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LIST = "list"


class MemberState(StrEnum):
    """CHOSEN: their visit is still to be planned; PLANNED: it is, or was made; NOT_DRAWN: fit, but not drawn."""

    CHOSEN = "chosen"
    PLANNED = "planned"
    NOT_DRAWN = "not_drawn"
    LEFT_OUT = "left_out"


class LeftOut(StrEnum):
    """Why somebody is not asked; the first that holds is told."""

    BROKEN = "broken"
    NO_NUMBER = "no_number"
    FOREIGN = "foreign"
    OWN_STAFF = "own_staff"
    DUPLICATE = "duplicate"
    DO_NOT_CALL = "do_not_call"  # E10
    WANTS_NONE = "wants_none"  # E3
    NO_CONSENT = "no_consent"
    BUSY = "busy"  # another visit of theirs is open
    RECENT = "recent"  # they were visited a short while ago
    STOPPED = "stopped"  # the campaign ended before


@dataclass(frozen=True, slots=True)
class Campaign:
    """`purpose`: what whoever is asked is told of why. `words`: what to say and ask besides. `level`: of the customers,
    "" for all. `wanted`: how many are drawn, 0 for all. `seed`: what the draw was made with. `a_day`: at most so many
    visits are planned a day, 0: spread evenly until the end. `candidates`: how many were fit."""

    kind: CampaignKind
    name: str
    purpose: str
    basis: Basis
    begins_on: date
    ends_on: date
    basis_words: str = ""
    words: str = ""
    questionnaire: str = ""
    level: str = ""
    wanted: int = 0
    a_day: int = 0
    seed: str = ""
    state: CampaignState = CampaignState.DRAFT
    candidates: int = 0
    made_by: str = ""
    made_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    month: str | None = None
    version: int = 1
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody whom a campaign is for. `line`: of the list. `detail`: what was wrong with a broken row."""

    campaign_id: int
    state: MemberState
    customer_id: int | None = None
    name: str = ""
    number: Number = NO_NUMBER
    line: int = 0
    reason: LeftOut | None = None
    detail: Reason | None = None
    visit_id: int | None = None
    planned_at: datetime | None = None
    id: int | None = None


def checked(campaign: Campaign) -> Campaign:
    """With its texts made plain. Raises Unfit saying which field and what was expected."""
    plain = replace(
        campaign,
        name=one_line(campaign.name),
        purpose=one_line(campaign.purpose),
        basis_words=several_lines(campaign.basis_words),
        words=several_lines(campaign.words),
    )
    for name in ("name", "purpose"):
        if not getattr(plain, name):
            raise Unfit("campaigns.wanted", field=name)
    for name, most in (("name", MAX_NAME), ("purpose", MAX_NAME), ("basis_words", MAX_WORDS), ("words", MAX_WORDS)):
        if len(getattr(plain, name)) > most:
            raise Unfit("campaigns.too_long", most=most, field=name)
    if plain.basis is not Basis.CONSENT and not plain.basis_words:
        raise Unfit("campaigns.basis_words", field="basis_words")
    if plain.ends_on < plain.begins_on:
        raise Unfit("campaigns.ends_before", field="ends_on")
    return plain


def draw(keys: Iterable[int], wanted: int, seed: str) -> frozenset[int]:
    """`wanted` of them, 0 for all; the same keys and seed always give the same, whatever order they come in."""
    every = sorted(set(keys))
    if not wanted or wanted >= len(every):
        return frozenset(every)
    return frozenset(random.Random(f"campaign:{seed}").sample(every, wanted))


def share_of_today(left: int, today: date, ends_on: date, a_day: int) -> int:
    """How many visits are planned today: as many as it says, or evenly over the days that are left."""
    if a_day:
        return min(left, a_day)
    days = max((ends_on - today).days + 1, 1)
    return -(-left // days)
