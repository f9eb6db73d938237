"""What an operator's screen shows when a call rings (the pop), as JSON holds it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from hotline.domain.calls.call import Direction, Outcome
from hotline.services.calls.live_calls import LineView, QueueView
from hotline.services.forms.view import FormView
from hotline.services.operators.pop_parts import PARTS, sections
from hotline.services.pop_part import Section

#: Which fields features add is known once they are gathered, so not to the type checker.
_Sections: Any = sections(PARTS)


class CustomerShown(Section):
    """Somebody whose number this is. `preferred_way` (E3): phone, sms, mail, none; `do_not_call`: E10. `level`: what
    the settings call it, "" the usual one."""

    id: int
    name: str
    company: str
    preferred_way: str
    do_not_call: bool
    level: str
    note: str


class LastCall(Section):
    """An earlier call with this number, whichever of the two called; `outcome` is null while it lasts, `by` who of ours
    had it."""

    call_id: int
    at: datetime
    direction: Direction
    outcome: Outcome | None
    by: str
    category: str = Field(description="name of the category; empty without a form")
    content_short: str = Field(description="the first words of what the form says")


class Repeat(Section):
    """B8: the caller was here within `within_days`, `count` times before; about what, the last form says."""

    within_days: int
    count: int
    last_category: str
    last_category_name: str
    last_at: datetime


class BeforeShown(Section):
    """What the latest log form of an earlier call says of a caller whom we do not know as a customer. `open_form`: the
    form's id, when it is this operator's and not done yet."""

    caller_name: str
    open_form: int | None


class PromiseShown(Section):
    """B6: what was promised to this caller and is not kept yet."""

    form_id: int
    promise: str
    due_at: datetime | None
    overdue: bool


class TransferShown(Section):
    """A12: who passes the caller on to this operator, and why. kind: blind, attended."""

    from_extension: str
    from_name: str
    kind: str
    reason: str


class Pop(_Sections, Section):  # type: ignore[misc]
    """All that is known of the caller and the call before a word is said. Numbers as this operator may see them."""

    call_id: int
    node: str
    linkedid: str
    line: LineView
    greeting: str = Field(description="the words to say (C1)")
    number_shown: str
    withheld: bool
    region: str
    subject: str
    queue: QueueView | None
    arrived_at: datetime
    waited_seconds: float
    customers: tuple[CustomerShown, ...]
    last_calls: tuple[LastCall, ...]
    repeat: Repeat | None
    before: BeforeShown | None
    promises: tuple[PromiseShown, ...]
    returning_to_me: bool = Field(description="this operator had the caller last, within the days of B7")
    form: FormView | None = Field(description="the form of this call, once there is one")
    transfer: TransferShown | None
