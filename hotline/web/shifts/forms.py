"""What is filled in of shifts, leave and swaps."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from hotline.domain.ids import parse_id
from hotline.domain.shifts.leave import LeaveWish
from hotline.domain.time import SHANGHAI
from hotline.web.line.roster_forms import WallTimeField

_TIME = "%Y-%m-%dT%H:%M"


class LeaveForm(FlaskForm):
    since = WallTimeField(_("Leave from"), [InputRequired(_("Please say from when."))], format=_TIME)
    until = WallTimeField(_("Leave until"), [InputRequired(_("Please say until when."))], format=_TIME)
    reason = StringField(_("Reason of the leave"), [InputRequired(_("Please give a reason.")), Length(max=400)])
    deputy = SelectField(_("Who acts for me"), choices=[], validate_choice=False)

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
    first = DateField(_("First day"), [InputRequired(_("Please choose a day."))])
    last = DateField(_("Last day"), [InputRequired(_("Please choose a day."))])
    lines = SelectMultipleField(_("Only for the lines"), choices=[], validate_choice=False)

    @property
    def chosen(self) -> list[int]:
        return [found for found in (parse_id(each) for each in self.people.data or ()) if found is not None]


class CopyForm(FlaskForm):
    source = DateField(_("Week to copy (any day of it)"), [InputRequired(_("Please choose a day."))])
    target = DateField(_("To the week of"), [InputRequired(_("Please choose a day."))])


class PublishForm(FlaskForm):
    first = DateField(_("From day"), [InputRequired(_("Please choose a day."))])
    last = DateField(_("To day"), [InputRequired(_("Please choose a day."))])


class WordsForm(FlaskForm):
    words = StringField(_("Reason"), [Length(max=400)])


def _utc(typed: datetime | None) -> datetime:
    assert typed is not None  # it is required
    return typed.replace(tzinfo=SHANGHAI).astimezone(UTC)


def day_of(field: DateField) -> date:
    assert field.data is not None  # it is required
    return field.data
