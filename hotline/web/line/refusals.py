"""What is said of the line: hours, block list, duty roster, tests."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "line.address": _("An address such as 203.0.113.7 was expected, not “%(got)s”."),
    "line.expiry_ahead": _("The expiry must lie ahead, %(until)s does not (it is %(now)s)."),
    "line.handover_to_oneself": _("A hand-over needs two people, not %(person)s twice."),
    "line.holidays_unknown": _(
        "The public holidays and make-up days of %(year)s are not known: from %(day)s on, weekdays alone decide. "
        "Enter the days of %(year)s on the page of holidays."
    ),
    "line.lost_reason_too_long": _("At most %(most)s characters were expected."),
    "line.mobile_back_already": _("The mobile of %(person)s is rung again already."),
    "line.mobile_needs_second": _("You asked for it; another person has to agree."),
    "line.mobile_out_already": _("The mobile of %(person)s is out already."),
    "line.no_days": _("Please choose the days first."),
    "line.no_duty_mobile": _("%(number)s is no duty mobile of the shifts ahead."),
    "line.no_line": _("There is no line %(line)s. There are: %(lines)s."),
    "line.no_lost_mobile": _("There is no such lost mobile."),
    "line.no_shift": _("There is no shift %(id)s on the duty roster."),
    "line.channels_full": _("All %(most)s channels of the carrier were taken, since %(since_at)s again and again."),
    "line.not_blocked": _("%(number)s is not blocked; `hotline blocklist list` shows who is."),
    "line.not_shut_out": _("%(address)s is not shut out."),
    "line.not_tested": _("The line %(line)s is not tested: %(why)s"),
    "line.number": _("A telephone number like 13800138000 or 010-88886666 was expected, not “%(got)s”."),
    "line.one_of_year_day_next": _("One of --year, --day and --next was expected, not several."),
    "line.prefix": _(
        "A longer beginning was expected, and then *: seven digits of a mobile or of a fixed number with its area "
        "code, three of a service number, or + and a country's code."
    ),
    "line.own_number": _("%(number)s is one of our own numbers: the line would turn its own test calls or staff away."),
    "line.reason": _("Please give a reason."),
    "line.roster_gaps": _("%(spans)s; %(count)s gaps in all"),
    "line.trunk_unreachable": _("The carrier at %(host)s does not answer."),
    "line.trunk_unregistered": _("We are not registered at %(host)s: %(status)s."),
    "line.shift_backup": _("A backup like 王五:13800000002 was expected, not %(got)s."),
    "line.shift_line": _("There is no line %(got)s."),
    "line.shift_known": _("This person has this shift already."),
    "line.shift_no_number": _("At least one telephone number is needed."),
    "line.shift_number": _("A telephone number like 13800138000 or 010-88886666 was expected, not %(got)s."),
    "line.shift_order": _("The shift must end after it starts."),
    "line.shift_over": _("This shift is over already."),
    "line.shift_person": _("A person's name of 1 to 40 characters was expected."),
    "line.shift_time": _("A time like 2026-09-01 18:00 was expected, not %(got)s."),
    "line.shift_too_long": _("A shift lasts at most %(got)s days."),
    "line.test_did_not_arrive": _("The test call did not arrive within %(seconds)s s (A4)."),
    "line.test_not_allowed": _("The carrier does not let us dial our own number ([trunk] test_call = false)."),
    "line.test_not_begun": _("The test call could not be begun (A4): %(why)s"),
    "line.test_off": _("Tests are switched off ([line_test] enabled = false)."),
    "line.until_ahead": _("The end must lie ahead, %(until)s does not (it is %(now)s)."),
    "line.until_too_far": _(
        "The end may be at most %(days)s days ahead, %(until)s is not. Days that are always closed or open "
        "belong into [calendar] of the settings."
    ),
    "line.year": _("A time between the years 2000 and 2100 was expected."),
    "line.asterisk_read": _("Asterisk has read anew: %(files)s"),
    "line.tests_begun": _("Test calls begun on the lines: %(lines)s"),
}
