"""The register of breaches as somebody may see it, and what may become one: shifts that nobody came to, and complaints
about one of us."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.adherence.adherence import Missed, StartDecision
from hotline.domain.appraisal.scheme import Measure
from hotline.domain.breaches.breach import Breach, BreachKind, Weighed, is_listed, weighed
from hotline.domain.cases.case import Channel
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.adherence.store import MissedStartStore
from hotline.storage.appraisal.material import MaterialStore
from hotline.storage.breaches.store import BreachStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: What happened before is not proposed any more.
_PROPOSED = timedelta(days=92)

_PUBLIC = (Channel.MEDIA, Channel.AUTHORITY, Channel.QUALITY_DEPARTMENT)


@dataclass(frozen=True, slots=True)
class SeenBreach:
    breach: Breach
    name: str
    weighed: Weighed
    own: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """What may be declared a breach with one click; nobody has."""

    person_id: int
    name: str
    kind: BreachKind
    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Register:
    """`often`: who broke rules so often that they are listed (003 业务电话 14), by name. `people`: whose breaches
    whoever looks may declare, by id. `proposed`: for who may declare them."""

    rows: Sequence[SeenBreach]
    total: int
    often: Sequence[tuple[int, str]]
    people: Mapping[int, str]
    proposed: Sequence[Proposed]


@dataclass(frozen=True, slots=True)
class AskedBreaches:
    """Of what happened in [`since`, `until`); `person_id` None, `kind` None: of anybody, of any kind."""

    since: datetime
    until: datetime
    person_id: int | None = None
    kind: BreachKind | None = None


def see_register(
    storage: Storage,
    settings: Settings,
    asked: AskedBreaches,
    actor: Actor,
    now: datetime,
    limit: int,
    offset: int = 0,
    exported: bool = False,
) -> Register:
    """Of everybody, of whom they lead, or their own; the newest first. Raises Forbidden."""
    require_right(Act.EXPORT_BREACHES if exported else Act.SEE_BREACHES, actor)
    with storage.reading() as tx:
        found = _register(tx, settings, asked, actor, now, limit, offset)
    note_look(storage, actor, now, "breaches.export" if exported else "breaches.view", "breaches")
    return found


def _register(
    tx: Transaction, settings: Settings, asked: AskedBreaches, actor: Actor, now: datetime, limit: int, offset: int
) -> Register:
    own = own_person(tx, actor)
    own_id = own.id if own is not None else None
    names = {each.id or 0: each.name for each in StaffStore(tx).all(active_only=False)}
    visible = _visible(tx, actor, own_id)
    of: dict[int, list[Breach]] = defaultdict(list)
    for each in BreachStore(tx).of(visible):
        of[each.person_id].append(each)
    weights = {id: each for theirs in of.values() for id, each in weighed(theirs).items()}
    wanted = [each for theirs in of.values() for each in theirs if _is_asked(each, asked)]
    wanted.sort(key=lambda each: (each.at, each.id or 0), reverse=True)
    it = settings.breaches
    often = [each for each, theirs in of.items() if is_listed(theirs, now, it.often, it.often_days)]
    declares = may(Act.DECLARE_BREACH, actor.roles, {Tie.UNHANDLED})
    return Register(
        [_seen(each, names, weights, own_id, declares) for each in wanted[offset : offset + limit]],
        len(wanted),
        sorted(((each, names.get(each, "")) for each in often), key=lambda pair: pair[1]),
        {each: name for each, name in names.items() if each != own_id} if declares else {},
        [each for each in _proposed(tx, names, now) if each.person_id != own_id] if declares else [],
    )


def _seen(
    each: Breach, names: Mapping[int, str], weights: Mapping[int, Weighed], own_id: int | None, declares: bool
) -> SeenBreach:
    own = each.person_id == own_id
    may_withdraw = declares and not own and each.withdrawn_at is None
    return SeenBreach(each, names.get(each.person_id, ""), weights[each.id or 0], own, may_withdraw)


def _is_asked(each: Breach, asked: AskedBreaches) -> bool:
    return (
        asked.since <= each.at < asked.until
        and asked.person_id in (None, each.person_id)
        and asked.kind in (None, each.kind)
    )


def _visible(tx: Transaction, actor: Actor, own_id: int | None) -> list[int] | None:
    """None: everybody."""
    if may(Act.SEE_BREACHES, actor.roles):
        return None
    led = actor.led.usernames if may(Act.SEE_BREACHES, actor.roles, {Tie.LED}) else frozenset()
    accounts = {each.id for each in UserStore(tx).all() if each.username in led}
    people = [each.id for each in StaffStore(tx).all(active_only=False) if each.user_id in accounts]
    return [each for each in [*people, own_id] if each is not None]


def _proposed(tx: Transaction, names: Mapping[int, str], now: datetime) -> list[Proposed]:
    """The newest first."""
    taken = BreachStore(tx).sources()
    since = now - _PROPOSED
    found = [
        Proposed(each.person_id, names.get(each.person_id, ""), BreachKind.EMPTY_SHIFT, each.starts_at, source)
        for each in MissedStartStore(tx).between(since, now)
        if each.kind is Missed.EMPTY and each.decision is StartDecision.NOT_ACCEPTED
        if (source := f"missed_start:{each.id}") not in taken
    ]
    for person_id in MaterialStore(tx).sums(Measure.COMPLAINTS, since, now):
        for row in MaterialStore(tx).rows(Measure.COMPLAINTS, person_id, since, now, 200):
            source = f"case:{row.id}"
            if source not in taken:
                case = CaseStore(tx).by_id(row.id or 0)
                kind = BreachKind.SERVICE_COMPLAINT
                if case is not None and case.channel in _PUBLIC:
                    kind = BreachKind.PUBLIC_COMPLAINT
                found.append(Proposed(person_id, names.get(person_id, ""), kind, row.at, source))
    return sorted(found, key=lambda each: (each.at, each.source), reverse=True)
