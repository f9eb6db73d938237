"""All that a call's page shows of it, in one snapshot: the call, its sound, what was found in it, how long it stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calls.call import Call, Direction
from hotline.domain.calls.ledger import StoredCall, operators_of
from hotline.domain.dialling.dial import Dial
from hotline.domain.operators.presence import TransferOrder
from hotline.domain.people import Actor
from hotline.domain.retention.archive import Disc
from hotline.domain.retention.retention import Terms
from hotline.domain.rights.acts import Act, may, may_ever
from hotline.domain.satisfaction.rating import Rating
from hotline.services.access import may_hear, read_call, require_led, ties_of_leader
from hotline.services.examination.sheet import SoundView, sound_view
from hotline.services.looks import note_look
from hotline.services.rated import rating_shown
from hotline.services.retention.holds import CallKept, kept_of
from hotline.storage.dialling.store import DialStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.operators.store import TransferStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.retention.discs import DiscStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class HeardCall:
    """What may be heard and read of a call that is over. `sound`: None where nothing was recorded. `may_examine`:
    whoever looks may have it examined."""

    sound: SoundView | None
    examination_ids: Sequence[int]
    may_examine: bool


@dataclass(frozen=True, slots=True)
class SeenCall:
    """A call as this person may see it. `may_listen`: to both sides, all of it. `heard`: for who oversees, as soon as
    the call is over and one of ours talked or something was recorded. `discs`: those that each recording is on, by its
    id, for who oversees; `kept`: until when the recordings stay, for who sees to it. `dial`: of a call that we
    dialled, who wanted it and what for. `orders`: who was to have the caller next, and why (A12). `rating`: what the
    caller said of it, for who may see that (E9)."""

    stored: StoredCall
    may_listen: bool
    heard: HeardCall | None
    discs: Mapping[int, Sequence[Disc]]
    kept: CallKept | None
    dial: Dial | None
    orders: Sequence[TransferOrder]
    rating: Rating | None


def see_call(storage: Storage, terms: Terms, call_id: int, actor: Actor, now: datetime) -> SeenCall:
    """The look stands in the audit log (F8). Raises NotFound, Forbidden for a call of others' people."""
    seen = follow_call(storage, terms, call_id, actor, now)
    note_look(storage, actor, now, "call.view", f"call:{call_id}")
    return seen


def follow_call(storage: Storage, terms: Terms, call_id: int, actor: Actor, now: datetime) -> SeenCall:
    """The same for the page of somebody who has looked already and follows the call while it lasts. Raises as
    `see_call`."""
    with storage.reading() as tx:
        stored = read_call(tx, call_id)
        ties = ties_of_leader(stored.call, actor)
        require_led(Act.READ_CALL, actor, ties)
        may_listen = may_hear(tx, stored.call, actor)
        ids = [each.id for each in stored.recordings if each.id is not None]
        return SeenCall(
            stored,
            may_listen,
            heard=_heard(tx, stored, actor) if may_listen else None,
            discs=DiscStore(tx).holding(ids) if may(Act.SEE_DISCS_OF_CALL, actor.roles, ties) else {},
            kept=kept_of(tx, stored, terms, now) if may(Act.SEE_KEPT_UNTIL, actor.roles) else None,
            dial=_dial(tx, stored.call),
            orders=TransferStore(tx).of(stored.call.node, stored.call.linkedid),
            rating=rating_shown(tx, stored.call.node, stored.call.linkedid, actor),
        )


def call_of_recording(storage: Storage, recording_id: int) -> str:
    """As the audit log names it beside the recording; "" for a recording that is not there."""
    with storage.reading() as tx:
        entry = RecordingStore(tx).by_id(recording_id)
    return f"call {entry.node}/{entry.linkedid}" if entry else ""


def _dial(tx: Transaction, call: Call) -> Dial | None:
    return DialStore(tx).of_linkedid(call.node, call.linkedid) if call.direction is Direction.DIALLED else None


def _heard(tx: Transaction, stored: StoredCall, actor: Actor) -> HeardCall | None:
    if stored.call.ended_at is None or not may(Act.READ_FINDINGS, actor.roles, ties_of_leader(stored.call, actor)):
        return None
    sound, talked = sound_view(tx, stored, actor), bool(operators_of(stored.call))
    if sound is None and not talked:
        return None
    ids = ExaminationStore(tx).ids_of(stored.call.node, stored.call.linkedid)
    return HeardCall(sound, ids, talked and may_ever(Act.EXAMINE, actor.roles))
