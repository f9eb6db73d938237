"""Pause and resume of a live call's recording, so that card data never stands in it (G2).

The ledger's mark is always at least as long as the gap in the sound: it is set before Asterisk is told to pause, and
lifted only after Asterisk has resumed. Whatever fails on the way leaves the mark standing; taking the recording in
then says whether sound stands in a marked pause. Each mark is told to the screens, which show it as long as it stands.
"""

from __future__ import annotations

from hotline.domain.calls.dialled_id import is_customers, is_dialled
from hotline.domain.calls.events import Fact, FactKind
from hotline.domain.errors import NotFound
from hotline.domain.outbox import OutboxEntry
from hotline.domain.time import Clock
from hotline.services.outbox_topics import CALL
from hotline.services.pbx import Pbx
from hotline.storage.calls.facts import FactStore
from hotline.storage.calls.store import CallStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage, Transaction

_MARKS = (FactKind.RECORDING_PAUSED, FactKind.RECORDING_RESUMED)


def pause(storage: Storage, pbx: Pbx, node: str, linkedid: str, clock: Clock) -> None:
    """Pause both directions. Raises NotFound when no such call lasts, PbxError when Asterisk did not confirm: the
    recording may then go on."""
    channel = recorded_channel(pbx, linkedid)
    _mark(storage, node, linkedid, channel, FactKind.RECORDING_PAUSED, clock)
    pbx.pause_recording(channel, True)


def resume(storage: Storage, pbx: Pbx, node: str, linkedid: str, clock: Clock) -> None:
    """Go on recording. Raises NotFound when no such call lasts, PbxError when Asterisk did not confirm."""
    channel = recorded_channel(pbx, linkedid)
    pbx.pause_recording(channel, False)
    _mark(storage, node, linkedid, channel, FactKind.RECORDING_RESUMED, clock)


def is_paused(storage: Storage, node: str, linkedid: str) -> bool:
    """By the ledger's latest mark."""
    with storage.reading() as tx:
        return _paused(FactStore(tx).of(node, [linkedid]).get(linkedid, []))


def _mark(storage: Storage, node: str, linkedid: str, channel: str, kind: FactKind, clock: Clock) -> None:
    """Pausing what is paused already keeps the first mark: the gap may have begun then."""
    with storage.writing() as tx:
        paused = _paused(FactStore(tx).of(node, [linkedid]).get(linkedid, []))
        if paused != (kind is FactKind.RECORDING_PAUSED):
            mark = Fact(clock(), kind, linkedid, channel)
            FactStore(tx).add(node, [mark])
            _tell(tx, node, mark)


def _tell(tx: Transaction, node: str, mark: Fact) -> None:
    call_id = CallStore(tx).id_of(node, mark.linkedid)
    if call_id is not None:
        payload = {"id": call_id, "node": node, "linkedid": mark.linkedid, "state": "talking"}
        Outbox(tx).add([OutboxEntry(CALL, payload, mark.at)])


def _paused(facts: list[Fact]) -> bool:
    marks = sorted((fact for fact in facts if fact.kind in _MARKS), key=lambda fact: fact.at)
    return bool(marks) and marks[-1].kind is FactKind.RECORDING_PAUSED


def recorded_channel(pbx: Pbx, linkedid: str) -> str:
    """On which the recording runs from its begin to its end, through every transfer: the customer's, as long as it is
    there. Raises NotFound."""
    found = customers_channel(pbx, linkedid)
    if not found and not is_dialled(linkedid):
        found = next((each["Channel"] for each in pbx.channels() if each.get("Linkedid") == linkedid), "")
    if not found:
        raise NotFound("calls.not_in_progress", id=linkedid)
    return found


def customers_channel(pbx: Pbx, linkedid: str) -> str:
    """ "" when it is gone, or not there yet. A call is named after its first channel, which is the customer's unless we
    dialled them."""
    for channel in pbx.channels():
        ours = channel.get("Linkedid") == linkedid and is_customers(channel.get("Channel", ""))
        if ours if is_dialled(linkedid) else channel.get("Uniqueid") == linkedid:
            return channel["Channel"]
    return ""
