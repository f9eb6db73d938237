"""The duty roster's forms, and the words for wrong entries."""

from __future__ import annotations

import re
from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from hotline.domain import wall_time
from hotline.domain.reasons import because
from hotline.domain.text import one_line
from hotline.domain.time import SHANGHAI
from hotline.domain.wall_time import UnclearTime, within_years
from hotline.services.line.roster import BadShift, NewShift, ShiftProblem, all_of
from hotline.services.line.roster_table import backup
from hotline.web.kit.said import said

_TIME = "%Y-%m-%dT%H:%M"
_PARTS = r"[;；、,，]"

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
    ShiftProblem.LINE: "lines",
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
                raise ValueError(said(because("line.shift_time", got=text[:60]))) from None


class ShiftForm(FlaskForm):
    person = StringField(_("Person on duty"), [InputRequired(_("Please say who.")), Length(max=200)])
    numbers = StringField(_("Mobile numbers, in order"), [InputRequired(_("Please give a number.")), Length(max=400)])
    starts_at = WallTimeField(_("From"), [InputRequired(_("Please say from when."))], format=_TIME)
    ends_at = WallTimeField(_("To"), [InputRequired(_("Please say until when."))], format=_TIME)
    backups = StringField(_("Backups (name:number)"), [Length(max=400)])
    note = StringField(_("Note"), [Length(max=200)])
    # None is every line; which lines there are the service says.
    lines = SelectMultipleField(_("Lines"), choices=[], validate_choice=False)

    def shift(self) -> NewShift:
        """As it was entered. Raises BadShift for backups and years that cannot be."""
        starts_at, ends_at, backups = all_of(
            lambda: _moment(self.starts_at.data),
            lambda: _moment(self.ends_at.data),
            lambda: tuple(backup(part) for part in re.split(_PARTS, self.backups.data or "") if part.strip()),
        )
        return NewShift(
            person=self.person.data or "",
            numbers=tuple(part for part in re.split(_PARTS, self.numbers.data or "") if part.strip()),
            starts_at=starts_at,
            ends_at=ends_at,
            backups=backups,
            note=one_line(self.note.data or ""),
            lines=tuple(line for line in self.lines.data or () if line),
        )


class HandoverForm(FlaskForm):
    from_person = StringField(_("Gives the mobile"), [InputRequired(_("Please say who.")), Length(max=200)])
    to_person = StringField(_("Takes the mobile"), [InputRequired(_("Please say who.")), Length(max=200)])
    note = StringField(_("Open matters handed over"), [Length(max=500)])
    line = StringField(_("Line"), [Length(max=60)])  # "" is that of all lines


def put_problem(form: ShiftForm, error: BadShift) -> None:
    """All that is wrong, each beside the field that it is about."""
    for each in (error, *error.others):
        field = form[_FIELDS[each.problem]]
        field.errors = [*field.errors, said(each)]


def _moment(typed: datetime | None) -> datetime:
    assert typed is not None  # both are required
    if not within_years(typed):
        raise BadShift(ShiftProblem.TIME, f"{typed:%Y-%m-%d}")
    return typed.replace(tzinfo=SHANGHAI)
