"""Approvals as the screens and programs have them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.dialling.approval import ApprovalState
from hotline.services.dialling.approvals import SeenApproval
from hotline.services.shown import number_shown, region


class DialApprovalView(BaseModel):
    """A17: for one number, and for whoever asked, to be used once."""

    model_config = ConfigDict(extra="forbid")

    id: int
    number_shown: str
    place: str = Field(description="country or province and city, as far as the number tells")
    line: str = Field(description="id of the line whose number is shown")
    reason: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime = Field(description="granted: good until then; else decided until then")
    state: ApprovalState
    decided_by: str
    decided_at: datetime | None
    note: str = Field(description="the decision's reason")
    used_at: datetime | None
    may_decide: bool = Field(description="whoever asks for this view may decide it now")


_SAME = ("line", "reason", "asked_by", "asked_at", "expires_at", "decided_by", "decided_at", "note", "used_at")


def approval_view(seen: SeenApproval, now: datetime) -> DialApprovalView:
    one = seen.approval
    state = one.state(now)
    return DialApprovalView(
        id=one.id or 0,
        number_shown=number_shown(one.number, seen.whole),
        place=region(one.number),
        state=state,
        may_decide=seen.may_decide and state is ApprovalState.WAITING,
        **{name: getattr(one, name) for name in _SAME},
    )
