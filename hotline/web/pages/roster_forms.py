"""The forms of the duty roster, and what is said of what was entered wrongly."""

from __future__ import annotations

import re
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, StringField
from wtforms.validators import InputRequired, Length

from hotline.domain import wall_time
from hotline.domain.roster import DutyNumber
from hotline.domain.text import one_line
from hotline.domain.time import SHANGHAI
from hotline.domain.wall_time import UnclearTime
from hotline.services.roster import LONGEST, BadShift, NewShift, ShiftProblem
from hotline.services.roster_csv import backup

_TIME = "%Y-%m-%dT%H:%M"
_PARTS = r"[;；、,，]"

#: What is said of each problem; "%(got)s" is what was entered.
WORDS: dict[ShiftProblem, LazyString] = {
    ShiftProblem.PERSON: _("A person's name of 1 to 40 characters was expected."),
    ShiftProblem.NUMBER: _("A telephone number like 13800138000 or 010-88886666 was expected, not %(got)s."),
    ShiftProblem.NO_NUMBER: _("At least one telephone number is needed."),
    ShiftProblem.BACKUP: _("A backup like 王五:13800000002 was expected, not %(got)s."),
    ShiftProblem.TIME: _("A time like 2026-09-01 18:00 was expected, not %(got)s."),
    ShiftProblem.ORDER: _("The shift must end after it starts."),
    ShiftProblem.OVER: _("This shift is over already."),
    ShiftProblem.TOO_LONG: _("A shift lasts at most %(got)s days."),
    ShiftProblem.KNOWN: _("This person has this shift already."),
}

_FIELDS = {
    ShiftProblem.PERSON: "person",
    ShiftProblem.NUMBER: "numbers",
    ShiftProblem.NO_NUMBER: "numbers",
    ShiftProblem.BACKUP: "backups",
    ShiftProblem.TIME: "starts_at",
    ShiftProblem.ORDER: "ends_at",
    ShiftProblem.OVER: "ends_at",
    ShiftProblem.TOO_LONG: "ends_at",
    ShiftProblem.KNOWN: "person",
}


class WallTimeField(DateTimeLocalField):
    """A browser's own field for a time; where it is typed, in any writing (2026年9月1日 18：00)."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            text = " ".join(valuelist)
            try:
                self.data = wall_time.read_moment(text).replace(tzinfo=None)
            except UnclearTime:
                raise ValueError(words_of(ShiftProblem.TIME, text[:60])) from None


class ShiftForm(FlaskForm):
    person = StringField(_("Person"), [InputRequired(_("Please say who.")), Length(max=200)])
    numbers = StringField(_("Mobile numbers, in order"), [InputRequired(_("Please give a number.")), Length(max=400)])
    starts_at = WallTimeField(_("From"), [InputRequired(_("Please say from when."))], format=_TIME)
    ends_at = WallTimeField(_("To"), [InputRequired(_("Please say until when."))], format=_TIME)
    backups = StringField(_("Backups (name:number)"), [Length(max=400)])
    note = StringField(_("Note"), [Length(max=200)])

    def shift(self) -> NewShift:
        """As it was entered. Raises BadShift for a backup or a year that cannot be."""
        return NewShift(
            person=self.person.data or "",
            numbers=tuple(part for part in re.split(_PARTS, self.numbers.data or "") if part.strip()),
            starts_at=_moment(self.starts_at.data),
            ends_at=_moment(self.ends_at.data),
            backups=tuple(_backup(part) for part in re.split(_PARTS, self.backups.data or "") if part.strip()),
            note=one_line(self.note.data or ""),
        )


class HandoverForm(FlaskForm):
    from_person = StringField(_("Gives the mobile"), [InputRequired(_("Please say who.")), Length(max=200)])
    to_person = StringField(_("Takes the mobile"), [InputRequired(_("Please say who.")), Length(max=200)])
    note = StringField(_("Open matters handed over"), [Length(max=500)])


def words_of(problem: ShiftProblem, got: str) -> str:
    """What is said of it in the reader's language."""
    if problem is ShiftProblem.TOO_LONG:
        got = str(LONGEST.days)
    return str(WORDS[problem]).replace("%(got)s", got or "–")


def put_problem(form: ShiftForm, error: BadShift) -> None:
    """Beside the field that it is about."""
    form[_FIELDS[error.problem]].errors = [words_of(error.problem, error.got)]


def _backup(text: str) -> DutyNumber:
    try:
        return backup(text)
    except ValueError as error:
        raise BadShift(ShiftProblem.BACKUP, str(error), text[:60]) from None


def _moment(typed: datetime | None) -> datetime:
    assert typed is not None  # both are required
    if not 2000 <= typed.year <= 2100:
        raise BadShift(ShiftProblem.TIME, "a time between the years 2000 and 2100 was expected", f"{typed:%Y-%m-%d}")
    return typed.replace(tzinfo=SHANGHAI)
