"""May this number be dialled now? Asked in the transaction of every dial (A3, A15, A17, E3, E7, E10, toll fraud)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.customers.customer import Customer, PreferredWay
from hotline.domain.dialling.approval import ApprovalState, DialApproval
from hotline.domain.dialling.destination import Target
from hotline.domain.dialling.dial import DialOutcome, Wish
from hotline.domain.dialling.limits import Limits, limit_hit
from hotline.domain.dialling.permitted import Asked, Will, refusal
from hotline.domain.errors import Refused
from hotline.domain.numbers import Number
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason, because
from hotline.domain.text import one_line
from hotline.domain.time import midnight
from hotline.services.calling_hours import may_be_called_at
from hotline.services.dialling.limit_alerts import limits_are_over
from hotline.services.dialling.targets import target_of, waits_for_approval
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.customers.store import CustomerStore
from hotline.storage.dialling.approvals import DialApprovalStore
from hotline.storage.dialling.asked_for import AskedForStore
from hotline.storage.dialling.counts import DialCounts
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.transaction import Transaction

_OUT_OF_USE = {
    DialOutcome.INVALID: because("dialling.was_invalid"),
    DialOutcome.WRONG_NUMBER: because("dialling.was_wrong_number"),
}
#: The strictest wins where several share a number.
_STRICTEST = (PreferredWay.NONE, PreferredWay.MAIL, PreferredWay.SMS, PreferredWay.PHONE)


@dataclass(frozen=True, slots=True)
class _Found:
    """`approval`: the one that is used if it is dialled."""

    asked: Asked
    approval: DialApproval | None


def require_permitted(tx: Transaction, settings: Settings, actor: Actor, wish: Wish, now: datetime) -> None:
    """Uses up the approval that it needs, and notes what was confirmed. Raises Refused, by the strongest reason's own
    code; the caller notes that by `refused` once its transaction is rolled back."""
    found = _find(tx, settings, actor, wish, now)
    reason = refusal(found.asked)
    if reason is not None:
        raise Refused.of(reason, field="number")
    _note(tx, actor, wish, found, now)
    limits_are_over(tx, actor, now)


def why_not(tx: Transaction, settings: Settings, actor: Actor, wish: Wish, now: datetime) -> Reason | None:
    """What a dial would be refused for now, for lists and buttons; changes nothing."""
    return refusal(_find(tx, settings, actor, wish, now).asked)


def will_of(people: Sequence[Customer]) -> Will:
    """E3, E10: of all who are reached at a number."""
    ways = {each.preferred_way for each in people} or {PreferredWay.PHONE}
    return Will(any(each.do_not_call for each in people), next(way for way in _STRICTEST if way in ways))


def people_at(tx: Transaction, number: Number) -> list[Customer]:
    """Whose number it is, and as whom those were written down who called from it (E10: by number and by customer)."""
    if not number:
        return []
    customers = CustomerStore(tx)
    by_number = customers.of_number(number)
    others = set(AskedForStore(tx).customers_by_record(number)) - {each.id for each in by_number}
    return [*by_number, *customers.by_ids(sorted(others))]


def _find(tx: Transaction, settings: Settings, actor: Actor, wish: Wish, now: datetime) -> _Found:
    target = target_of(tx, settings, wish.number, wish.line, now)
    people = people_at(tx, target.number)
    opens_at = may_be_called_at(settings, wish.line, now)
    approval = _approval(tx, settings, target, actor, now)
    outcome = DialCounts(tx).out_of_use(target.number) if target.number else None
    asked = Asked(
        destination=target.destination,
        approved=approval is not None,
        long_distance_waits=settings.dialling.long_distance_needs_approval,
        blocked=bool(target.number) and BlocklistStore(tx).active(target.number, now) is not None,
        out_of_use=_OUT_OF_USE[outcome] if outcome else None,
        will=will_of(people),
        asked_for=_is_asked_for(tx, target, people),
        confirmed=bool(one_line(wish.confirmed)),
        in_rest_time=opens_at != now,
        opens_at=opens_at,
        named_time=wish.customer_named_time or _is_named(settings, wish, now),
        limit=_limit(tx, settings, target, actor, now),
    )
    return _Found(asked, approval)


def _is_named(settings: Settings, wish: Wish, now: datetime) -> bool:
    """E7: a time that was agreed holds for so long; it is no leave to call at any other."""
    named = wish.named_at
    return named is not None and named <= now < named + timedelta(minutes=settings.visits.agreed_minutes)


def _is_asked_for(tx: Transaction, target: Target, people: Sequence[Customer]) -> bool:
    return bool(target.number) and AskedForStore(tx).is_asked_for(target.number, [each.id or 0 for each in people])


def _approval(tx: Transaction, settings: Settings, target: Target, actor: Actor, now: datetime) -> DialApproval | None:
    if not waits_for_approval(settings, target):
        return None
    found = DialApprovalStore(tx).live(target.number, actor.name, now)
    return found if found is not None and found.state(now) is ApprovalState.GRANTED else None


def _limit(tx: Transaction, settings: Settings, target: Target, actor: Actor, now: datetime) -> Reason | None:
    counts, ours = DialCounts(tx), settings.dialling
    if tx.writes:
        counts.one_at_a_time()
    dialled = counts.dialled(actor.name, target.number, midnight(local_day(now)), now)
    return limit_hit(dialled, Limits(ours.a_minute, ours.an_hour, ours.at_once, ours.same_number_a_day))


def _note(tx: Transaction, actor: Actor, wish: Wish, found: _Found, now: datetime) -> None:
    audit, about = AuditLog(tx), object_of(wish)
    if found.approval is not None:
        _use(tx, found.approval, now)
        audit.add(now, actor.name, "dial_approval.use", f"dial_approval:{found.approval.id}")
    against = found.asked.will.against
    if against is not None:
        audit.add(now, actor.name, "dial.confirmed", about, f"{against.code}: {one_line(wish.confirmed)}")
    if found.asked.in_rest_time:
        audit.add(now, actor.name, "dial.named_time", about)


def _use(tx: Transaction, approval: DialApproval, now: datetime) -> None:
    """Raises Refused when somebody was quicker."""
    if not DialApprovalStore(tx).use(approval.id or 0, now):
        raise Refused("dialling.approval_used", field="number")


def object_of(wish: Wish) -> str:
    """As the audit log names it; no number stands there, since nothing is deleted from it."""
    return f"{wish.object_kind}:{wish.object_id}" if wish.object_kind else "number"
