"""The register of trainings, for other systems (F11)."""

from __future__ import annotations

from datetime import datetime

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, Field

from hotline.domain.rights.acts import Act
from hotline.domain.trainings.training import Holding, TrainingKind
from hotline.services.trainings.seeing import Held, RegisterRow, see_register
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web

_TAG = Tag(name="trainings", description="Trainings and exams (F11)")


class TrainingView(BaseModel):
    id: int
    name: str
    kind: TrainingKind
    subject: str
    valid_months: int | None = Field(description="null: for ever")
    pass_points: float | None
    for_all: bool = Field(description="every operator needs it")
    queues: list[str] = Field(description="whoever takes calls of one of these needs it")


class TrainingHeld(BaseModel):
    training_id: int
    holding: Holding
    needed: bool
    taken_at: datetime | None
    points: float | None
    valid_until: datetime | None


class TrainedPerson(BaseModel):
    person_id: int
    person: str
    extension: str
    lacks: int = Field(description="how many they need and have not")
    held: list[TrainingHeld]


class TrainingRegister(BaseModel):
    trainings: list[TrainingView]
    people: list[TrainedPerson]


def register(api: APIBlueprint) -> None:
    api.get("/trainings", tags=[_TAG], **stated(TrainingRegister))(training_register)


@may_api(Act.SEE_TRAININGS)
def training_register() -> Response:
    """What there is, and how each of our people stands to it, as far as whoever asks may see."""
    found = see_register(web().storage, web().settings, actor(), web().now())
    return answer(
        TrainingRegister(
            trainings=[
                TrainingView(
                    **{name: getattr(each, name) for name in TrainingView.model_fields if name != "queues"},
                    queues=sorted(each.queues),
                )
                for each in found.trainings
            ],
            people=[_person(each) for each in found.rows],
        )
    )


def _person(row: RegisterRow) -> TrainedPerson:
    held = [_held(training_id, each) for training_id, each in row.held.items()]
    return TrainedPerson(person_id=row.person_id, person=row.name, extension=row.extension, lacks=row.lacks, held=held)


def _held(training_id: int, held: Held) -> TrainingHeld:
    latest = held.latest
    return TrainingHeld(
        training_id=training_id,
        holding=held.holding,
        needed=held.needed,
        taken_at=latest.taken_at if latest else None,
        points=latest.points if latest else None,
        valid_until=latest.valid_until if latest else None,
    )
