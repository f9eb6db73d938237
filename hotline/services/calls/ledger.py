"""The ledger: writes folded calls with all that follows from them, and finds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.callbacks.owed import Callback
from hotline.domain.calls.call import Call
from hotline.domain.calls.events import Fact
from hotline.domain.calls.ledger import CallFilter, CallPage
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Actor
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.rights.acts import Act, may
from hotline.services.calls.consequence import Consequence
from hotline.services.calls.known import KnownCalls
from hotline.services.looks import note_look
from hotline.services.staff.whose import whose
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.checkpoints import CheckpointStore
from hotline.storage.calls.facts import FactStore
from hotline.storage.calls.store import CallStore
from hotline.storage.outbox import Outbox
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage, Transaction

#: Outbox topic of everything that happens to a call.
CALL_TOPIC = "call"

#: A page says "10,000 and more".
MOST_COUNTED = 10_000

#: The callback that a finished call leaves us owing, if any (hotline.domain.callbacks.callback).
Owed = Callable[[Call], Callback | None]


def record(
    storage: Storage,
    node: str,
    calls: Sequence[Call],
    facts: Sequence[Fact],
    owed: Owed,
    now: datetime,
    checkpoint: datetime | None = None,
    also: Sequence[Consequence] = (),
    known: KnownCalls | None = None,
) -> None:
    """Write calls and facts, and in the same transaction what follows from them: recordings announced,
    callbacks opened or taken back (A9), an outbox entry a call, `also` whatever else, and the checkpoint if given.
    Doing it again changes nothing but adds outbox entries. `known`: of those in progress, for their next time. Raises
    StorageError."""
    known = KnownCalls() if known is None else known
    with known.kept(), storage.writing() as tx:
        FactStore(tx).add(node, facts)
        CallStore(tx).save(calls, now)
        RecordingStore(tx).announce([entry for call in calls for entry in _recordings(call, known)])
        _owe(tx, node, [(call, owed(call)) for call in calls if call.ended_at is not None])
        ids = _ids(tx, node, calls, known)
        Outbox(tx).add([OutboxEntry(CALL_TOPIC, _announcement(call, ids[call.linkedid]), now) for call in calls])
        for follow in also:
            follow(tx, calls, now)
        if checkpoint is not None:
            CheckpointStore(tx).set(node, checkpoint)
    known.keep(calls, ids)


def find_calls(
    storage: Storage, wanted: CallFilter, limit: int, offset: int, actor: Actor, now: datetime, caller: str = ""
) -> CallPage:
    """A page of the ledger, newest first; no more than MOST_COUNTED are counted. `caller`: the number that is looked
    for, as written. Whoever does so looks at a person: that stands in the audit log (F8)."""
    if not may(Act.SEE_RATINGS, actor.roles):
        wanted = replace(wanted, rated=None)  # what is said of others' calls is not told by what is found
    page = _page(storage, _theirs(Act.READ_LEDGER, wanted, actor), limit, offset, now, MOST_COUNTED)
    if caller:
        note_look(storage, actor, now, "ledger.search", f"caller:{numbers.search_term(caller)}")
    return page


def export_calls(
    storage: Storage, wanted: CallFilter, limit: int, offset: int, actor: Actor, now: datetime
) -> CallPage:
    """The same for whoever takes them out of the system, all of them counted: it stands in the audit log (F8)."""
    page = _page(storage, _theirs(Act.EXPORT_CALLS, wanted, actor), limit, offset, now)
    note_look(storage, actor, now, "calls.export", "calls", f"{len(page.calls)} calls")
    return page


def _theirs(act: Act, wanted: CallFilter, actor: Actor) -> CallFilter:
    """For who may not see everybody's: the calls of those whom they lead."""
    return wanted if may(act, actor.roles) else replace(wanted, led=actor.led.spans)


def _page(
    storage: Storage, wanted: CallFilter, limit: int, offset: int, now: datetime, most: int | None = None
) -> CallPage:
    """Whose calls are asked for is who has the extension now, or a person (see `whose`)."""
    with storage.reading() as tx:
        theirs = replace(wanted, answered_by="", had=whose(tx, wanted.answered_by, now))
        return CallStore(tx).search(theirs, limit, offset, most)


def _recordings(call: Call, known: KnownCalls) -> list[RecordingEntry]:
    begun = (each for each in call.recordings if not known.announced(call, each.file))
    return [RecordingEntry(call.node, call.linkedid, each.kind, each.file, each.at) for each in begun]


def _owe(tx: Transaction, node: str, ended: Sequence[tuple[Call, Callback | None]]) -> None:
    CallbackStore(tx).drop(node, *(call.linkedid for call, callback in ended if callback is None))
    for _call, callback in ended:
        if callback is not None:
            CallbackStore(tx).open(callback)


def _ids(tx: Transaction, node: str, calls: Sequence[Call], known: KnownCalls) -> dict[str, int]:
    ids = known.ids(calls)
    new = [call.linkedid for call in calls if call.linkedid not in ids]
    return ids | CallStore(tx).ids_of(node, new)


def _announcement(call: Call, call_id: int) -> dict[str, object]:
    state = "ended" if call.ended_at else "talking" if call.talk_started_at else "open"
    return {"id": call_id, "node": call.node, "linkedid": call.linkedid, "state": state}
