"""Who sees which verdicts: their own, those on whom they lead, or all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.rules.registry import RULES
from hotline.domain.verdicts.contest import Contest, contest_until
from hotline.domain.verdicts.tally import Tally, TallyAxis, Window
from hotline.domain.verdicts.verdict import Judgement, StoredVerdict
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.verdicts.contests import own_person_id, read_verdict
from hotline.services.verdicts.tallies import listed, tallies
from hotline.settings import Settings
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.verdicts.accounts import persons_of_accounts
from hotline.storage.verdicts.contests import ContestStore
from hotline.storage.verdicts.store import VerdictStore

LONGEST = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class SeenVerdict:
    """`stands`: no other took its place. `person`: the name of whom it is about. `contest_until`: None where whoever
    looks cannot contest it."""

    stored: StoredVerdict
    person: str
    contest: Contest | None
    stands: bool = True
    contest_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeenVerdicts:
    """A page of them, newest first; `total`: how many there are."""

    verdicts: Sequence[SeenVerdict]
    total: int


def visible_people(tx: Transaction, actor: Actor) -> frozenset[int] | None:
    """Ids of those whose verdicts this actor sees; None: everybody's, and those on nobody."""
    if may(Act.SEE_VERDICTS, actor.roles):
        return None
    own = own_person_id(tx, actor)
    found = {own} if own is not None else set()
    if may(Act.SEE_VERDICTS, actor.roles, {Tie.LED}):
        accounts = persons_of_accounts(tx)
        found |= {accounts[each] for each in actor.led.usernames if each in accounts}
    return frozenset(found)


def see_verdicts(
    storage: Storage,
    settings: Settings,
    window: Window,
    rule: str,
    judgements: Sequence[Judgement],
    actor: Actor,
    now: datetime,
    limit: int,
    offset: int = 0,
) -> SeenVerdicts:
    """Those of a rule that broke it, are an exception or could not be judged, as far as this actor sees them. The look
    stands in the audit log (F8). Raises Forbidden, NotFound for no rule, Refused for a time of no length or too
    long."""
    _require(window, actor)
    if rule not in RULES:
        raise NotFound("verdicts.no_rule", rule=rule)
    with storage.reading() as tx:
        own = own_person_id(tx, actor)
        found, total = listed(tx, _narrowed(tx, window, actor), rule, judgements, limit, offset)
        contests = ContestStore(tx).of([each.id for each in found])
        names = _names(tx)
        days = settings.examination.appeal_days
        seen = [_seen(each, contests, names, own, days, now) for each in found]
    note_look(storage, actor, now, "verdicts.view", f"rule:{rule}", f"{len(seen)} verdicts")
    return SeenVerdicts(seen, total)


def see_verdict(storage: Storage, settings: Settings, verdict_id: int, actor: Actor, now: datetime) -> SeenVerdict:
    """Raises Forbidden, NotFound."""
    require_right(Act.SEE_VERDICTS, actor)
    with storage.reading() as tx:
        stored = read_verdict(tx, verdict_id)
        people = visible_people(tx, actor)
        if people is not None and stored.verdict.person_id not in people:
            raise Forbidden("verdicts.not_yours")
        contests = ContestStore(tx).of([verdict_id])
        own, names, stands = own_person_id(tx, actor), _names(tx), VerdictStore(tx).stands(verdict_id)
    note_look(storage, actor, now, "verdicts.view", f"verdict:{verdict_id}")
    return _seen(stored, contests, names, own, settings.examination.appeal_days, now, stands)


def see_tallies(storage: Storage, window: Window, by: TallyAxis | None, actor: Actor, now: datetime) -> Sequence[Tally]:
    """What verdicts add up to, as far as this actor sees them. Raises as `see_verdicts`."""
    _require(window, actor)
    with storage.reading() as tx:
        found = tallies(tx, _narrowed(tx, window, actor), by)
    note_look(storage, actor, now, "verdicts.view", "verdicts", f"by {by or 'rule'}")
    return found


def _require(window: Window, actor: Actor) -> None:
    require_right(Act.SEE_VERDICTS, actor)
    if not window.start < window.end <= window.start + LONGEST:
        raise Refused("verdicts.window", field="since", days=LONGEST.days)


def _narrowed(tx: Transaction, window: Window, actor: Actor) -> Window:
    """To those whom they see. Raises Forbidden where somebody else's are asked for."""
    people = visible_people(tx, actor)
    if people is None:
        return window
    if window.person_id is not None and window.person_id not in people:
        raise Forbidden("verdicts.not_yours")
    return replace(window, people=people)


def _names(tx: Transaction) -> Mapping[int, str]:
    return {each.id or 0: each.name for each in StaffStore(tx).all(active_only=False)} | TenureStore(tx).names()


def _seen(
    stored: StoredVerdict,
    contests: Mapping[int, Contest],
    names: Mapping[int, str],
    own: int | None,
    days: int,
    now: datetime,
    stands: bool = True,
) -> SeenVerdict:
    verdict, contest = stored.verdict, contests.get(stored.id)
    until = contest_until(stored, days)
    theirs = own is not None and own == verdict.person_id and verdict.judgement is Judgement.BROKEN
    may_contest = theirs and stands and contest is None and now <= until
    return SeenVerdict(stored, names.get(verdict.person_id or 0, ""), contest, stands, until if may_contest else None)
