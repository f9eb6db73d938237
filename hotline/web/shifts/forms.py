"""What is filled in of shifts, leave and swaps."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from hotline.domain.ids import parse_id
from hotline.domain.reasons import because
from hotline.domain.shifts.leave import LeaveWish
from hotline.domain.time import SHANGHAI
from hotline.domain.wall_time import within_years
from hotline.web.kit.day_field import DayField
from hotline.web.kit.said import said
from hotline.web.line.roster_forms import WallTimeField

_TIME = "%Y-%m-%dT%H:%M"


class LeaveForm(FlaskForm):
    since = WallTimeField(_("Leave from"), [InputRequired(_("Please say from when."))], format=_TIME)
    until = WallTimeField(_("Leave until"), [InputRequired(_("Please say until when."))], format=_TIME)
    reason = StringField(_("Reason of the leave"), [InputRequired(_("Please give a reason.")), Length(max=400)])
    deputy = SelectField(_("Who acts for me"), choices=[], validate_choice=False)

    def validate_since(self, field: WallTimeField) -> None:
        _require_years(field)

    def validate_until(self, field: WallTimeField) -> None:
        _require_years(field)

    @property
    def wish(self) -> LeaveWish:
        since, until = _utc(self.since.data), _utc(self.until.data)
        return LeaveWish(since, until, self.reason.data or "", parse_id(self.deputy.data or ""))


class EnterLeaveForm(LeaveForm):
    """Of somebody else."""

    person = SelectField(_("Who is on leave"), choices=[], validate_choice=False)


class SwapForm(FlaskForm):
    shift = SelectField(_("My shift"), choices=[], validate_choice=False)
    taker = SelectField(_("Swap with"), choices=[], validate_choice=False)
    other = SelectField(_("For their shift"), choices=[], validate_choice=False)
    words = StringField(_("Words to them"), [Length(max=400)])


class LayOutForm(FlaskForm):
    pattern = SelectField(_("Pattern"), choices=[], validate_choice=False)
    people = SelectMultipleField(_("For whom, in turn"), choices=[], validate_choice=False)
    first = DayField(_("First day"), [InputRequired(_("Please choose a day."))])
    last = DayField(_("Last day"), [InputRequired(_("Please choose a day."))])
    lines = SelectMultipleField(_("Only for the lines"), choices=[], validate_choice=False)

    @property
    def chosen(self) -> list[int]:
        return [found for found in (parse_id(each) for each in self.people.data or ()) if found is not None]


class CopyForm(FlaskForm):
    source = DayField(_("Week to copy (any day of it)"), [InputRequired(_("Please choose a day."))])
    target = DayField(_("To the week of"), [InputRequired(_("Please choose a day."))])


class PublishForm(FlaskForm):
    first = DayField(_("From day"), [InputRequired(_("Please choose a day."))])
    last = DayField(_("To day"), [InputRequired(_("Please choose a day."))])


class WordsForm(FlaskForm):
    words = StringField(_("Reason"), [Length(max=400)])


def _require_years(field: WallTimeField) -> None:
    if field.data is not None and not within_years(field.data):
        raise ValidationError(said(because("line.year")))


def _utc(typed: datetime | None) -> datetime:
    assert typed is not None  # it is required
    return typed.replace(tzinfo=SHANGHAI).astimezone(UTC)


def day_of(field: DayField) -> date:
    assert field.data is not None  # it is required
    return field.data
