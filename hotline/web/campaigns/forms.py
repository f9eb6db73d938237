"""The form of a campaign."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from hotline.domain.campaigns.campaign import MAX_NAME, MAX_WORDS, Basis, CampaignKind
from hotline.domain.time import SHANGHAI
from hotline.services.campaigns.campaigns import questionnaires
from hotline.web.campaigns.labels import BASES, SHIPPED
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.day_field import DayField
from hotline.web.kit.i18n import language

MOST = 1_000_000
_DAY = _("A day like 2026-11-22 was expected.")
_COUNT = [Optional(), NumberRange(0, MOST, _("A number was expected."))]


class CampaignForm(FlaskForm):
    version = HiddenField()
    name = StringField(_("Name"), [InputRequired(_("Please enter a name.")), Length(max=MAX_NAME)])
    purpose = StringField(
        _("What those who are asked are told of why"), [InputRequired(_("Please say why.")), Length(max=MAX_NAME)]
    )
    words = TextAreaField(_("What to say and ask"), [Length(max=MAX_WORDS)])
    basis = SelectField(_("Why they may be asked (PIPL)"), choices=list(BASES.items()))
    basis_words = TextAreaField(_("Which contract, or where and when they agreed"), [Length(max=MAX_WORDS)])
    level = SelectField(_("Level of the customers"), default="")
    questionnaire = SelectField(_("What is asked"), default="")
    begins_on = DayField(_("From"), [InputRequired(_DAY)])
    ends_on = DayField(_("Until"), [InputRequired(_DAY)])
    wanted = IntegerField(_("How many are drawn"), _COUNT)
    a_day = IntegerField(_("Most visits a day"), _COUNT)

    def with_questionnaires(self) -> None:
        found = questionnaires(web().storage, actor(), web().now())
        known = {each.code: each.words.said(language()) for each in found}
        if self.questionnaire.data:  # one that is asked no more stays until another one is chosen
            known.setdefault(self.questionnaire.data, self.questionnaire.data)
        self.questionnaire.choices = [("", gettext("The visit's own questions")), *known.items()]

    def with_levels(self, kind: CampaignKind) -> CampaignForm:
        levels = web().settings.customers.levels
        chosen = self.level.data or ""
        known = {each: level.name for each, level in levels.items()}
        if chosen and chosen not in known:
            known[chosen] = chosen
        self.level.choices = [("", gettext("All")), *known.items()]
        return self

    def begin(self, kind: CampaignKind) -> None:
        """As a new one of this kind begins."""
        today = web().now().astimezone(SHANGHAI).date()
        name, purpose, words = SHIPPED[kind]
        self.name.data = f"{name} {today:%Y-%m}"
        self.purpose.data, self.words.data = str(purpose), str(words)
        self.begins_on.data = _first_day(kind, today)
        self.ends_on.data = _last_day(kind, self.begins_on.data)
        self.basis.data = (Basis.CONTRACT if kind is not CampaignKind.LIST else Basis.LIST).value

    def values(self) -> dict[str, object]:
        return {
            "name": self.name.data or "",
            "purpose": self.purpose.data or "",
            "words": self.words.data or "",
            "basis": Basis(self.basis.data),
            "basis_words": self.basis_words.data or "",
            "level": self.level.data or "",
            "questionnaire": self.questionnaire.data or "",
            "begins_on": self.begins_on.data,
            "ends_on": self.ends_on.data,
            "wanted": self.wanted.data or 0,
            "a_day": self.a_day.data or 0,
        }


class ListForm(FlaskForm):
    file = FileField(_("Table (xlsx or CSV)"), [FileRequired(_("Please choose a file."))])


def _first_day(kind: CampaignKind, today: date) -> date:
    """001-3 三: December's is in December."""
    if kind is CampaignKind.DECEMBER and today.month != 12:
        return date(today.year, 12, 1)
    return today


def _last_day(kind: CampaignKind, first: date) -> date:
    if kind is CampaignKind.DECEMBER:
        return date(first.year, 12, 31)
    return first + timedelta(days=30)
