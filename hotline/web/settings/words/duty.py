"""Words of the settings: duty."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "duty.ring_seconds": KeyWords(_("Seconds that each number rings"), _("Then the next number is tried.")),
    "duty.confirm_key": KeyWords(
        _("Key of the duty person"), _("Whoever answers presses it, so that no mailbox takes a caller.")
    ),
    "duty.confirm_seconds": KeyWords(
        _("Time for the duty person's key"), _("Seconds in which the key has to be pressed.")
    ),
    "duty.always": KeyWords(_("Numbers always tried"), _("Tried after the roster's numbers, in this order.")),
    "duty.always.*.person": KeyWords(_("Person"), _("Whose number it is.")),
    "duty.always.*.number": KeyWords(_("Number"), _("Their mobile.")),
    "duty.gap_warn_days": KeyWords(
        _("Days ahead that a gap is told"), _("A time without anybody on duty within so many days is an alert.")
    ),
    "roster": KeyWords(_("Roster"), _("Who has the duty mobile when.")),
    "form.duty_due": KeyWords(
        _("Written up by, on the next working day"), _("Calls taken on the duty mobile are written up by then.")
    ),
    "form.link_hours": KeyWords(
        _("Validity of the duty link"), _("Hours for which the duty person's link opens the form.")
    ),
}
