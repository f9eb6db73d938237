"""What goes in and out of the API of retention (E2) and of persons' requests (G3)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hotline.domain.retention.privacy import RequestKind, RequestState
from hotline.domain.retention.retention import KeptWhy
from hotline.services.retention.privacy import MAX_NAME, MAX_TEXT
from hotline.services.retention.reason import MAX_REASON
from hotline.web.kit.schemas import MAX_INTEGER, MAX_LIMIT, Moment

_Id = Annotated[int, Field(ge=1, le=MAX_INTEGER)]
_Plain = r"^[^\x00-\x1f\x7f]*$"


class _View(BaseModel):
    model_config = ConfigDict(extra="forbid")


class HoldPath(BaseModel):
    hold_id: _Id


class RequestIdPath(BaseModel):
    request_id: _Id


class PageQuery(_View):
    limit: int = Field(100, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class HoldQuery(PageQuery):
    all: bool = Field(default=False, description="those that are lifted or over too")


class DeletionQuery(PageQuery):
    since: Moment | None = Field(None, description="deleted at this time or later")
    until: Moment | None = Field(None, description="deleted before this time")
    q: str = Field(
        "",
        max_length=64,
        pattern=_Plain,
        description="part of the file's path, the call's id, the hash, the reason or who did it",
    )


class RequestListQuery(PageQuery):
    all: bool = Field(default=False, description="those that are closed too")


class HoldBody(_View):
    call_id: _Id
    reason: Annotated[str, StringConstraints(min_length=1, max_length=MAX_REASON)]
    until: Moment | None = Field(None, description="null: until it is lifted")


class NewRequest(_View):
    kind: RequestKind
    number: Annotated[str, StringConstraints(max_length=80)] = Field(description="in any writing")
    customer_id: _Id | None = Field(None, description="of several customers with this number")
    nobody_known: bool = Field(default=False, description="it is of none of the customers with this number")
    asked_by: Annotated[str, StringConstraints(min_length=1, max_length=MAX_NAME)]
    text: Annotated[str, StringConstraints(max_length=MAX_TEXT)] = ""


class CloseRequest(_View):
    state: Literal["done", "refused"]
    answer: Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)] = Field(
        description="what the person was told; for a refusal, why"
    )


class DueView(_View):
    recording_id: int
    call_id: int | None
    started_at: datetime
    seconds: float | None
    size_bytes: int | None
    path: str
    sha256: str
    kept_until: datetime | None = Field(description="the first moment at which it may go")
    category: str
    listed_at: datetime | None = Field(description="since when it is on the nightly list")
    discs: list[str] = Field(description="labels of the discs that hold it")


class DueListView(_View):
    count: int
    bytes: int
    recordings: list[DueView]


class HoldView(_View):
    id: int
    call_id: int | None
    node: str
    linkedid: str
    reason: str
    set_by: str
    set_at: datetime
    until: datetime | None
    lifted_at: datetime | None
    lifted_by: str


class HoldList(_View):
    total: int
    holds: list[HoldView]


class DeletionView(_View):
    recording_id: int
    call_id: int | None
    node: str
    linkedid: str
    kind: str
    started_at: datetime
    path: str
    seconds: float | None
    size_bytes: int | None
    sha256: str
    deleted_at: datetime
    deleted_by: str
    why: str
    found: bool = Field(description="false: the file was missing already")
    finished_at: datetime | None = Field(description="null: the file is still being removed")


class DeletionList(_View):
    total: int
    deletions: list[DeletionView]


class RequestView(_View):
    id: int
    kind: RequestKind
    number: str
    customer_id: int | None
    asked_by: str
    asked_at: datetime
    taken_by: str
    text: str
    due_at: datetime = Field(description="the first moment at which it is overdue")
    state: RequestState
    answer: str
    closed_at: datetime | None
    closed_by: str


class RequestListView(_View):
    total: int
    requests: list[RequestView]


class KeptCallView(_View):
    call_id: int
    started_at: datetime
    form_id: int | None
    recording_ids: list[int]
    may_go: bool
    kept_until: datetime | None
    why: KeptWhy


class RequestDetail(RequestView):
    customer_ids: list[int]
    calls: list[KeptCallView]
    cases: int
    callbacks: int
    messages: int = Field(description="left for people of the directory")
