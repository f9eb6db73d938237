"""What is done with a visit: taken, given, agreed for a time, made, ended in vain, dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.errors import Forbidden, Outdated, Refused, WrongFields
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import may_see
from hotline.domain.text import one_line
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.record import VisitRecord, ended
from hotline.domain.visits.visit import IN_VAIN, VISIT, Ending, Origin, Visit, VisitWay
from hotline.services.access import require_right
from hotline.services.forms.fields import require_ahead
from hotline.services.sight import sight_of
from hotline.services.visits.asking import end_in_vain, finish, record_answers, require_open, write
from hotline.services.visits.assigning import assign, call_at_of
from hotline.services.visits.clock import due_of, keep_clocks
from hotline.services.visits.interest import interested, require_no_interest
from hotline.services.visits.planning import note, plan
from hotline.services.visits.rights import read_visit, require_for_visit
from hotline.services.visits.visitors import may_visit
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction


def take_visit(storage: Storage, settings: Settings, visit_id: int, actor: Actor, now: datetime) -> None:
    """They make it. Raises NotFound, Forbidden for who had to do with it (E5) or where somebody has it, Conflict when
    it is closed or somebody was faster."""
    with storage.writing() as tx:
        visit = _read(tx, visit_id, Act.TAKE_VISIT, actor, now)
        require_no_interest(tx, visit, actor, now)
        assign(tx, settings, visit, actor.name, actor.name, now)
        AuditLog(tx).add(now, actor.name, "visit.take", f"{VISIT}:{visit_id}")


def give_visit(storage: Storage, settings: Settings, visit_id: int, username: str, actor: Actor, now: datetime) -> None:
    """Somebody else makes it: never who had to do with it, whoever gives it (E5). Raises NotFound, Forbidden, Refused,
    Conflict."""
    with storage.writing() as tx:
        visit = _read(tx, visit_id, Act.ASSIGN_VISIT, actor, now)
        user = UserStore(tx).by_username(username)
        if user is None or not user.may_enter(now) or not may_visit(user):
            raise Refused("visits.makes_none", field="username")
        if username in interested(tx, visit, now):
            raise Refused("visits.given_to_interested", field="username")
        assign(tx, settings, visit, username, actor.name, now)
        AuditLog(tx).add(now, actor.name, "visit.assign", f"{VISIT}:{visit_id}", username)


def agree_time(storage: Storage, settings: Settings, visit_id: int, at: datetime, actor: Actor, now: datetime) -> None:
    """E7: the customer named a convenient time; it is made then, and is late after it. Raises NotFound, Forbidden,
    Conflict, WrongFields for a moment that is over."""
    require_ahead("agreed_at", at, now)
    with storage.writing() as tx:
        visit = _read(tx, visit_id, Act.MAKE_VISIT, actor, now)
        agreed = replace(visit, agreed_at=at, call_at=at, next_try_at=None)
        due, unmoved = due_of(settings, agreed)
        _changed(tx, settings, replace(agreed, due_at=due, unmoved_at=unmoved), "agree", actor, now, at=at.isoformat())


def change_way(storage: Storage, settings: Settings, visit_id: int, way: VisitWay, actor: Actor, now: datetime) -> None:
    """E3: who wants no call is asked by SMS or mail, or on site. Raises NotFound, Forbidden, Conflict, Refused."""
    with storage.writing() as tx:
        visit = _read(tx, visit_id, Act.MAKE_VISIT, actor, now)
        if way is VisitWay.SMS and not numbers.is_mobile(visit.number):
            raise Refused("visits.no_mobile", field="way")
        _changed(tx, settings, replace(visit, way=way, next_try_at=None), "change_way", actor, now, way=way.value)


def record_visit(
    storage: Storage,
    settings: Settings,
    visit_id: int,
    record: VisitRecord,
    actor: Actor,
    now: datetime,
    revision: int | None = None,
) -> Visit:
    """It was made (E1). `revision`: of the visit as whoever records saw it. Raises NotFound, Forbidden, Conflict,
    Outdated, WrongAnswers."""
    with storage.writing() as tx:
        visit = _read(tx, visit_id, Act.MAKE_VISIT, actor, now)
        _require_seen(visit, revision)
        return record_answers(tx, settings, visit, record, actor, now)


def end_visit(
    storage: Storage, settings: Settings, visit_id: int, ending: Ending, why: str, actor: Actor, now: datetime
) -> Visit:
    """It was tried in vain and is not tried again. Raises NotFound, Forbidden, Conflict, Refused."""
    if ending not in IN_VAIN:
        raise Refused("visits.ending", field="ending")
    with storage.writing() as tx:
        visit = _read(tx, visit_id, Act.MAKE_VISIT, actor, now)
        return end_in_vain(tx, settings, visit, ending, why, actor, now)


def drop_visit(storage: Storage, settings: Settings, visit_id: int, why: str, actor: Actor, now: datetime) -> None:
    """It is not owed, with a reason; its case goes on. Raises NotFound, Forbidden, Conflict, WrongFields."""
    why = one_line(why)
    if not why:
        raise WrongFields({"why": "required"})
    with storage.writing() as tx:
        visit = _read(tx, visit_id, Act.DROP_VISIT, actor, now)
        dropped = ended(visit, Ending.NOT_WANTED, actor.name, now, why)
        finish(tx, settings, visit, dropped, "drop", actor, now)


def plan_visit(
    storage: Storage,
    settings: Settings,
    number: str,
    purpose: str,
    way: VisitWay,
    due_by: datetime | None,
    actor: Actor,
    now: datetime,
) -> Visit:
    """By hand. Raises Forbidden, WrongFields for what is no number or a moment that is over."""
    require_right(Act.PLAN_VISIT, actor)
    require_ahead("due_by", due_by, now)
    whole = numbers.normalise(number, settings.numbers.outside_prefixes)
    problems = {} if whole else {"number": "not_a_phone"}
    if not one_line(purpose):
        problems["purpose"] = "required"
    if problems:
        raise WrongFields(problems)
    new = NewVisit(Origin.BY_HAND, now, purpose=purpose, number=whole, way=way, due_by=due_by)
    with storage.writing() as tx:
        planned = plan(tx, settings, new, actor.name, now)
    if planned is None:
        raise WrongFields({"number": "not_a_phone"})
    return planned


def reveal_number(storage: Storage, visit_id: int, actor: Actor, now: datetime) -> str:
    """The number whole, for whoever makes the visit; it stands in the audit log (F8). Raises NotFound, Forbidden."""
    with storage.writing() as tx:
        visit = read_visit(tx, visit_id, actor)
        if not may_see(sight_of(tx, actor), visit.number):
            raise Forbidden("visits.number")
        AuditLog(tx).add(now, actor.name, "visit.number", f"{VISIT}:{visit_id}")
        return visit.number


def _read(tx: Transaction, visit_id: int, act: Act, actor: Actor, now: datetime) -> Visit:
    visit = read_visit(tx, visit_id, actor)
    require_open(visit)
    require_for_visit(tx, act, visit, actor, now)
    return visit


def _require_seen(visit: Visit, revision: int | None) -> None:
    if revision is not None and revision != visit.revision:
        raise Outdated("visits.changed", current=visit.revision)


def _changed(
    tx: Transaction, settings: Settings, changed: Visit, act: str, actor: Actor, now: datetime, **given: str
) -> None:
    """`changed` has the revision that was read."""
    changed = replace(changed, call_at=call_at_of(tx, settings, changed, now))
    write(tx, changed)
    keep_clocks(tx, settings, [changed], now)
    note(tx, changed, act, changed.state, actor.name, now, given)
    AuditLog(tx).add(now, actor.name, f"visit.{act}", f"{VISIT}:{changed.id}", " ".join(given.values()))
