"""The sections of what operators and supervisors work with: console, form, categories, customers, floor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from hotline.domain.reasons import Unfit
from hotline.settings.base import Identifier, Section

#: Reasons that the system gives itself (hotline.domain.operators.presence); none of the settings' may be called so.
OWN_REASONS = ("wrap-up", "away", "supervisor")

FormField = Literal[
    "caller_name",
    "callback_number",
    "region",
    "address",
    "content",
    "handling",
    "solved",
    "promise",
    "promise_due_at",
    "follow_up_person",
    "complaint",
]


class Console(Section):
    wrap_up_seconds: Annotated[int, Field(ge=0, le=3600)]
    grace_seconds: Annotated[int, Field(ge=5, le=600)]
    max_unfinished_forms: Annotated[int, Field(ge=0, le=1000)]
    repeat_days: Annotated[int, Field(ge=1, le=365)]
    greeting: Annotated[str, Field(min_length=1, max_length=200)]
    dialled_greeting: Annotated[str, Field(min_length=1, max_length=200)]
    pause_reasons: dict[Identifier, Annotated[str, Field(min_length=1, max_length=20)]]
    pause_minutes: dict[Identifier, Annotated[int, Field(ge=1, le=1440)]]

    @model_validator(mode="after")
    def _check(self) -> Console:
        if own := set(OWN_REASONS) & set(self.pause_reasons):
            raise Unfit("settings.own_reason", reasons=tuple(sorted(own)))
        if unknown := set(self.pause_minutes) - set(self.pause_reasons):
            raise Unfit("settings.unknown_pause", got=tuple(sorted(unknown)), known=tuple(self.pause_reasons))
        return self


class EnquiryHandling(StrEnum):
    """B9: what is done with an enquiry of a category."""

    ANSWER = "answer"
    SPECIALIST = "specialist"
    SUPERVISOR = "supervisor"
    SALES = "sales"
    DEALER = "dealer"


class ExtraField(Section):
    """A field of the form that only this category has."""

    label: Annotated[str, Field(min_length=1, max_length=40)]
    kind: Literal["text", "lines", "choice", "date", "number"] = "text"
    choices: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = ()
    required: bool = False

    @model_validator(mode="after")
    def _check(self) -> ExtraField:
        if (self.kind == "choice") != bool(self.choices):
            raise Unfit("settings.choices")
        return self


class Category(Section):
    """`retired`: it is chosen for nothing new, nor is what stands below it; what has it keeps it."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    parent: str = ""
    way: EnquiryHandling = EnquiryHandling.ANSWER
    subject: str = ""
    required: tuple[FormField, ...] = ("content", "handling", "solved")
    fields: dict[Identifier, ExtraField] = Field(default_factory=dict)
    menu_subjects: tuple[str, ...] = ()
    retired: bool = False


def is_retired(categories: Mapping[str, Category], category_id: str) -> bool:
    """By itself, or by one that it stands below; one that there is not any more is."""
    category = categories.get(category_id)
    if category is None:
        return True
    return category.retired or (bool(category.parent) and is_retired(categories, category.parent))


class FormSettings(Section):
    duty_due: time
    link_hours: Annotated[int, Field(ge=1, le=720)]

    @field_validator("duty_due", mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(r"\d{1,2}:\d{2}", value):
            raise Unfit("settings.time_of_day", got=value)
        return value.rjust(5, "0") if isinstance(value, str) else value


class FloorThresholds(Section):
    """0: nobody is told."""

    most_waiting: Annotated[int, Field(ge=0, le=1000)]
    longest_wait_seconds: Annotated[int, Field(ge=0, le=3600)]
    service_level_percent: Annotated[int, Field(ge=0, le=100)]
    least_calls: Annotated[int, Field(ge=1, le=10_000)]
    nobody_ready_minutes: Annotated[int, Field(ge=0, le=600)]
    held_seconds: Annotated[int, Field(ge=0, le=600)]


class FloorSettings(Section):
    service_level_seconds: Annotated[int, Field(ge=1, le=600)]
    service_level_percent: Annotated[int, Field(ge=1, le=100)]
    abandoned_percent: Annotated[int, Field(ge=0, le=100)]
    short_abandon_seconds: Annotated[int, Field(ge=0, le=60)]
    quick_seconds: Annotated[int, Field(ge=1, le=600)]
    connected_percent: Annotated[int, Field(ge=1, le=100)]
    listen_to_calls: bool
    thresholds: FloorThresholds
