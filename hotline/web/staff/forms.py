"""What is filled in of our own people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from hotline.domain.errors import Refused
from hotline.domain.ids import parse_id
from hotline.domain.moments import parse_moment
from hotline.domain.reasons import Coded
from hotline.domain.staff.records import Absence, Department, Membership, Person, Team
from hotline.services.staff.fields import LANGUAGES, MAX_EMAIL, MAX_NAME, mobile_of, phone_of
from hotline.services.staff.view import Named


class AddressForm(FlaskForm):
    """What everybody writes of themselves."""

    version = HiddenField()
    email = StringField(_("Mail"), [Length(max=MAX_EMAIL)])
    mobile = StringField(_("Mobile"), [Length(max=80)])
    language = SelectField(
        _("Language of messages"),
        choices=[("", _("As the site has it")), ("zh", "中文"), ("en", "English")],
        validate_choice=False,
    )

    def show(self, person: Person, mobile: str) -> None:
        self.version.data, self.mobile.data = str(person.version), mobile
        self.email.data, self.language.data = person.email, person.language

    def values(self) -> dict[str, object]:
        """Raises Refused for a mobile that is none."""
        language = self.language.data or ""
        return {
            "email": self.email.data or "",
            "mobile": mobile_of(self.mobile.data or ""),
            "language": language if language in LANGUAGES else "",
        }


class StaffForm(AddressForm):
    """What an administrator writes besides."""

    name = StringField(_("Name"), [InputRequired(_("Please enter a name.")), Length(max=MAX_NAME)])
    active = BooleanField(_("Works here"), default=True)

    def show(self, person: Person, mobile: str) -> None:
        super().show(person, mobile)
        self.name.data, self.active.data = person.name, person.active

    def values(self) -> dict[str, object]:
        return {**super().values(), "name": self.name.data or "", "active": bool(self.active.data)}


class AwayForm(FlaskForm):
    since = StringField(_("From"), [Length(max=40)])
    until = StringField(_("Until"), [InputRequired(_("Please say until when.")), Length(max=40)])
    deputy = SelectField(_("Deputy"), validate_choice=False)

    def offer(self, colleagues: Sequence[Named]) -> None:
        self.deputy.choices = [("", _("nobody")), *((str(each.id), each.name) for each in colleagues)]

    def absence(self, person_id: int, now: datetime) -> Absence:
        """Raises Refused."""
        since = moment_of(self.since.data, "since", now)
        until = moment_of(self.until.data, "until", now)
        if until is None:
            raise Refused("staff.until_when", field="until")
        return Absence(person_id, since or now, until, _chosen(self.deputy.data))


class UnitForm(FlaskForm):
    version = HiddenField()
    name = StringField(_("What it is called"), [InputRequired(_("Please enter a name.")), Length(max=MAX_NAME)])
    leader = SelectField(_("Leader"), validate_choice=False)
    deputy = SelectField(_("Deputy"), validate_choice=False)
    active = BooleanField(_("In use"), default=True)

    def offer(self, people: Sequence[Named], departments: Sequence[Named]) -> None:
        choices = [("", _("nobody")), *((str(each.id), each.name) for each in people)]
        self.leader.choices = self.deputy.choices = choices

    def show(self, unit: Team) -> None:
        self.version.data, self.name.data, self.active.data = str(unit.version), unit.name, unit.active
        self.leader.data, self.deputy.data = _written(unit.leader_id), _written(unit.deputy_id)

    def unit(self, unit_id: int | None) -> Team:
        """Raises Refused."""
        return Team(
            name=self.name.data or "",
            leader_id=_chosen(self.leader.data),
            deputy_id=_chosen(self.deputy.data),
            active=bool(self.active.data),
            version=parse_id(self.version.data or "") or 1,
            id=unit_id,
        )


class DepartmentForm(UnitForm):
    email = StringField(_("Mail"), [Length(max=MAX_EMAIL)])
    phone = StringField(_("Telephone"), [Length(max=80)])
    parent = SelectField(_("Part of"), validate_choice=False)

    def offer(self, people: Sequence[Named], departments: Sequence[Named]) -> None:
        super().offer(people, departments)
        self.parent.choices = [("", "–"), *((str(each.id), each.name) for each in departments)]

    def show(self, unit: Team) -> None:
        super().show(unit)
        assert isinstance(unit, Department)
        self.email.data, self.phone.data, self.parent.data = unit.email, unit.phone, _written(unit.parent_id)

    def unit(self, unit_id: int | None) -> Team:
        team = super().unit(unit_id)
        return Department(
            team.name,
            team.leader_id,
            team.deputy_id,
            team.active,
            team.version,
            id=team.id,
            email=self.email.data or "",
            phone=phone_of(self.phone.data or ""),
            parent_id=_chosen(self.parent.data),
        )


class MemberForm(FlaskForm):
    person = SelectField(_("New member"), [InputRequired(_("Please choose somebody."))], validate_choice=False)
    since = StringField(_("From"), [Length(max=40)])
    until = StringField(_("Until"), [Length(max=40)])

    def offer(self, people: Sequence[Named]) -> None:
        self.person.choices = [(str(each.id), each.name) for each in people]

    def membership(self, unit_id: int, now: datetime) -> Membership:
        """Raises Refused."""
        person_id = _chosen(self.person.data)
        if person_id is None:
            raise Refused("staff.unknown_person", field="person")
        since, until = moment_of(self.since.data, "since", now), moment_of(self.until.data, "until", now)
        return Membership(unit_id, person_id, since or now, until)


def moment_of(written: str | None, field: str, now: datetime) -> datetime | None:
    """None for nothing. Raises Refused for what is no moment."""
    if not (written or "").strip():
        return None
    try:
        return parse_moment(written or "", now)
    except ValueError as error:
        if isinstance(error, Coded):
            raise Refused.of(error.reason, field) from error
        raise


def _chosen(value: str | None) -> int | None:
    return parse_id(value or "")


def _written(person_id: int | None) -> str:
    return str(person_id) if person_id is not None else ""
