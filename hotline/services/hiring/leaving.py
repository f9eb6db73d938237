"""Somebody leaves (业务电话 12): what is theirs goes to somebody else, and account, sessions, phone and extension end.

They are offered no call any more at once; a talk that goes on is talked to its end, and the rest follows then."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.accounts.session import SessionEnd
from hotline.domain.accounts.user import User
from hotline.domain.errors import Conflict, HotlineError, NotFound, PbxError, Refused
from hotline.domain.hiring.leaving import Leaving
from hotline.domain.operators.presence import Activity
from hotline.domain.people import Actor
from hotline.domain.rights import given
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.accounts import sessions
from hotline.services.accounts.account_rules import require_another_administrator
from hotline.services.exchange import Exchange
from hotline.services.hiring.changes import forget_registration
from hotline.services.hiring.operators_kept import decide_operator, require_hired, require_operator, settings_of
from hotline.services.hiring.ways_left import WaysLeft, ways_left
from hotline.services.open_matter import Holder, OpenMatter, hand_all_over, open_matters
from hotline.services.pbx_files import Applied
from hotline.settings import Settings
from hotline.settings.secrets import give_phone_password
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.hiring.store import LeavingStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SeenLeaving:
    """`matters`: what they have open now. `successors`: who can take it over, (user name, name).
    `ways`: what else lets them in."""

    extension: str
    name: str
    username: str
    matters: Sequence[OpenMatter]
    successors: tuple[tuple[str, str], ...]
    planned: Leaving | None
    ways: WaysLeft


@dataclass(frozen=True, slots=True)
class Left:
    """`done`: they have left; else `at` is when they will, at the earliest: a call of theirs may still go on then.
    `applied` is of Asterisk, once it is done."""

    done: bool
    at: datetime
    applied: Applied | None


def see_leaving(exchange: Exchange, actor: Actor, extension: str, now: datetime) -> SeenLeaving:
    """What must be known before somebody leaves. Raises Forbidden, NotFound, Refused for whom the file has."""
    require_right(Act.HIRE_OPERATORS, actor)
    settings = exchange.in_force()
    require_operator(settings, extension)
    require_hired(exchange, extension)
    with exchange.storage.reading() as tx:
        holder = _holder(tx, settings, extension, now)
        matters = open_matters(tx, holder)
        able = [user for user in UserStore(tx).all() if can_take_over(user, settings, extension, now)]
        planned = LeavingStore(tx).open_of(extension)
        ways = ways_left(tx, holder.username, now)
    chosen = tuple((user.username, user.display_name) for user in able)
    return SeenLeaving(extension, holder.name, holder.username, matters, chosen, planned, ways)


def leave(exchange: Exchange, actor: Actor, extension: str, successor: str, at: datetime | None, now: datetime) -> Left:
    """At once, or at a later moment. Raises Forbidden, NotFound, Conflict when they leave already, and Refused: for who
    stands in the file, where nobody would take over what is open, or be left to administer."""
    require_right(Act.HIRE_OPERATORS, actor)
    require_hired(exchange, extension)
    if at is not None and at <= now:
        raise Refused("hiring.leaves_in_the_past", field="at")
    with exchange.storage.writing() as tx:
        settings = settings_of(tx, exchange, now)
        require_operator(settings, extension)
        holder = _holder(tx, settings, extension, at or now)
        _require_may_go(tx, settings, holder)
        _require_successor(tx, settings, holder, successor, now)
        if LeavingStore(tx).open_of(extension) is not None:
            raise Conflict("hiring.leaves_already", extension=extension)
        plan = LeavingStore(tx).add(Leaving(holder.username, extension, at or now, successor, actor.name, now))
        told = f"{holder.username or '-'}; at {plan.at.isoformat(timespec='minutes')}; to {successor or '-'}"
        AuditLog(tx).add(now, actor.name, "operator.leave", f"operator:{extension}", told)
    if at is not None:
        return Left(False, plan.at, None)
    applied = finish(exchange, plan, now)
    return Left(applied is not None, plan.at, applied)


def stay(exchange: Exchange, actor: Actor, extension: str, now: datetime) -> None:
    """They do not leave after all. Raises Forbidden, NotFound when nobody was to leave."""
    require_right(Act.HIRE_OPERATORS, actor)
    with exchange.storage.writing() as tx:
        planned = LeavingStore(tx).open_of(extension)
        if planned is None or not LeavingStore(tx).take_back(extension):
            raise NotFound("hiring.nobody_leaves", extension=extension[:20])
        AuditLog(tx).add(now, actor.name, "operator.stay", f"operator:{extension}", planned.username)


def finish_due(exchange: Exchange, now: datetime) -> list[str]:
    """Whoever's time has come and whose call is over: who they were."""
    with exchange.storage.reading() as tx:
        due = LeavingStore(tx).due(now)
    return [f"{plan.extension} {plan.username}".strip() for plan in due if _finished(exchange, plan, now)]


def _finished(exchange: Exchange, plan: Leaving, now: datetime) -> bool:
    """What stands against one keeps nobody else."""
    try:
        return finish(exchange, plan, now) is not None
    except HotlineError as error:
        logger.error("operator %s has not left yet: %s", plan.extension, error)
        return False


