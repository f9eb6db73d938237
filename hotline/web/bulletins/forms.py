"""What is filled in of a posting."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired

from hotline.domain.bulletins.bulletin import Bulletin
from hotline.domain.errors import Refused
from hotline.domain.ids import parse_id
from hotline.domain.moments import parse_moment
from hotline.domain.reasons import Coded
from hotline.services.bulletins.seeing import PostingChoices


class PostingForm(FlaskForm):
    title = StringField(_("Title"), [InputRequired(_("Please give it a title."))])
    text = TextAreaField(_("What is posted"), [InputRequired(_("Please write what is posted."))])
    for_all = BooleanField(_("For everybody"))
    units = SelectMultipleField(_("Teams and departments"), validate_choice=False)
    persons = SelectMultipleField(_("Persons"), validate_choice=False)
    read_by = StringField(_("To be read by"))
    before_ready = BooleanField(_("Nobody is ready before they have read it"))

    def offer(self, choices: PostingChoices) -> None:
        self.units.choices = [(str(unit_id), name) for unit_id, name in choices.units]
        self.persons.choices = [(str(person_id), name) for person_id, name in choices.people]

    def bulletin(self, now: datetime) -> Bulletin:
        """Raises Refused for what is no moment."""
        return Bulletin(
            title=(self.title.data or "").strip(),
            text=(self.text.data or "").replace("\r\n", "\n").strip(),
            posted_by="",
            posted_at=now,
            read_by_at=_moment(self.read_by.data or "", now),
            before_ready=bool(self.before_ready.data),
            for_all=bool(self.for_all.data),
            persons=_ids(self.persons.data),
            units=_ids(self.units.data),
        )


def _ids(chosen: list[str] | None) -> frozenset[int]:
    return frozenset(found for each in chosen or () if (found := parse_id(each)) is not None)


def _moment(written: str, now: datetime) -> datetime | None:
    if not written.strip():
        return None
    try:
        return parse_moment(written, now)
    except ValueError as error:
        if isinstance(error, Coded):
            raise Refused.of(error.reason, "read_by") from error
        raise
