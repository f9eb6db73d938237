"""What is said of ratings."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "satisfaction.answer_wanted": _("Please choose one of the five answers."),
    "satisfaction.comment_too_long": _("Please write at most %(most)s characters."),
    "satisfaction.consults": _("A colleague is being consulted. Go back to the caller first."),
    "satisfaction.followed": _("This low rating has been followed already."),
    "satisfaction.no_number": _("A telephone number was expected."),
    "satisfaction.nobody_to_visit": _("Nobody can be asked: neither number nor customer is known."),
    "satisfaction.no_questionnaire": _("There is no such questionnaire."),
    "satisfaction.no_rating": _("There is no such rating."),
    "satisfaction.not_asked": _("Callers of this line are not asked how the call was."),
    "satisfaction.not_your_talk": _("You do not talk with this caller any more."),
    "satisfaction.no_sample_questionnaire": _("The monthly sample is to be asked %(got)s, which is no questionnaire."),
    "satisfaction.choose_sample_questionnaire": _("Name one that there is in campaigns.sample_questionnaire."),
    "satisfaction.questionnaires_fit": _("%(count)s files of questionnaires can be used"),
    "satisfaction.report_time": _("A time of at most a year was expected, its end behind its begin."),
    "satisfaction.opened_for_low": _("Cases and visits opened for low ratings: %(n)s"),
}
