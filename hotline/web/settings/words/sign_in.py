"""Words of the settings: signing in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "sign_in.second_factor_roles": KeyWords(
        _("Demanded of these roles"), _("Who has one of them sets up a second step before anything else.")
    ),
    "sign_in.second_factor_from": KeyWords(_("Demanded from"), _("Until then it is free to everybody.")),
}
