"""Words of the settings: hours and holidays."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "hours.mon": KeyWords(_("Monday"), _("Several periods are possible; a day without any is closed.")),
    "hours.tue": KeyWords(_("Tuesday"), _("Several periods are possible; a day without any is closed.")),
    "hours.wed": KeyWords(_("Wednesday"), _("Several periods are possible; a day without any is closed.")),
    "hours.thu": KeyWords(_("Thursday"), _("Several periods are possible; a day without any is closed.")),
    "hours.fri": KeyWords(_("Friday"), _("Several periods are possible; a day without any is closed.")),
    "hours.sat": KeyWords(_("Saturday"), _("Several periods are possible; a day without any is closed.")),
    "hours.sun": KeyWords(_("Sunday"), _("Several periods are possible; a day without any is closed.")),
    "hours.makeup_day": KeyWords(_("Make-up day"), _("A Saturday or Sunday that is worked in exchange for a holiday.")),
    "calendar.closed": KeyWords(
        _("Days closed all the same"),
        _("Dates closed whatever the calendar says; the page Calendar marks them by a click."),
    ),
    "calendar.open": KeyWords(_("Days worked all the same"), _("Dates worked with the hours of their weekday.")),
    "calendar.makeup": KeyWords(_("Make-up working days"), _("Dates worked with the hours of a make-up day.")),
    "calendar.covered_years": KeyWords(
        _("Years that are complete"),
        _("Years for which these dates are all there, though the built-in calendar does not know them."),
    ),
    "calendar.warn_days": KeyWords(
        _("Warning before the calendar ends"), _("Days before the known holidays end that it is told.")
    ),
    "departments": KeyWords(
        _("Departments"), _("Hours and days of a department, where they are other than the site's.")
    ),
    "departments.#": KeyWords(_("Number of the department"), _("The number in the address of the department's page.")),
    "departments.*.hours.mon": KeyWords(_("Hours on Monday"), _("When the department works on Mondays.")),
    "departments.*.hours.tue": KeyWords(_("Hours on Tuesday"), _("When the department works on Tuesdays.")),
    "departments.*.hours.wed": KeyWords(_("Hours on Wednesday"), _("When the department works on Wednesdays.")),
    "departments.*.hours.thu": KeyWords(_("Hours on Thursday"), _("When the department works on Thursdays.")),
    "departments.*.hours.fri": KeyWords(_("Hours on Friday"), _("When the department works on Fridays.")),
    "departments.*.hours.sat": KeyWords(_("Hours on Saturday"), _("When the department works on Saturdays.")),
    "departments.*.hours.sun": KeyWords(_("Hours on Sunday"), _("When the department works on Sundays.")),
    "departments.*.hours.makeup_day": KeyWords(
        _("Hours on make-up days"), _("When the department works on a weekend day that is worked.")
    ),
    "departments.*.calendar.closed": KeyWords(
        _("Days closed for the department"), _("Dates such as 2026-12-31 on which the department does not work.")
    ),
    "departments.*.calendar.open": KeyWords(
        _("Days worked by the department"), _("Dates worked with the hours of their weekday.")
    ),
    "departments.*.calendar.makeup": KeyWords(
        _("Make-up days of the department"), _("Dates worked with the hours of a make-up day.")
    ),
}
