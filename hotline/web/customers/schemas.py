"""What goes in and out of the API of customers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.customers.customer import MAX_FIELD, MAX_NOTE, MAX_NUMBERS, PreferredWay
from hotline.domain.customers.history import HistoryKind
from hotline.services.customers.view import CustomerView, HistoryView
from hotline.web.kit.schemas import MAX_INTEGER, MAX_LIMIT

Text = Annotated[str, Field(max_length=MAX_FIELD)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CustomerQueryIn(_Body):
    q: str = Field("", max_length=200, description="a number in any writing, a part of one, or words")
    limit: int = Field(20, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class CustomerPath(BaseModel):
    customer_id: int = Field(ge=1, le=MAX_INTEGER)


class NumberPath(CustomerPath):
    number_id: int = Field(ge=1, le=MAX_INTEGER)


class HistoryQuery(_Body):
    kind: HistoryKind | None = None
    limit: int = Field(20, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class NewNumber(_Body):
    number: str = Field(min_length=1, max_length=80, description="in any writing, with 转801 or -801 for an extension")
    label: str = Field("", max_length=40)


class CustomerFields(_Body):
    """What is left out stays as it is."""

    name: Text | None = None
    company: Text | None = None
    region: Text | None = None
    address: Text | None = None
    mail: Text | None = None
    preferred_way: PreferredWay | None = None
    do_not_call: bool | None = None
    level: str | None = Field(None, max_length=32, description="of the settings customers.levels; empty: the usual")
    consent: bool | None = Field(None, description="agrees to be asked for their opinion; false takes it back")
    note: str | None = Field(None, max_length=MAX_NOTE)

    def changes(self, consent_at: datetime | None) -> dict[str, object]:
        given = self.model_dump(exclude_none=True, exclude={"consent", "numbers", "version"})
        if self.consent is not None:
            given["consent_at"] = consent_at if self.consent else None
        return given


class NewCustomer(CustomerFields):
    numbers: list[NewNumber] = Field([], max_length=MAX_NUMBERS)


class CustomerChange(CustomerFields):
    version: int = Field(ge=1, le=MAX_INTEGER, description="of the record that was changed; an older one is 409")


class MergeBody(_Body):
    other_id: int = Field(ge=1, le=MAX_INTEGER, description="who turned out to be this customer")


class SplitBody(_Body):
    """Either numbers of this customer that are somebody else's, or a merged customer who is somebody else again."""

    number_ids: list[Annotated[int, Field(ge=1, le=MAX_INTEGER)]] = Field([], max_length=MAX_NUMBERS)
    name: Text = ""
    merged_id: int | None = Field(None, ge=1, le=MAX_INTEGER, description="undoes this merge")


class CustomerListed(CustomerView):
    last_call_at: datetime | None


class CustomerList(BaseModel):
    """Best fit first."""

    total: int
    limit: int
    offset: int
    customers: list[CustomerListed]


class MergedShown(BaseModel):
    id: int
    name: str
    company: str


class CustomerDetail(CustomerView):
    merged: list[MergedShown] = Field(description="who turned out to be this customer; can be undone by split")
    calls: list[HistoryView]
    forms: list[HistoryView] = Field(description="those of the calls that have a form")
    cases: list[HistoryView]
    history_total: int


class HistoryList(BaseModel):
    total: int
    limit: int
    offset: int
    history: list[HistoryView]
