"""The form of a project, and of the record of an inspection or survey."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from hotline.domain.projects.project import MAX_MONTHS, MAX_NAME, MAX_NOTE
from hotline.services.projects.projects import parse_number
from hotline.web.kit.context import web
from hotline.web.kit.day_field import DayField
from hotline.web.projects.labels import RECORD

_MONTHS = [Optional(), NumberRange(0, MAX_MONTHS, _("A number of months, 0 for never, was expected."))]
_DAY = _("A day like 2026-11-22 was expected.")


class ProjectForm(FlaskForm):
    version = HiddenField()
    name = StringField(_("Project name"), [InputRequired(_("Please enter a name.")), Length(max=MAX_NAME)])
    customer = StringField(_("Customer"), [InputRequired(_("Please say whose it is.")), Length(max=MAX_NAME)])
    delivered_on = DayField(_("Delivered on"), [InputRequired(_DAY)])
    ends_on = DayField(_("Looked after until"), [Optional()])
    contact = StringField(_("Contact person"), [Length(max=MAX_NAME)])
    number = StringField(_("Contact's number"), [Length(max=80)])
    manager = SelectField(_("Project manager"), default="")
    inspected_every = IntegerField(_("Inspected every so many months"), _MONTHS)
    surveyed_every = IntegerField(_("Surveyed on site every so many months"), _MONTHS)
    note = TextAreaField(_("Note"), [Length(max=MAX_NOTE)])

    def with_people(self, people: dict[str, str]) -> ProjectForm:
        """Of whom the manager is chosen; who is chosen already stays."""
        chosen = self.manager.data or ""
        some = people if chosen in people or not chosen else {**people, chosen: chosen}
        self.manager.choices = [("", gettext("Nobody")), *some.items()]
        return self

    def values(self, customer_id: int) -> dict[str, object]:
        """Raises Refused for a number that is none."""
        return {
            "name": self.name.data or "",
            "customer_id": customer_id,
            "delivered_on": self.delivered_on.data,
            "ends_on": self.ends_on.data,
            "contact": self.contact.data or "",
            "number": parse_number(self.number.data or "", web().settings.numbers.outside_prefixes),
            "manager": self.manager.data or "",
            "inspected_every": self.inspected_every.data or 0,
            "surveyed_every": self.surveyed_every.data or 0,
            "note": self.note.data or "",
        }


class RecordForm(FlaskForm):
    present = TextAreaField(RECORD["present"], [Length(max=MAX_NOTE)])
    findings = TextAreaField(RECORD["findings"], [Length(max=MAX_NOTE)])
    opinions = TextAreaField(RECORD["opinions"], [Length(max=MAX_NOTE)])
    problems = TextAreaField(RECORD["problems"], [Length(max=MAX_NOTE)])
    measures = TextAreaField(RECORD["measures"], [Length(max=MAX_NOTE)])

    def written(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in RECORD}
