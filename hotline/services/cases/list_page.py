"""The page of the lists of cases: what is listed, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.people import Actor
from hotline.services.cases.choosing import ListChoices, see_list_choices
from hotline.services.cases.kept_filters import SeenFilters, see_filters
from hotline.services.cases.listing import AskedCases, ListedCases, list_cases
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class SeenList:
    choices: ListChoices
    kept: SeenFilters
    listed: ListedCases


def see_list(storage: Storage, asked: AskedCases, limit: int, offset: int, actor: Actor, now: datetime) -> SeenList:
    """The cases come last: that somebody looked is noted after all is read (F8). Raises Forbidden."""
    choices, kept = see_list_choices(storage, actor, now), see_filters(storage, actor, now)
    return SeenList(choices, kept, list_cases(storage, asked, limit, offset, actor, now))
