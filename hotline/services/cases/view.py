"""Cases, requests to block and categories as the screens and programs have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.cases.block_request import BlockRequest, Decision
from hotline.domain.cases.case import CaseState, Channel, Complexity, Priority, ServiceCase
from hotline.services.shown import number_shown
from hotline.settings import Settings
from hotline.settings.console import EnquiryHandling, is_retired


class _View(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CaseView(_View):
    id: int
    number: str = Field(description="what callers can be told: 20261122-001")
    kind: str = Field(description="the code of a kind: complaint, enquiry")
    version: int = Field(description="of its kind: by that it goes its way")
    stage: str = Field(description="where it stands, of the stages of its kind's version")
    title: str
    content: str
    owner: str
    offered_to: str = Field(description="user name of whom it is handed over to, once they accept; empty: nobody")
    state: CaseState
    opened_by: str
    opened_at: datetime
    form_id: int | None
    customer_id: int | None
    number_shown: str = Field(description="the caller's")
    department_id: int | None = Field(description="of the department that has to answer")
    subject: str
    region: str
    channel: Channel
    priority: Priority
    complexity: Complexity
    demand: int = Field(description="what is asked for, 1 to 3; 0: not judged")
    loss: int = Field(description="the customer's loss, 1 to 3; 0: not judged")
    spread: int = Field(description="how far it spreads, 1 to 3; 0: not judged")
    severity: str = Field(description="light, medium or severe; empty: not judged")
    repeats: int = Field(description="how often the same came before")
    parent_id: int | None
    merged_into: int | None
    values: Mapping[str, str] = Field(description="the kind's fields, by id")
    waiting: str = Field(description="why its clocks stand; empty: they run")
    asked_first: int = Field(description="how often the customer asked before we spoke")
    due_at: datetime | None = Field(description="the first of its open deadlines")
    closed_at: datetime | None
    closed_by: str
    result: str
    revision: int = Field(description="rises with each change; given back with what is done to it")


def case_view(case: ServiceCase, whole: bool) -> CaseView:
    """`whole`: numbers may be seen."""
    values = {name: getattr(case, name) for name in CaseView.model_fields if name != "number_shown"}
    values["kind"] = str(case.kind)
    return CaseView(**values, number_shown=number_shown(case.caller_number, whole))


class BlockRequestView(_View):
    id: int
    number_shown: str
    reason: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime | None = Field(description="as asked for; null: until lifted")
    days: int | None = Field(description="for how long, from the decision on; null: until lifted")
    decision: Decision | None
    decided_by: str
    decided_at: datetime | None
    note: str


def block_request_view(request: BlockRequest, whole: bool) -> BlockRequestView:
    """`whole`: numbers may be seen."""
    shown = ("number_shown", "days")
    values = {name: getattr(request, name) for name in BlockRequestView.model_fields if name not in shown}
    days = (request.expires_at - request.asked_at).days if request.expires_at else None
    return BlockRequestView(**values, number_shown=number_shown(request.number, whole), days=days)


class ExtraFieldView(_View):
    """A field of the form that only this category has. kind: text, lines, choice, date, number."""

    id: str
    label: str
    kind: str
    choices: list[str]
    required: bool


class CategoryView(_View):
    """`way` (B9): answer, specialist, supervisor, sales or dealer. `subject`: by which the directory is searched for
    whom to pass the caller on to. `path`: the names from the top of the tree down to this one. `retired`: it is chosen
    for nothing new."""

    id: str
    name: str
    parent: str
    path: list[str]
    way: EnquiryHandling
    subject: str
    required: list[str]
    fields: list[ExtraFieldView]
    retired: bool


def category_views(settings: Settings) -> list[CategoryView]:
    """In the order of the tree: each above those that stand below it."""
    return [_category_view(settings, category_id) for category_id in _below(settings, "")]


def _below(settings: Settings, parent: str) -> Iterable[str]:
    for category_id, category in settings.categories.items():
        if category.parent == parent:
            yield category_id
            yield from _below(settings, category_id)


def category_path(settings: Settings, category_id: str) -> list[str]:
    """Names from the top down; a category that the settings have lost goes by its id."""
    path: list[str] = []
    while category_id:
        category = settings.categories.get(category_id)
        path.insert(0, category.name if category else category_id)
        category_id = category.parent if category else ""
    return path


def _category_view(settings: Settings, category_id: str) -> CategoryView:
    category = settings.categories[category_id]
    return CategoryView(
        id=category_id,
        name=category.name,
        parent=category.parent,
        path=category_path(settings, category_id),
        way=category.way,
        subject=category.subject,
        required=list(category.required),
        fields=[
            ExtraFieldView(
                id=name, label=extra.label, kind=extra.kind, choices=list(extra.choices), required=extra.required
            )
            for name, extra in category.fields.items()
        ],
        retired=is_retired(settings.categories, category_id),
    )
