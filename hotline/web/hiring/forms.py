"""What is written when somebody is hired, changed or leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional

from hotline.domain.errors import Refused
from hotline.domain.rights import given
from hotline.domain.time import SHANGHAI
from hotline.domain.wall_time import within_years
from hotline.services.hiring.hiring import MAX_ADDRESS, MAX_NAME, HireForm, NewOperator
from hotline.settings.calls import QUEUE_LEVELS

#: Roles that may have a phone (F5: whoever examines takes no calls).
ROLES = given.HIRED

PHONES = (
    ("webrtc", _("In the browser: a headset, and no phone on the desk")),
    ("sip", _("A desk phone or softphone by SIP")),
)


class OperatorForm(FlaskForm):
    """What of an operator may be changed later too."""

    name = StringField(_("Name"), [InputRequired(_("Please enter a name.")), Length(max=MAX_NAME)])
    phone = RadioField(_("Phone"), choices=PHONES, default="webrtc")
    queues = SelectMultipleField(_("Queues"), choices=[])

    possible_levels = QUEUE_LEVELS
    _offered: tuple[str, ...] = ()

    def offer(self, queues: tuple[tuple[str, str], ...]) -> None:
        """What is chosen from."""
        self.queues.choices, self._offered = list(queues), tuple(queue for queue, _name in queues)

    def levels(self, seen: Mapping[str, int] | None = None) -> dict[str, int]:
        """By queue: what was chosen, else what was `seen`."""
        chosen = {}
        for queue in self._offered:
            typed = request.form.get(f"level-{queue}", "")
            chosen[queue] = int(typed) if typed in map(str, QUEUE_LEVELS) else (seen or {}).get(queue, 1)
        return chosen

    @property
    def kind(self) -> Literal["sip", "webrtc"]:
        return "sip" if self.phone.data == "sip" else "webrtc"


class ChangeForm(OperatorForm):
    mark = HiddenField()


class NewOperatorForm(OperatorForm):
    username = StringField(_("User name"), [InputRequired(_("Please enter a user name.")), Length(max=64)])
    roles = SelectMultipleField(_("Roles"), choices=[role.value for role in ROLES], default=[ROLES[0].value])  # type: ignore[misc]  # texts do too
    extension = StringField(_("Extension"), [InputRequired(_("Please enter an extension.")), Length(max=20)])
    email = StringField(_("Mail"), [Length(max=MAX_ADDRESS)])
    mobile = StringField(_("Mobile"), [Length(max=40)])
    department = SelectField(_("Department"), choices=[])

    def offer_all(self, asked: HireForm) -> None:
        self.offer(asked.queues)
        self.department.choices = [("", _("none")), *((str(key), name) for key, name in asked.departments)]

    def written(self) -> NewOperator:
        department = self.department.data or ""
        return NewOperator(
            name=self.name.data or "",
            username=self.username.data or "",
            roles=tuple(role for role in ROLES if role.value in (self.roles.data or ())),
            extension=(self.extension.data or "").strip(),
            phone=self.kind,
            queues=tuple(self.queues.data or ()),
            email=self.email.data or "",
            mobile=self.mobile.data or "",
            department_id=int(department) if department.isdecimal() else None,
            levels=self.levels(),
        )


class HandOverForm(FlaskForm):
    successor = SelectField(_("Takes over what is open"), choices=[])


class LeaveForm(FlaskForm):
    successor = SelectField(_("Takes over what is open"), choices=[])
    at = DateTimeLocalField(_("Leaves at"), [Optional()], format="%Y-%m-%dT%H:%M")

    @property
    def moment(self) -> datetime | None:
        """None: at once. Raises Refused for a year that no calendar of ours has."""
        if self.at.data is None:
            return None
        if not within_years(self.at.data):
            raise Refused("line.year", field="at")
        return self.at.data.replace(tzinfo=SHANGHAI)
