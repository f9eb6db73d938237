"""Filters of the lists of cases: each person keeps theirs by a name, and shares some with their own team or department;
who gives cases to anybody shares them with any of these, or with all."""

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
from hotline.domain.staff.records import Team
from hotline.domain.text import one_line
from hotline.services.access import require_right
from hotline.services.staff.people import own_person
from hotline.storage.audit import AuditLog
from hotline.storage.cases.kept_filters import KeptFilterStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class SeenFilter:
    """`may_drop`: it is theirs, or shared and they share filters."""

    kept: KeptFilter
    may_drop: bool


@dataclass(frozen=True, slots=True)
class SeenFilters:
    """`may_keep`: an auditor only uses what is shared. `may_share`: with all; `units`: with which teams and departments
    besides, by id."""

    filters: Sequence[SeenFilter]
    may_keep: bool
    may_share: bool
    units: Mapping[int, str]

    def shared_with(self, kept: KeptFilter) -> str:
        """The name of the team or department; "" for none, or for one that whoever looks does not belong to."""
        return self.units.get(kept.unit_id or 0, "")


def see_filters(storage: Storage, actor: Actor, now: datetime) -> SeenFilters:
    """Theirs, then what is shared with them. Raises Forbidden."""
    require_right(Act.READ_CASES, actor)
    with storage.reading() as tx:
        found = KeptFilterStore(tx).of(actor.name, [each.id or 0 for each in _own_units(tx, actor, now)])
        units = {each.id or 0: each.name for each in _shared_with(tx, actor, now)}
    seen = [SeenFilter(each, _may_drop(each, actor)) for each in found]
    return SeenFilters(seen, _keeps(actor), _shares(actor), units)


def keep_filter(
    storage: Storage,
    name: str,
    asked: Mapping[str, str],
    shared: bool,
    actor: Actor,
    now: datetime,
    unit_id: int | None = None,
) -> KeptFilter:
    """In place of theirs of the same name. `asked`: as the list's address says it; no telephone number is kept with it.
    `unit_id`: the team or department that it is shared with. Raises Forbidden for who shares and may not, Refused for
    no name, one too long, and for too many."""
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
    kept = KeptFilter(actor.name, called, dict(asked), shared, now, None if shared else unit_id)
    with storage.writing() as tx:
        units = {each.id: each.name for each in _shared_with(tx, actor, now)}
        if kept.unit_id is not None and kept.unit_id not in units:
            raise Forbidden("cases.filter_not_shared")
        known = {each.name: each for each in KeptFilterStore(tx).of(actor.name) if each.owner == actor.name}
        if called not in known and len(known) >= MOST:
            raise Refused("cases.too_many_filters", most=MOST)
        KeptFilterStore(tx).keep(kept)
        whom = "for all" if shared else f"for {units[kept.unit_id]}" if kept.unit_id is not None else ""
        AuditLog(tx).add(now, actor.name, "case_filter.keep", "cases", f"{called} {whom}".strip())
        found = next(each for each in KeptFilterStore(tx).of(actor.name) if (each.owner, each.name) == _key(kept))
    return replace(kept, id=found.id)


def drop_filter(storage: Storage, filter_id: int, actor: Actor, now: datetime) -> None:
    """Raises Forbidden, NotFound: one that is not theirs and not shared with them is not there for them."""
    require_right(Act.KEEP_CASE_FILTERS, actor)
    with storage.writing() as tx:
        kept = _theirs(tx, filter_id, actor, now)
        if not _may_drop(kept, actor):
            raise Forbidden("cases.filter_not_yours")
        KeptFilterStore(tx).drop(filter_id)
        AuditLog(tx).add(now, actor.name, "case_filter.drop", "cases", kept.name)


def _theirs(tx: Transaction, filter_id: int, actor: Actor, now: datetime) -> KeptFilter:
    kept = KeptFilterStore(tx).by_id(filter_id) if is_id(filter_id) else None
    if kept is None or not (kept.shared or kept.owner == actor.name or _is_with(tx, kept, actor, now)):
        raise NotFound("cases.no_filter", id=filter_id)
    return kept


def _is_with(tx: Transaction, kept: KeptFilter, actor: Actor, now: datetime) -> bool:
    return kept.unit_id is not None and any(each.id == kept.unit_id for each in _own_units(tx, actor, now))


def _own_units(tx: Transaction, actor: Actor, now: datetime) -> Sequence[Team]:
    """Teams and departments that they belong to now, or lead."""
    staff, person = StaffStore(tx), own_person(tx, actor)
    if person is None or person.id is None:
        return ()
    department = staff.department_of(person.id, now)
    led = [each for each in (*staff.teams(), *staff.departments()) if person.id in (each.leader_id, each.deputy_id)]
    own = [*staff.teams_of(person.id, now), *([department] if department is not None else []), *led]
    return list({each.id: each for each in own}.values())


def _shared_with(tx: Transaction, actor: Actor, now: datetime) -> Sequence[Team]:
    """Those that they may share one with."""
    staff = StaffStore(tx)
    return (*staff.teams(), *staff.departments()) if _shares(actor) else _own_units(tx, actor, now)


def _key(kept: KeptFilter) -> tuple[str, str]:
    return kept.owner, kept.name


def _may_drop(kept: KeptFilter, actor: Actor) -> bool:
    shared = kept.shared or kept.unit_id is not None
    return _keeps(actor) and (kept.owner == actor.name or (shared and _shares(actor)))


def _keeps(actor: Actor) -> bool:
    return may(Act.KEEP_CASE_FILTERS, actor.roles, {Tie.OWNS})


def _shares(actor: Actor) -> bool:
    return may(Act.GIVE_CASE, actor.roles)
