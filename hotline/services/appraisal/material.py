"""What everybody's items of a month are made of; each sum opens its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.adherence.adherence import adherence
from hotline.domain.appraisal.card import Material, MaterialRow
from hotline.domain.appraisal.scheme import Measure, Scheme, ScoredItem
from hotline.services.adherence.adherence import desk_shifts_by_person, times_by_person
from hotline.services.adherence.watching import spans_by_person
from hotline.services.appraisal.by_rules import Kept, broken_by, kept_by_person
from hotline.settings import Settings
from hotline.storage.appraisal.material import MaterialStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Found:
    """`by_person`: what each item is made of, by item. `served`: who talked with callers."""

    by_person: dict[int, dict[str, Material]]
    served: frozenset[int]


def material(tx: Transaction, settings: Settings, scheme: Scheme, since: datetime, until: datetime) -> Found:
    """Of [since, until), `until` not after now."""
    store = MaterialStore(tx)
    talks = store.sums(Measure.AVERAGE_TALK, since, until)
    served = frozenset(talks)
    kept = kept_by_person(tx, since, until) if any(each.rules for each in scheme.items) else {}
    found: dict[int, dict[str, Material]] = defaultdict(dict)
    for item in scheme.items:
        match item.measure:
            case Measure.RULES:
                sums = _of_rules(item, kept)
            case Measure.ADHERENCE:
                sums = _of_shifts(tx, settings, since, until)
            case Measure.AVERAGE_TALK:
                sums = talks
            case Measure.COMPLAINTS:
                sums = _of_complaints(store.sums(item.measure, since, until), served)
            case _:
                sums = store.sums(item.measure, since, until)
        for person_id, each in sums.items():
            found[person_id][item.id] = each
    return Found(dict(found), served)


def rows_of(
    tx: Transaction,
    settings: Settings,
    item: ScoredItem,
    person_id: int,
    since: datetime,
    until: datetime,
    limit: int,
    offset: int = 0,
) -> list[MaterialRow]:
    """What one person's item is made of, the newest first. Of rules, what broke them."""
    match item.measure:
        case Measure.RULES:
            return broken_by(tx, item.rules, person_id, since, until, limit, offset)
        case Measure.ADHERENCE:
            rows = sorted(_shifts(tx, settings, person_id, since, until), key=lambda row: row.at, reverse=True)
            return rows[offset : offset + limit]
        case _:
            return MaterialStore(tx).rows(item.measure, person_id, since, until, limit, offset)


def _of_rules(item: ScoredItem, kept: Kept) -> dict[int, Material]:
    found: dict[int, Material] = defaultdict(Material)
    for rule in item.rules:
        for person_id, each in kept.get(rule, {}).items():
            found[person_id] += each
    return dict(found)


def _of_shifts(tx: Transaction, settings: Settings, since: datetime, until: datetime) -> dict[int, Material]:
    times = times_by_person(tx, settings, since, until)
    return {person_id: Material(each.working, each.planned) for person_id, each in times.items()}


def _of_complaints(complaints: dict[int, Material], served: frozenset[int]) -> dict[int, Material]:
    """Whoever served counts once, so that a team's value is a mean by person; whoever did not has nothing to
    measure, unless somebody complained of them."""
    return {
        person_id: Material(complaints.get(person_id, Material()).total, 1) for person_id in served | set(complaints)
    }


def _shifts(
    tx: Transaction, settings: Settings, person_id: int, since: datetime, until: datetime
) -> Iterator[MaterialRow]:
    spans = spans_by_person(tx, since, until).get(person_id, ())
    for shift in desk_shifts_by_person(tx, settings, since, until).get(person_id, ()):
        times = adherence([shift], spans, since, until)
        yield MaterialRow("shift", None, shift.starts_at, Material(times.working, times.planned))
