"""A12: transfers of a caller, with their consent and a reason. The result is read from the folded call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from hotline.domain.calls.call import Call
from hotline.domain.calls.having import has_caller, talk_now
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.operators.presence import TransferOrder, TransferState
from hotline.domain.operators.transfer import became_of
from hotline.domain.reasons import Coded, Reason, because
from hotline.services.accounts.let_in_no_more import extensions_let_in_no_more
from hotline.services.directory.directory import person_to_call
from hotline.services.operators.call_control import TRANSFER_CONTEXT, channel_of, end_barging_in
from hotline.services.operators.operators import require_operator
from hotline.services.pbx import Pbx
from hotline.services.recordings.pause import recorded_channel
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.operators.store import TransferStore
from hotline.storage.transaction import Storage, Transaction

#: The extension of TRANSFER_CONTEXT at which an attended transfer consults whomever HL_CONSULT names.
CONSULT_EXTEN = "*1"

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class TransferTarget:
    """To whom: an operator by extension, or a person of the directory by id."""

    kind: Literal["operator", "person"]
    id: str


def transfer(
    storage: Storage,
    settings: Settings,
    pbx: Pbx,
    stored: StoredCall,
    extension: str,
    kind: Literal["blind", "attended"],
    to: TransferTarget,
    consent: bool,
    reason: str,
    by: str,
    now: datetime,
) -> int:
    """Pass the caller on; the order's id. Attended: the target is consulted first, see `complete` and `cancel`.

    Raises Refused without the caller's consent or without a reason (A12), for oneself or for somebody who is let in no
    more, NotFound for an unknown target or when the operator is not on the call, Conflict while a colleague has the
    caller or another transfer of this call is under way, PbxError.
    """
    said = reason.strip()
    if not consent:
        raise Refused("operators.transfer_consent", field="consent")
    if not said or len(said) > LONGEST_REASON:
        raise Refused("operators.transfer_reason", most=LONGEST_REASON, field="reason")
    call = stored.call
    channel = channel_of(pbx, call.linkedid, extension)
    if talk_now(call) is not None and not has_caller(call, extension):
        raise Conflict("operators.not_your_caller")
    with storage.writing() as tx:
        name = _name_of(tx, settings, to, extension, now)
        TransferStore(tx).in_turn(call.node, call.linkedid)
        if TransferStore(tx).begun(call.node, [call.linkedid]):
            raise Conflict("operators.transfer_under_way")
        order = TransferOrder(call.node, call.linkedid, now, kind, extension, to.kind, to.id, name, consent, said)
        order_id = TransferStore(tx).add(order)
        AuditLog(tx).add(now, by, "call.transfer", f"call:{stored.id}", f"{kind} to {to.kind} {to.id}")
    try:
        _act(pbx, channel, order)
    except Exception as error:
        with storage.writing() as tx:
            TransferStore(tx).settle(order_id, TransferState.FAILED, _reason(error))
        raise
    return order_id


def complete(storage: Storage, pbx: Pbx, transfer_id: int, extension: str) -> None:
    """End of the consultation: the caller goes on with the target. Raises NotFound, Refused, PbxError."""
    order = _attended(storage, transfer_id, extension)
    pbx.hang_up(channel_of(pbx, order.linkedid, extension))


def cancel(storage: Storage, pbx: Pbx, transfer_id: int, extension: str) -> None:
    """Back to the caller; the target is hung up. Raises NotFound, Refused, PbxError."""
    order = _attended(storage, transfer_id, extension)
    pbx.cancel_transfer(channel_of(pbx, order.linkedid, extension))
    with storage.writing() as tx:
        TransferStore(tx).settle(transfer_id, TransferState.CANCELLED)


def own_order(storage: Storage, transfer_id: int, extension: str) -> TransferOrder:
    """A transfer that this operator ordered, and what became of it. Raises NotFound."""
    with storage.reading() as tx:
        order = TransferStore(tx).by_id(transfer_id)
    if order is None or order.from_extension != extension:
        raise NotFound("operators.no_transfer", id=transfer_id)
    return order


def overrule(tx: Transaction, call: Call) -> None:
    """A supervisor takes the caller over: what was ordered about them before comes to nothing."""
    for order in TransferStore(tx).begun(call.node, [call.linkedid]):
        if order.id is not None:
            TransferStore(tx).settle(order.id, TransferState.CANCELLED)


def settle(tx: Transaction, calls: Sequence[Call]) -> None:
    """In the transaction of the calls, all of one node: orders whose end these calls show."""
    by_id: Mapping[str, Call] = {call.linkedid: call for call in calls if call.talks}
    if not by_id:
        return
    for order in TransferStore(tx).begun(calls[0].node, list(by_id)):
        found = became_of(order, by_id[order.linkedid])
        if found is not None and order.id is not None:
            TransferStore(tx).settle(order.id, *found)


def _act(pbx: Pbx, channel: str, order: TransferOrder) -> None:
    exten = order.to_id if order.to_kind == "operator" else f"dir{order.to_id}"
    end_barging_in(pbx, order.linkedid)
    if order.kind == "blind":
        pbx.blind_transfer(channel, exten, TRANSFER_CONTEXT)
        return
    # The dialplan knows the last two of its own calls; not of those that came over from a desk phone's own transfer.
    variables = {
        "HL_CONSULT": exten,
        "HL_ASKER": order.from_extension,
        "HL_CALLER_CHANNEL": recorded_channel(pbx, order.linkedid),
    }
    pbx.attended_transfer(channel, CONSULT_EXTEN, TRANSFER_CONTEXT, variables)


def _name_of(tx: Transaction, settings: Settings, to: TransferTarget, extension: str, now: datetime) -> str:
    if to.kind == "operator":
        if to.id == extension:
            raise Refused("operators.transfer_to_oneself")
        name = require_operator(settings, to.id).name
        if to.id in extensions_let_in_no_more(tx, now):
            raise Refused("operators.let_in_no_more", name=name)
        return name
    return person_to_call(tx, int(to.id), now).name


def _reason(error: Exception) -> Reason:
    """Of something unforeseen only its kind: the log has the rest."""
    return (
        error.reason
        if isinstance(error, Coded)
        else because("operators.transfer_unforeseen", kind=type(error).__name__)
    )


def _attended(storage: Storage, transfer_id: int, extension: str) -> TransferOrder:
    order = own_order(storage, transfer_id, extension)
    if order.kind != "attended" or order.state is not TransferState.BEGUN:
        raise Refused("operators.no_consultation", kind=order.kind, state=order.state.value)
    return order
