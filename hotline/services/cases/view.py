"""Cases, requests to block and categories as the screens and programs have them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.cases.block_request import BlockRequest, Decision
from hotline.domain.cases.case import CaseKind, CaseState, ServiceCase
from hotline.services.shown import number_shown
from hotline.settings import Settings
from hotline.settings.console import EnquiryHandling


class _View(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CaseView(_View):
    id: int
    number: str = Field(description="what callers can be told: 20261122-001")
    kind: CaseKind
    title: str
    content: str
    owner: str
    state: CaseState
    opened_by: str
    opened_at: datetime
    form_id: int | None
    customer_id: int | None
    number_shown: str = Field(description="the caller's")
    closed_at: datetime | None
    closed_by: str
    result: str


def case_view(case: ServiceCase, whole: bool) -> CaseView:
    """`whole`: numbers may be seen."""
    values = {name: getattr(case, name) for name in CaseView.model_fields if name != "number_shown"}
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
    whom to pass the caller on to. `path`: the names from the top of the tree down to this one."""

    id: str
    name: str
    parent: str
    path: list[str]
    way: EnquiryHandling
    subject: str
    required: list[str]
    fields: list[ExtraFieldView]


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
    )