def finish(exchange: Exchange, plan: Leaving, now: datetime) -> Applied | None:
    """They have left; None while a call of theirs goes on, or when somebody else was quicker. Raises what the database
    or the settings have against it: nothing is done then."""
    _offer_no_call(exchange, plan.extension)
    if _in_call(exchange, plan.extension):
        return None
    with exchange.storage.writing() as tx:
        SettingChangeStore(tx).lock()
        UserStore(tx).lock()
        if plan.id is None or not LeavingStore(tx).done(plan.id, now):
            return None
        user = UserStore(tx).by_username(plan.username) if plan.username else None
        ours = user is not None and user.extension == plan.extension
        leaver = as_holder(user, now) if user and ours else Holder("", plan.extension, "", now)
        _hand_over(tx, leaver, plan, now)
        if user is not None and ours:
            _end_account(tx, user, plan, now)
        _end_tenure(tx, plan, now)
        AuditLog(tx).add(now, plan.asked_by, "operator.left", f"operator:{plan.extension}", plan.username)
        administrator = Actor(plan.asked_by, given.DECIDED_BEFORE, plan.asked_by)
        decide_operator(tx, exchange, administrator, plan.extension, None, now)
        give_phone_password(exchange.secrets, plan.extension)  # nobody knows it: the old one lets nobody in again
    applied = exchange.apply()
    forget_registration(exchange, plan.extension)
    return applied


def _holder(tx: Transaction, settings: Settings, extension: str, leaves_at: datetime) -> Holder:
    """By their account, if one has the extension."""
    found = next((user for user in UserStore(tx).all() if user.extension == extension), None)
    if found is None:
        return Holder("", extension, settings.operators[extension].name, leaves_at)
    return as_holder(found, leaves_at)


def as_holder(user: User, leaves_at: datetime | None = None) -> Holder:
    """By all that something may be theirs by."""
    return Holder(user.username, user.extension or "", user.display_name, leaves_at)


def can_take_over(user: User, settings: Settings, extension: str, now: datetime) -> bool:
    """What is of this extension."""
    return user.may_enter(now) and user.extension in settings.operators and user.extension != extension


def _require_may_go(tx: Transaction, settings: Settings, holder: Holder) -> None:
    user = UserStore(tx).by_username(holder.username) if holder.username else None
    if user is not None:
        require_another_administrator(tx, user)
    kept = tuple(key for key, queue in settings.queues.items() if holder.extension in queue.members)
    if kept:
        raise Refused("hiring.kept_in_queue", field="successor", extension=holder.extension, queues=kept)


def _require_successor(tx: Transaction, settings: Settings, holder: Holder, successor: str, now: datetime) -> None:
    if not successor:
        count = len(open_matters(tx, holder))
        if count:
            raise Refused("hiring.needs_successor", field="successor", count=count)
        return
    found = UserStore(tx).by_username(successor)
    if found is None or not can_take_over(found, settings, holder.extension, now):
        raise Refused("hiring.no_successor", field="successor", name=successor[:64])


def _hand_over(tx: Transaction, holder: Holder, plan: Leaving, now: datetime) -> None:
    """Whoever was named may have left too: then it stays under the leaver's name, and the audit log says how much."""
    to = UserStore(tx).by_username(plan.successor) if plan.successor else None
    if to is not None and to.may_enter(now) and to.extension:
        count = hand_all_over(tx, holder, as_holder(to), now, plan.asked_by)
        told = f"{count} to {to.username}"
    else:
        told = f"{len(open_matters(tx, holder))} to nobody"
    AuditLog(tx).add(now, plan.asked_by, "operator.hand_over", f"operator:{plan.extension}", told)


def _end_account(tx: Transaction, user: User, plan: Leaving, now: datetime) -> None:
    assert user.id is not None
    UserStore(tx).update(replace(user, active=False, extension=None))
    sessions.end_all(tx, user.id, plan.asked_by, SessionEnd.DEACTIVATED, now)
    AuditLog(tx).add(now, plan.asked_by, "user.deactivate", f"user:{user.username}")


def _end_tenure(tx: Transaction, plan: Leaving, now: datetime) -> None:
    for tenure in TenureStore(tx).search(extension=plan.extension):
        if tenure.until is None and tenure.id is not None:
            TenureStore(tx).end(tenure.id, now)
            person = StaffStore(tx).person(tenure.person_id)
            if person is not None:
                gone = replace(
                    person, active=False, version=person.version + 1, updated_at=now, updated_by=plan.asked_by
                )
                StaffStore(tx).update_person(gone, person.version)


def _offer_no_call(exchange: Exchange, extension: str) -> None:
    """Out of every queue. An Asterisk that is down offers none, and knows the extension no more at its next start."""
    try:
        for member in exchange.pbx.queue_members():
            if member.get("Location") == f"PJSIP/{extension}":
                exchange.pbx.queue_remove(member.get("Queue", ""), extension)
    except PbxError:
        return


def _in_call(exchange: Exchange, extension: str) -> bool:
    """As the listener heard, and as Asterisk says itself: it may know of a call that began a moment ago."""
    with exchange.storage.reading() as tx:
        presence = PresenceStore(tx).get(extension)
    try:
        return any(each.get("Channel", "").startswith(f"PJSIP/{extension}-") for each in exchange.pbx.channels())
    except PbxError:
        return presence is not None and presence.activity is not Activity.IDLE
