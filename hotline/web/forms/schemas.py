"""Requests and responses of the API of log forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hotline.services.cases.view import BlockRequestView, CategoryView
from hotline.services.forms.follow_ups import MAX_DAYS
from hotline.services.forms.view import FormView
from hotline.web.kit.schemas import MAX_INTEGER, MAX_LIMIT, Moment

#: Longer than any field may be once its control characters are gone; that is told in words of its own.
_LONGEST = 20_000

Text = Annotated[str, StringConstraints(max_length=_LONGEST)]
SearchText = Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FormPath(BaseModel):
    form_id: int = Field(ge=1, le=MAX_INTEGER)


class RequestPath(BaseModel):
    request_id: int = Field(ge=1, le=MAX_INTEGER, description="`id` of a request to block")


class FormQuery(BaseModel):
    """Which records. `state`: overdue ones are open past their time (B2); promised ones hold a promise that is still
    to be kept (B6), the earliest due first; all others by call, the latest first."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["open", "done", "overdue", "promised", "unanswered", "all"] = "open"
    owner: str = Field(
        "me",
        max_length=32,
        pattern=r"^[A-Za-z0-9+*]*$",
        description="me, all, an extension or a duty mobile's number; operators see their own only",
    )
    origin: Literal["", "operator", "duty"] = ""
    category: str = Field("", max_length=32, pattern=r"^[a-z0-9_-]*$")
    q: SearchText = Field("", description="part of name, number, content, handling or promise")
    limit: int = Field(50, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class FormList(BaseModel):
    total: int
    limit: int
    offset: int
    forms: list[FormView]


class FormFields(Body):
    """What may be written; what is left out stays as it is. `fields`: further ones of the category, each by its id;
    those that are left out stay, and "" takes one away."""

    customer_id: Annotated[int, Field(ge=1, le=MAX_INTEGER)] | None = None
    caller_name: Text = ""
    callback_number: Text = ""
    region: Text | None = Field(None, description="null: where the number is from")
    address: Text = ""
    category: Text = ""
    content: Text = ""
    handling: Text = ""
    solved: bool | None = None
    promise: Text = ""
    promise_due_at: Moment | None = None
    follow_up_person: Text = ""
    complaint: bool | None = None
    fields: dict[Annotated[str, StringConstraints(max_length=64)], Text] = Field({}, max_length=100)

    def changes(self) -> dict[str, object]:
        """Those that were given."""
        return {name: getattr(self, name) for name in self.model_fields_set if name != "version"}


class FormChangeBody(FormFields):
    version: int = Field(ge=1, le=MAX_INTEGER, description="of the record that the change was made on")


class CallFormBody(FormFields):
    version: Annotated[int, Field(ge=1, le=MAX_INTEGER)] | None = Field(
        None, description="of the record that the change was made on; null where there was none"
    )


class DoneBody(Body):
    version: int = Field(ge=1, le=MAX_INTEGER)


class PromiseKeptBody(Body):
    note: str = Field("", max_length=1000)


class CallbackBody(Body):
    """reason: promised; long_call: the call goes on from another line (A10); one_way: one side is not heard (Q3)."""

    number: str = Field("", max_length=64, description="empty: the one that the record has")
    due_at: Moment | None = Field(None, description="null: when it was promised, else within the usual time (A9)")
    note: str = Field("", max_length=1000)
    reason: Literal["promised", "long_call", "one_way"] = "promised"


class CallbackOpened(BaseModel):
    number_shown: str
    due_at: Moment
    reason: str


class CaseBody(Body):
    kind: str = Field(min_length=1, max_length=32, description="the code of a kind: complaint, enquiry")
    title: str = Field(min_length=1, max_length=200)
    content: Text = ""
    values: Mapping[str, Text] = Field(default_factory=dict, description="the kind's fields, by id")


class BlockBody(Body):
    reason: str = Field(min_length=1, max_length=500)
    days: Annotated[int, Field(ge=1, le=MAX_DAYS)] | None = Field(None, description="null: until lifted")


class DecisionBody(Body):
    note: str = Field("", max_length=500)


class RequestQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    open: bool = Field(True, description="only those that await a decision")
    limit: int = Field(50, ge=1, le=MAX_LIMIT)


class RequestList(BaseModel):
    """Newest first."""

    requests: list[BlockRequestView]


class CategoryList(BaseModel):
    """In the order of the tree: each above those that stand below it."""

    categories: list[CategoryView]


class LinkMade(BaseModel):
    """The link's address; it is shown this once."""

    url: str
    expires_at: Moment
