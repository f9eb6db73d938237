"""Requests and responses of the API of approvals."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hotline.domain.dialling.approval import MAX_REASON
from hotline.services.dialling.view import DialApprovalView
from hotline.web.kit.schemas import MAX_INTEGER, MAX_LIMIT

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_REASON)]


class ApprovalPath(BaseModel):
    approval_id: int = Field(ge=1, le=MAX_INTEGER, description="`id` of an approval")


class ApprovalQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=MAX_LIMIT)


class AskToDialBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: str = Field(min_length=1, max_length=48, description="in any writing")
    line: str = Field(max_length=32, pattern=r"^[a-z0-9_-]+$", description="id of the line whose number is shown")
    reason: Reason


class DialDecisionBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    note: Reason = Field(description="the decision's reason")


class ApprovalList(BaseModel):
    """Newest first."""

    approvals: list[DialApprovalView]
