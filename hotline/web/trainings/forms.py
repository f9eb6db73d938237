"""What is filled in of trainings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired

from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused
from hotline.domain.ids import parse_id
from hotline.domain.trainings.training import MOST_POINTS, Training, TrainingKind
from hotline.services.trainings.trainings import NewResult
from hotline.web.kit.asked import decimal
from hotline.web.kit.query import day_of


class TrainingForm(FlaskForm):
    version = HiddenField()
    name = StringField(_("Name of the training"), [InputRequired(_("Please give it a name."))])
    kind = SelectField(
        _("Kind"),
        choices=[(TrainingKind.TRAINING, _("Training")), (TrainingKind.EXAM, _("Exam"))],
        validate_choice=False,
    )
    subject = StringField(_("Product or subject"))
    valid_months = StringField(_("Counts for so many months"))
    pass_points = StringField(_("Passed from so many points"))
    for_all = BooleanField(_("Every operator needs it"))
    queues = SelectMultipleField(_("Needed for these ring groups"), validate_choice=False)
    active = BooleanField(_("In use"), default=True)

    def offer(self, queues: Mapping[str, str]) -> None:
        self.queues.choices = list(queues.items())

    def show(self, training: Training) -> None:
        self.version.data, self.name.data, self.kind.data = str(training.version), training.name, training.kind
        self.subject.data, self.for_all.data, self.active.data = training.subject, training.for_all, training.active
        self.valid_months.data = "" if training.valid_months is None else str(training.valid_months)
        self.pass_points.data = "" if training.pass_points is None else f"{training.pass_points:g}"
        self.queues.data = sorted(training.queues)

    def training(self, training_id: int | None) -> Training:
        """Raises Refused."""
        months = (self.valid_months.data or "").strip()
        return Training(
            name=self.name.data or "",
            kind=TrainingKind.EXAM if self.kind.data == TrainingKind.EXAM else TrainingKind.TRAINING,
            subject=self.subject.data or "",
            valid_months=(parse_id(months) or 0) if months else None,
            pass_points=points_of(self.pass_points.data or "", "pass_points"),
            for_all=bool(self.for_all.data),
            queues=frozenset(self.queues.data or ()),
            active=bool(self.active.data),
            id=training_id,
        )


class ResultForm(FlaskForm):
    persons = SelectMultipleField(_("Who took it"), validate_choice=False)
    day = StringField(_("Taken on"), [InputRequired(_("Please enter the day."))])
    points = StringField(_("Points"))
    passed = SelectField(
        _("Exam passed"), choices=[("", "–"), ("yes", _("Yes")), ("no", _("No"))], validate_choice=False, default=""
    )
    note = StringField(_("Note"))

    def offer(self, people: Sequence[tuple[int, str]], now: datetime) -> None:
        self.persons.choices = [(str(person_id), name) for person_id, name in people]
        if not self.day.data:
            self.day.data = local_day(now).isoformat()

    def results(self) -> list[NewResult]:
        """One for each person who was chosen. Raises Refused."""
        day = day_of((self.day.data or "").strip())
        if day is None:
            raise Refused("trainings.not_yet", field="day")
        points = points_of(self.points.data or "", "points")
        passed = {"yes": True, "no": False}.get(self.passed.data or "")
        people = [found for each in self.persons.data or () if (found := parse_id(each)) is not None]
        return [NewResult(each, day, points, passed, self.note.data or "") for each in people]


def points_of(written: str, field: str) -> float | None:
    """None for nothing. Raises Refused."""
    if not written.strip():
        return None
    found = decimal(written)
    if found is None:
        raise Refused("trainings.points", field=field, most=MOST_POINTS)
    return found
