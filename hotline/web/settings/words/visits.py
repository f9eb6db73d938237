"""Words of the settings: visits and satisfaction."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "visits.enabled": KeyWords(
        _("Visits are planned by themselves"), _("No: nobody is visited unless somebody plans it.")
    ),
    "visits.days": KeyWords(_("Days until the visit"), _("After the customer was told, or the case was closed.")),
    "visits.again_days": KeyWords(
        _("Days until they are asked once more"), _("After the visit of a case that is closed since; 0: they are not.")
    ),
    "visits.again_kinds": KeyWords(
        _("Asked once more after cases of these kinds"), _("Ids of kinds, such as complaint.")
    ),
    "visits.not_after": KeyWords(
        _("Not after cases of these kinds"), _("Ids of kinds whose customers are not visited.")
    ),
    "visits.visitors": KeyWords(_("Who visits"), _("User names; none: all operators.")),
    "visits.longest_minutes": KeyWords(_("Longest visit"), _("A longer one is shown.")),
    "visits.most_questions": KeyWords(_("Most questions"), _("A visit should ask no more.")),
    "visits.agreed_minutes": KeyWords(
        _("Minutes of an agreed time"), _("A time that the customer named holds for so long.")
    ),
    "satisfaction.after_call": KeyWords(
        _("Rating after calls"), _("At the end of a talk that our side ends, the caller presses 1 to 5.")
    ),
    "satisfaction.dialled": KeyWords(
        _("Rating after calls that we dial"), _("Where the operator hands the customer over.")
    ),
    "satisfaction.sms": KeyWords(_("Rating by text message"), _("Who hung up first gets a text message with a link.")),
    "satisfaction.low_opens": KeyWords(_("What a low rating opens"), _("What an answer of 1 or 2 opens.")),
    "satisfaction.case_kind": KeyWords(_("Kind of the case"), _("Of which kind a case opened by a low rating is.")),
    "satisfaction.low_title": KeyWords(_("Title of that case"), _("{answer} is the rating.")),
    "satisfaction.key_seconds": KeyWords(
        _("Seconds for a key"), _("After the question, and once more after asking again.")
    ),
    "satisfaction.sms_template": KeyWords(
        _("Template of the text message"), _("Id of a template with the one parameter token.")
    ),
    "satisfaction.sms_again_days": KeyWords(
        _("Days until another link"), _("The same number is sent no other for so long; 0: after each call.")
    ),
    "satisfaction.link_hours": KeyWords(_("Hours of the link"), _("It lets in for so long.")),
    "satisfaction.satisfied_from": KeyWords(_("Satisfied from"), _("An answer from here on counts as satisfied.")),
    "satisfaction.target": KeyWords(_("Target"), _("The mean that is to be reached, of 5.")),
    "campaigns.renewal_days": KeyWords(
        _("Days before the end of a project"),
        _("The reminder of a renewal is for those whose project ends within them."),
    ),
    "campaigns.monthly_sample": KeyWords(_("Customers drawn a month"), _("Of those who called last month; 0: none.")),
    "campaigns.sample_questionnaire": KeyWords(
        _("Questionnaire of the sample"), _("Its code; empty: the visit's own questions, which have no score.")
    ),
    "campaigns.rest_days": KeyWords(
        _("Days of rest"), _("Who answered a visit within them is not asked by a campaign.")
    ),
    "campaigns.link_days": KeyWords(
        _("Days of the link"), _("The page that a customer answers on lets them in for so long.")
    ),
    "campaigns.sms_template": KeyWords(
        _("Template of the text message with the link"),
        _("Id of the template; empty: no link goes out by text message."),
    ),
    "projects.plan_days_ahead": KeyWords(
        _("Days ahead that rounds are planned"), _("Visits, inspections and surveys of projects.")
    ),
}
