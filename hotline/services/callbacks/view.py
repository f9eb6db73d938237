"""A callback as the API gives it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from hotline.domain.callbacks.owed import CallbackCall
from hotline.services.callbacks.listing import ListedCallback
from hotline.services.shown import number_shown


class CallOfCallback(BaseModel):
    """A call that the callback is owed for."""

    call_id: int | None = Field(description="null: the ledger has it no more, or there was none")
    node: str
    linkedid: str
    reason: str
    queued_at: datetime = Field(description="from when on they waited")
    note: str
    opened_by: str = Field(description="who opened it by hand; empty: the call did")


class TryOfCallback(BaseModel):
    at: datetime
    by: str
    outcome: str
    note: str
    next_try_at: datetime | None


class MessageOfCallback(BaseModel):
    """A voicemail; `recording_id` is played by /recordings/{id}/audio for whoever has taken the callback."""

    recording_id: int
    ready: bool
    silent: bool
    heard_by: str
    said: str | None = Field(description="what was recognised, for who may hear it")


class CustomerOfCallback(BaseModel):
    customer_id: int
    name: str
    do_not_call: bool = Field(description="E10")


class CallbackView(BaseModel):
    """A call that we owe (A9): to one number of one line, for all its calls there."""

    id: int
    line: str
    number_shown: str = Field(description="masked for who may not see it whole; empty when it cannot be read")
    reason: str = Field(description="of the first call")
    rank: int = Field(description="important customers come first: the lower the earlier")
    queued_at: datetime = Field(description="their place in the waiting line")
    due_at: datetime
    taken_by: str = Field(description="empty: nobody")
    taken_at: datetime | None
    closed_at: datetime | None
    closed_by: str
    outcome: str = Field(
        description="done, called_again, talked, not_reached, wrong_number, not_wanted; empty while it is open"
    )
    closing_note: str
    wanted: list[str] = Field(description="what they chose in the menu, and where they waited")
    category: str = Field(description="of their last record")
    customers: list[CustomerOfCallback]
    calls: list[CallOfCallback]
    tries: list[TryOfCallback]
    messages: list[MessageOfCallback]
    may_do: list[str] = Field(description="what whoever asks may do with it")


def callback_view(listed: ListedCallback, whole: bool) -> CallbackView:
    callback = listed.callback
    return CallbackView(
        id=callback.id or 0,
        line=callback.line,
        number_shown=number_shown(callback.number, whole),
        reason=callback.reason.value,
        rank=callback.rank,
        queued_at=callback.queued_at,
        due_at=callback.due_at,
        taken_by=callback.taken_by,
        taken_at=callback.taken_at,
        closed_at=callback.closed_at,
        closed_by=callback.closed_by,
        outcome=callback.outcome.value if callback.outcome else "",
        closing_note=callback.closing_note,
        wanted=list(listed.wanted),
        category=listed.category,
        customers=[
            CustomerOfCallback(customer_id=each.customer_id, name=each.name, do_not_call=each.do_not_call)
            for each in listed.people
        ],
        calls=[_call(*each) for each in zip(listed.calls, listed.call_ids, strict=True)],
        tries=[
            TryOfCallback(at=each.at, by=each.by, outcome=each.outcome, note=each.note, next_try_at=each.next_try_at)
            for each in listed.tries
        ],
        messages=[
            MessageOfCallback(
                recording_id=each.recording_id,
                ready=each.ready,
                silent=each.silent,
                heard_by=each.call.heard_by,
                said=each.said,
            )
            for each in listed.messages
        ],
        may_do=sorted(listed.may_do),
    )


def _call(call: CallbackCall, call_id: int | None) -> CallOfCallback:
    return CallOfCallback(
        call_id=call_id,
        node=call.node,
        linkedid=call.linkedid,
        reason=call.reason.value,
        queued_at=call.queued_at,
        note=call.note,
        opened_by=call.opened_by,
    )
