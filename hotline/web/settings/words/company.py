"""Words of the settings: company and lines."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "site.company": KeyWords(
        _("Name of the company"), _("The name that callers hear in the greeting and that operators say.")
    ),
    "site.node": KeyWords(_("Name of this Asterisk"), _("Calls are known by this name and their Linkedid.")),
    "site.language": KeyWords(_("Language"), _("Of the prompts, and of the screens until somebody chooses another.")),
    "lines": KeyWords(_("Lines"), _("Each 400 number with its greeting, its menu and its own hours.")),
    "lines.#": KeyWords(
        _("Id of the line"), _("Small letters, digits, _ and -; it stays for ever, numbers may change.")
    ),
    "lines.*.number": KeyWords(_("Number of the line"), _("The number as the carrier sends it.")),
    "lines.*.aliases": KeyWords(
        _("Other spellings of the number"), _("What else the carrier may send for the same line.")
    ),
    "lines.*.company": KeyWords(_("Company on this line"), _("Empty: the company's name.")),
    "lines.*.greeting": KeyWords(_("Greeting"), _("The prompt that callers hear first.")),
    "lines.*.menu": KeyWords(_("Menu"), _("What callers hear after the greeting.")),
    "lines.*.hours.mon": KeyWords(_("Hours on Monday"), _("When this line is open on Mondays.")),
    "lines.*.hours.tue": KeyWords(_("Hours on Tuesday"), _("When this line is open on Tuesdays.")),
    "lines.*.hours.wed": KeyWords(_("Hours on Wednesday"), _("When this line is open on Wednesdays.")),
    "lines.*.hours.thu": KeyWords(_("Hours on Thursday"), _("When this line is open on Thursdays.")),
    "lines.*.hours.fri": KeyWords(_("Hours on Friday"), _("When this line is open on Fridays.")),
    "lines.*.hours.sat": KeyWords(_("Hours on Saturday"), _("When this line is open on Saturdays.")),
    "lines.*.hours.sun": KeyWords(_("Hours on Sunday"), _("When this line is open on Sundays.")),
    "lines.*.hours.makeup_day": KeyWords(
        _("Hours on make-up days"), _("When this line is open on a weekend day that is worked.")
    ),
    "lines.*.calendar.closed": KeyWords(
        _("Days closed on this line"), _("Dates such as 2026-12-31, before the site's days and all holidays.")
    ),
    "lines.*.calendar.open": KeyWords(
        _("Days worked on this line"), _("Dates worked with the hours of their weekday.")
    ),
    "lines.*.calendar.makeup": KeyWords(
        _("Make-up days on this line"), _("Dates worked with the hours of make-up days.")
    ),
    "lines.*.duty.ring_seconds": KeyWords(
        _("Ringing of the duty mobile"), _("Seconds that each number rings on this line.")
    ),
    "lines.*.duty.confirm_key": KeyWords(
        _("Key of the duty person"), _("Whoever answers presses it, so that no mailbox takes a caller.")
    ),
    "lines.*.duty.confirm_seconds": KeyWords(
        _("Time for the duty person's key"), _("Seconds in which the key has to be pressed.")
    ),
    "lines.*.duty.always": KeyWords(
        _("Numbers always tried on this line"), _("Tried after the roster's numbers, in place of the site's.")
    ),
    "lines.*.duty.always.*.person": KeyWords(_("Person"), _("Whose number it is.")),
    "lines.*.duty.always.*.number": KeyWords(_("Number"), _("Their mobile.")),
    "lines.*.duty.gap_warn_days": KeyWords(
        _("Warning of gaps in the roster"), _("Days ahead that a gap of this line is told.")
    ),
    "lines.*.satisfaction.after_call": KeyWords(
        _("Rating after calls"), _("Callers of this line are asked how the call was.")
    ),
    "lines.*.satisfaction.dialled": KeyWords(
        _("Rating after calls that we dial"), _("Customers of this line whom we called are asked too.")
    ),
    "lines.*.satisfaction.sms": KeyWords(
        _("Rating by text message"), _("Who hung up first gets a text message with a link.")
    ),
    "lines.*.satisfaction.low_opens": KeyWords(
        _("What a low rating opens"), _("What an answer of 1 or 2 opens on this line.")
    ),
    "lines.*.satisfaction.case_kind": KeyWords(
        _("Kind of the case"), _("Of which kind a case opened by a low rating is.")
    ),
    "numbers.outside_prefixes": KeyWords(
        _("Prefixes for outside numbers"), _("Digits that your exchange puts before outside numbers, such as 9.")
    ),
}
