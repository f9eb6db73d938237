"""Filters of the lists of cases: each person keeps theirs by a name; who gives cases to anybody shares some with
all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.cases.kept_filter import LONGEST_NAME, MOST, KeptFilter
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.rights.seeing import without_numbers
from hotline.domain.text import one_line
from hotline.services.access import require_right
from hotline.storage.audit import AuditLog
from hotline.storage.cases.kept_filters import KeptFilterStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class SeenFilter:
    """`may_drop`: it is theirs, or shared and they share filters."""

    kept: KeptFilter
    may_drop: bool


@dataclass(frozen=True, slots=True)
class SeenFilters:
    """`may_keep`: an auditor only uses what is shared."""

    filters: Sequence[SeenFilter]
    may_keep: bool
    may_share: bool


def see_filters(storage: Storage, actor: Actor) -> SeenFilters:
    """Theirs, then what is shared with them. Raises Forbidden."""
    require_right(Act.READ_CASES, actor)
    with storage.reading() as tx:
        found = KeptFilterStore(tx).of(actor.name)
    return SeenFilters([SeenFilter(each, _may_drop(each, actor)) for each in found], _keeps(actor), _shares(actor))


def keep_filter(
    storage: Storage, name: str, asked: Mapping[str, str], shared: bool, actor: Actor, now: datetime
) -> KeptFilter:
    """In place of theirs of the same name. `asked`: as the list's address says it; no telephone number is kept with it.
    Raises Forbidden for who shares and may not, Refused for no name, one too long, and for too many."""
    require_right(Act.KEEP_CASE_FILTERS, actor)
    called = one_line(name).strip()
    if not called:
        raise Refused("cases.filter_name", field="name")
    if len(called) > LONGEST_NAME:
        raise Refused("cases.too_many_words", field="name", most=LONGEST_NAME)
    if shared and not _shares(actor):
        raise Forbidden("cases.filter_not_shared")
    if any(without_numbers(text) != text for text in (called, *asked.values())):
        raise Refused("cases.filter_number", field="name")
    kept = KeptFilter(actor.name, called, dict(asked), shared, now)
    with storage.writing() as tx:
        known = {each.name: each for each in KeptFilterStore(tx).of(actor.name) if each.owner == actor.name}
        if called not in known and len(known) >= MOST:
            raise Refused("cases.too_many_filters", most=MOST)
        KeptFilterStore(tx).keep(kept)
        AuditLog(tx).add(now, actor.name, "case_filter.keep", "cases", f"{called}{' for all' if shared else ''}")
        found = next(each for each in KeptFilterStore(tx).of(actor.name) if (each.owner, each.name) == _key(kept))
    return replace(kept, id=found.id)


def drop_filter(storage: Storage, filter_id: int, actor: Actor, now: datetime) -> None:
    """Raises Forbidden, NotFound: one that is not theirs and not shared is not there for them."""
    require_right(Act.KEEP_CASE_FILTERS, actor)
    with storage.writing() as tx:
        kept = _theirs(tx, filter_id, actor)
        if not _may_drop(kept, actor):
            raise Forbidden("cases.filter_not_yours")
        KeptFilterStore(tx).drop(filter_id)
        AuditLog(tx).add(now, actor.name, "case_filter.drop", "cases", kept.name)


def _theirs(tx: Transaction, filter_id: int, actor: Actor) -> KeptFilter:
    kept = KeptFilterStore(tx).by_id(filter_id) if is_id(filter_id) else None
    if kept is None or not (kept.shared or kept.owner == actor.name):
        raise NotFound("cases.no_filter", id=filter_id)
    return kept


def _key(kept: KeptFilter) -> tuple[str, str]:
    return kept.owner, kept.name


def _may_drop(kept: KeptFilter, actor: Actor) -> bool:
    return _keeps(actor) and (kept.owner == actor.name or (kept.shared and _shares(actor)))


def _keeps(actor: Actor) -> bool:
    return may(Act.KEEP_CASE_FILTERS, actor.roles, {Tie.OWNS})


def _shares(actor: Actor) -> bool:
    return may(Act.GIVE_CASE, actor.roles)
