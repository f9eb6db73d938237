"""A17: approvals of what is not dialled freely: asked for with a reason, decided by a supervisor who did not ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.dialling.approval import MAX_REASON, DialApproval
from hotline.domain.dialling.destination import NEVER, Target
from hotline.domain.dialling.permitted import Asked, refusal
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may, roles_for
from hotline.domain.text import one_line
from hotline.services.access import require_right
from hotline.services.dialling.notification_kinds import (
    DIAL_APPROVAL_ASKED,
    DIAL_APPROVAL_GRANTED,
    DIAL_APPROVAL_REFUSED,
)
from hotline.services.dialling.targets import target_of, waits_for_approval
from hotline.services.looks import note_look
from hotline.services.notifications.audiences import persons_of
from hotline.services.notifications.notify import notify
from hotline.services.staff.concerned import person_of_account
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.dialling.approvals import DialApprovalStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class SeenApproval:
    """`may_decide`: whoever looks may decide it, if it waits; `whole`: they see its number whole (A14): they asked,
    lead who asked, or see all."""

    approval: DialApproval
    may_decide: bool
    whole: bool


def see_approvals(storage: Storage, limit: int, actor: Actor, now: datetime) -> tuple[SeenApproval, ...]:
    """Newest first; who does not see all sees those that they asked for, and those of whom they lead. The look stands
    in the audit log (F8)."""
    require_right(Act.SEE_DIAL_APPROVALS, actor)
    whose = None if may(Act.SEE_DIAL_APPROVALS, actor.roles) else {actor.name, *_led(actor)}
    with storage.reading() as tx:
        found = DialApprovalStore(tx).listed(whose, limit)
    note_look(storage, actor, now, "dial_approvals.view", "dial_approvals", f"{len(found)} approvals")
    return tuple(seen_by(actor, each) for each in found)


def seen_by(actor: Actor, approval: DialApproval) -> SeenApproval:
    ties = (Tie.LED,) if approval.asked_by in actor.led.usernames else ()
    whole = approval.asked_by == actor.name or may(Act.SEE_NUMBERS, actor.roles, ties)
    return SeenApproval(approval, may_decide(approval, actor), whole)


def ask(
    storage: Storage, settings: Settings, written: str, line: str, reason: str, actor: Actor, now: datetime
) -> DialApproval:
    """Who may decide is told. Raises Forbidden, Refused for a number that is dialled freely or never, Conflict when
    they asked already."""
    require_right(Act.ASK_TO_DIAL, actor)
    reason = _reason(reason, "reason")
    if line not in settings.lines:
        raise Refused("dialling.no_such_line", field="line", got=line[:40])
    with storage.writing() as tx:
        target = target_of(tx, settings, written, line, now)
        _require_approvable(tx, settings, target, now)
        if DialApprovalStore(tx).live(target.number, actor.name, now) is not None:
            raise Conflict("dialling.approval_there", field="number")
        until = now + timedelta(hours=settings.dialling.approval_hours)
        asked = DialApprovalStore(tx).add(DialApproval(target.number, line, reason, actor.name, now, until))
        AuditLog(tx).add(now, actor.name, "dial_approval.ask", _object(asked), reason)
        told = set(persons_of(tx, settings, roles_for(Act.DECIDE_DIALS), now)) - set(_persons(tx, actor.name))
        notify(tx, sorted(told), DIAL_APPROVAL_ASKED, _object(asked), now, by=actor.display_name)
    return asked


def decide(
    storage: Storage, settings: Settings, approval_id: int, granted: bool, note: str, actor: Actor, now: datetime
) -> DialApproval:
    """Whoever asked is told. Raises NotFound, Forbidden for who asked themselves, Refused without a reason, Conflict
    when it was decided already or is too old."""
    require_right(Act.DECIDE_DIALS, actor)
    note = _reason(note, "note")
    with storage.writing() as tx:
        asked = DialApprovalStore(tx).by_id(approval_id) if is_id(approval_id) else None
        if asked is None:
            raise NotFound("dialling.no_approval", id=approval_id)
        if not may_decide(asked, actor):
            raise Forbidden("dialling.own_approval")
        until = now + timedelta(hours=settings.dialling.approval_hours)
        if not DialApprovalStore(tx).decide(approval_id, granted, actor.name, note, until, now):
            raise Conflict("dialling.approval_decided")
        action = "dial_approval.grant" if granted else "dial_approval.refuse"
        AuditLog(tx).add(now, actor.name, action, _object(asked), note)
        kind = DIAL_APPROVAL_GRANTED if granted else DIAL_APPROVAL_REFUSED
        notify(tx, _persons(tx, asked.asked_by), kind, _object(asked), now, by=actor.display_name)
        decided = DialApprovalStore(tx).by_id(approval_id)
    assert decided is not None
    return decided


def may_decide(approval: DialApproval, actor: Actor) -> bool:
    """Not who asked: nobody approves what they wish themselves."""
    ties = () if approval.asked_by == actor.name else (Tie.UNHANDLED,)
    return may(Act.DECIDE_DIALS, actor.roles, ties)


def _require_approvable(tx: Transaction, settings: Settings, target: Target, now: datetime) -> None:
    never = refusal(Asked(target.destination)) if target.destination in NEVER else None
    if never is not None:
        raise Refused.of(never, field="number")
    if not waits_for_approval(settings, target):
        raise Refused("dialling.approval_not_needed", field="number")
    if BlocklistStore(tx).active(target.number, now) is not None:
        raise Refused("dialling.blocked", field="number")


def _reason(written: str, field: str) -> str:
    plain = one_line(written)
    if not plain:
        raise Refused("dialling.approval_reason", field=field)
    if len(plain) > MAX_REASON:
        raise Refused("dialling.approval_reason_long", field=field, most=MAX_REASON)
    return plain


def _led(actor: Actor) -> frozenset[str]:
    return actor.led.usernames if may(Act.SEE_DIAL_APPROVALS, actor.roles, (Tie.LED,)) else frozenset()


def _persons(tx: Transaction, username: str) -> list[int]:
    """Who has this account, as somebody who is told of things."""
    person = person_of_account(tx, username)
    return [person.id] if person is not None and person.id is not None else []


def _object(approval: DialApproval) -> str:
    return f"dial_approval:{approval.id}"
