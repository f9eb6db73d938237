"""Legal holds: a supervisor keeps a call's recordings beyond their term, with a reason (E2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.retention.deletion import Deletion
from hotline.domain.retention.retention import KeptFor, LegalHold, RetentionVerdict, Terms, judge
from hotline.domain.rights.acts import Act
from hotline.services.access import read_call, require_right
from hotline.services.looks import note_look
from hotline.services.retention.reason import read_reason
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.retention.deletions import DeletionStore
from hotline.storage.retention.store import ExpiryStore, HoldStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class HoldPage:
    """Newest first; `call_ids` by (node, linkedid), of calls that the ledger knows. `total` counts all."""

    holds: tuple[LegalHold, ...]
    call_ids: dict[tuple[str, str], int]
    total: int


def set_hold(
    storage: Storage, call_id: int, reason: str, until: datetime | None, actor: Actor, now: datetime
) -> LegalHold:
    """Keep this call's recordings, whatever their time, until then or until it is lifted. Raises Forbidden, NotFound,
    Refused, Conflict when one stands already."""
    require_right(Act.HOLD_CALLS, actor)
    said = read_reason(reason)
    if until is not None and until <= now:
        raise Refused("retention.hold_until", field="until")
    with storage.writing() as tx:
        stored = read_call(tx, call_id)
        if stored.recordings and all(each.state is RecordingState.DELETED for each in stored.recordings):
            raise Refused("retention.deleted_already")
        hold = HoldStore(tx).add(LegalHold(stored.call.node, stored.call.linkedid, said, actor.name, now, until))
        term = f"until {until.isoformat()}" if until else "until it is lifted"
        AuditLog(tx).add(now, actor.name, "hold.set", f"call:{call_id}", f"{term}: {said}")
        return hold


@dataclass(frozen=True, slots=True)
class CallKept:
    """Until when a call's recordings are kept and why; the hold, if one stands; the register, for those that went."""

    verdict: RetentionVerdict
    hold: LegalHold | None
    deletions: tuple[Deletion, ...]


def kept_of(tx: Transaction, stored: StoredCall, terms: Terms, now: datetime) -> CallKept | None:
    """None where nothing was recorded."""
    ids = [each.id or 0 for each in stored.recordings]
    found = ExpiryStore(tx).of(ids)
    gone = tuple(each for each in map(DeletionStore(tx).of, ids) if each is not None)
    if not found and not gone:
        return None
    kept = found[0].kept if found else KeptFor(stored.call.ended_at)
    hold = HoldStore(tx).of_call(stored.call.node, stored.call.linkedid)
    return CallKept(judge(kept, terms, now), hold if hold and hold.stands(now) else None, gone)


def lift_hold(storage: Storage, hold_id: int, actor: Actor, now: datetime) -> tuple[LegalHold, int | None]:
    """From now on only the law keeps the call's recordings. With the call's row in the ledger. Raises Forbidden,
    NotFound, Conflict."""
    require_right(Act.HOLD_CALLS, actor)
    with storage.writing() as tx:
        hold = HoldStore(tx).by_id(hold_id) if is_id(hold_id) else None
        if hold is None:
            raise NotFound("retention.no_hold", id=hold_id)
        if not HoldStore(tx).lift(hold_id, actor.name, now):
            raise Conflict("retention.hold_lifted")
        call_id = CallStore(tx).id_of(hold.node, hold.linkedid)
        AuditLog(tx).add(now, actor.name, "hold.lift", f"call:{call_id}" if call_id else f"hold:{hold_id}", hold.reason)
        lifted = HoldStore(tx).by_id(hold_id)
        return lifted or hold, call_id


def find_holds(
    storage: Storage, standing_only: bool, actor: Actor, now: datetime, limit: int, offset: int = 0
) -> HoldPage:
    """Those that stand, or all that ever were. The view is written down (F8). Raises Forbidden."""
    require_right(Act.READ_RETENTION, actor)
    at = now if standing_only else None
    with storage.reading() as tx:
        found, total = HoldStore(tx).search(at, limit, offset), HoldStore(tx).count(at)
        ids = {(hold.node, hold.linkedid): CallStore(tx).id_of(hold.node, hold.linkedid) for hold in found}
    note_look(storage, actor, now, "holds.view", "holds", f"{len(found)} holds")
    return HoldPage(tuple(found), {key: id for key, id in ids.items() if id}, total)
