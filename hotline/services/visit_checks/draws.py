"""E6: visits are drawn by a seed on record, judged by somebody who did not make them, and what is not as it should be
is ordered to be mended."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.months import month_span
from hotline.domain.people import Actor
from hotline.domain.reasons import Unfit
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.visit_checks.checks import Fault, VisitCheck, VisitDraw, checked_judgement, draw_visits
from hotline.domain.visits.visit import Visit
from hotline.services.access import require_right
from hotline.services.examination.corrective_actions import issue
from hotline.services.looks import note_look
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.visit_checks.months import VisitMonthStore
from hotline.storage.visit_checks.store import VisitCheckStore
from hotline.storage.visits.store import VisitStore

MOST_DRAWS = 100
MOST_PER_VISITOR = 100


@dataclass(frozen=True, slots=True)
class SeenDraws:
    """The latest first; `left`: by id, how many nobody has judged."""

    draws: Sequence[VisitDraw]
    left: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class SeenCheck:
    """`mine`: whoever looks may judge it."""

    check: VisitCheck
    visit: Visit | None
    name: str
    mine: bool


@dataclass(frozen=True, slots=True)
class SeenDraw:
    draw: VisitDraw
    checks: Sequence[SeenCheck]


def draw_checks(
    storage: Storage, settings: Settings, first: date, per_visitor: int, actor: Actor, now: datetime, seed: str = ""
) -> VisitDraw:
    """So many of each visitor's visits of this month that were not drawn before. Without `seed` one is made. Raises
    Forbidden, Refused where there is none to draw."""
    require_right(Act.SAMPLE_VISITS, actor)
    if not 1 <= per_visitor <= MOST_PER_VISITOR:
        raise Refused("visit_checks.per_visitor", field="per_visitor", most=MOST_PER_VISITOR)
    since, until = month_span(first)
    with storage.writing() as tx:
        closed = VisitMonthStore(tx, since, until, 0, 0).closed_of()
        before = VisitCheckStore(tx).drawn_of({each for found in closed.values() for each in found})
        fresh = {visitor: [each for each in found if each not in before] for visitor, found in closed.items()}
        count = sum(map(len, fresh.values()))
        if not count:
            raise Refused("visit_checks.nothing_to_draw")
        seed = seed or secrets.token_hex(8)
        drawn = draw_visits(fresh, per_visitor, seed)
        made = VisitCheckStore(tx).add_draw(
            VisitDraw(f"{first:%Y-%m}", seed, per_visitor, count, drawn, actor.name, now)
        )
        whose = {each: visitor for visitor, found in fresh.items() for each in found}
        VisitCheckStore(tx).add([VisitCheck(made.id or 0, each, whose[each]) for each in drawn])
        told = f"{made.month}: {len(drawn)} of {count} visits, seed {seed}"
        AuditLog(tx).add(now, actor.name, "visit_draw.make", f"visit_draw:{made.id}", told)
    return made


def see_draws(storage: Storage, actor: Actor, now: datetime) -> SeenDraws:
    """Raises Forbidden."""
    require_right(Act.SAMPLE_VISITS, actor)
    with storage.reading() as tx:
        draws = VisitCheckStore(tx).draws(MOST_DRAWS)
        left = VisitCheckStore(tx).left([each.id or 0 for each in draws])
    note_look(storage, actor, now, "visit_draws.view", "visit_draws")
    return SeenDraws(draws, left)


def see_draw(storage: Storage, draw_id: int, actor: Actor, now: datetime) -> SeenDraw:
    """Raises Forbidden, NotFound."""
    require_right(Act.SAMPLE_VISITS, actor)
    with storage.reading() as tx:
        draw = VisitCheckStore(tx).draw_by_id(draw_id) if is_id(draw_id) else None
        if draw is None:
            raise NotFound("visit_checks.no_draw", id=draw_id)
        checks = VisitCheckStore(tx).of_draw(draw_id)
        visits = VisitStore(tx).by_ids({each.visit_id for each in checks})
        names = {user.username: user.display_name for user in UserStore(tx).all()}
    note_look(storage, actor, now, "visit_draw.view", f"visit_draw:{draw_id}")
    return SeenDraw(
        draw,
        [
            SeenCheck(each, visits.get(each.visit_id), names.get(each.visitor, each.visitor), _may_check(each, actor))
            for each in checks
        ],
    )


def judge(
    storage: Storage, check_id: int, compliant: bool, found: Iterable[Fault], note: str, actor: Actor, now: datetime
) -> VisitCheck:
    """Raises Forbidden for one's own visit, NotFound, Refused, Conflict when it was judged before."""
    with storage.writing() as tx:
        check = _known(tx, check_id)
        if check.checked_at is not None:
            raise Conflict("visit_checks.judged")
        if not _may_check(check, actor):
            raise Forbidden("visit_checks.own")
        try:
            faults, words = checked_judgement(compliant, found, note)
        except Unfit as error:
            raise Refused.of(error.reason, error.field) from None
        judged = replace(check, compliant=compliant, found=faults, note=words, checked_by=actor.name, checked_at=now)
        if not VisitCheckStore(tx).judge(judged):
            raise Conflict("visit_checks.judged")
        told = "compliant" if compliant else ", ".join(faults)
        AuditLog(tx).add(now, actor.name, "visit.check", f"visit:{check.visit_id}", told)
    return judged


def order_correction(
    storage: Storage, settings: Settings, check_id: int, text: str, due_at: datetime, actor: Actor, now: datetime
) -> int:
    """Order whoever made the visit to mend it by then: a corrective action like those of examinations. Its id. Raises
    Forbidden, NotFound, Refused for who has no extension, Conflict where one was ordered before."""
    require_right(Act.RECTIFY, actor)
    with storage.reading() as tx:
        check = _known(tx, check_id)
        user = UserStore(tx).by_username(check.visitor)
    if check.order_id is not None:
        raise Conflict("visit_checks.ordered")
    if check.compliant is not False:
        raise Conflict("visit_checks.nothing_to_mend")
    if user is None or not user.extension:
        raise Refused("visit_checks.no_extension")
    order = issue(storage, settings, user.extension, text, due_at, None, actor, now)
    with storage.writing() as tx:
        VisitCheckStore(tx).order(check_id, order.id or 0)
    return order.id or 0


def _known(tx: Transaction, check_id: int) -> VisitCheck:
    found = VisitCheckStore(tx).by_id(check_id) if is_id(check_id) else None
    if found is None:
        raise NotFound("visit_checks.no_check", id=check_id)
    return found


def _may_check(check: VisitCheck, actor: Actor) -> bool:
    ties = {Tie.UNHANDLED} if check.visitor != actor.name else set()
    return check.checked_at is None and may(Act.CHECK_VISIT, actor.roles, ties)
