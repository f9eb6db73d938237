"""Requests and responses of the API of callbacks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hotline.domain.callbacks.listing import Tab
from hotline.domain.callbacks.owed import CallbackReason
from hotline.services.callbacks.view import CallbackView
from hotline.web.kit.schemas import MAX_INTEGER, Moment

Note = Annotated[str, StringConstraints(max_length=500)]


class CallbackPath(BaseModel):
    callback_id: int = Field(ge=1, le=MAX_INTEGER)


class CallbackQuery(BaseModel):
    """Which callbacks; all given conditions hold together."""

    model_config = ConfigDict(extra="forbid")

    tab: Tab = Field(Tab.OPEN, description="open, own (taken by you), overdue, done")
    line: str = Field("", max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")
    reason: CallbackReason | None = None
    limit: int = Field(50, ge=1, le=200)
    after: str = Field("", max_length=200, pattern=r"^[A-Za-z0-9_-]*$", description="`after` of the page before")


class CallbackList(BaseModel):
    """`after`: what the next page is asked for by; empty at the end."""

    callbacks: list[CallbackView]
    open: int = Field(description="counted as far as 1000, as the others")
    own: int
    overdue: int
    after: str


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewCallbackBody(_Body):
    """Somebody wants to be called; it joins what their number is owed on that line already."""

    number: str = Field(max_length=64)
    line: str = Field(max_length=64)
    due_at: Moment | None = Field(None, description="when it was promised; else the usual term")
    note: Note = ""


class AssignCallbackBody(_Body):
    username: str = Field(max_length=64)


class TryBody(_Body):
    """They were not reached."""

    outcome: Literal["no_answer", "busy", "declined", "unreachable", "machine"]
    again_at: Moment | None = Field(None, description="when they are called next; else as the settings have it")
    note: Note = ""


class CloseCallbackBody(_Body):
    outcome: Literal["done", "not_reached", "wrong_number", "not_wanted"] = "done"
    note: Note
