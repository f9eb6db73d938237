"""Words of the settings: menus."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "menus": KeyWords(_("Menus"), _("What callers hear, and where each key leads.")),
    "menus.#": KeyWords(_("Id of the menu"), _("Small letters, digits, _ and -.")),
    "menus.*.prompt": KeyWords(_("Prompt"), _("What the caller hears: the id of a prompt.")),
    "menus.*.operator_queue": KeyWords(
        _("Queue of the operators"), _("Where the key for an operator and too many wrong keys lead.")
    ),
    "menus.*.keys": KeyWords(
        _("Keys"), _("Leads to: queue:id, menu:id, announcement:prompt, voicemail, repeat, operator or case.")
    ),
    "menus.*.keys.#": KeyWords(_("Key"), _("0 to 9, * or #.")),
    "menus.*.keys.*.to": KeyWords(_("Leads to"), _("A queue, a menu, an announcement or another target.")),
    "menus.*.keys.*.subject": KeyWords(
        _("Subject of the enquiry"), _("What the call is about when this key was pressed.")
    ),
    "menus.*.keys.*.times": KeyWords(
        _("At other times"), _("One a line: days, period, where it leads then: sat,sun 09:00-12:00 voicemail.")
    ),
    "menus.*.key_seconds": KeyWords(_("Time for a key"), _("Seconds after the prompt until it counts as no key.")),
    "menus.*.tries": KeyWords(_("Tries"), _("How often the prompt is heard before the caller goes to the operators.")),
    "spoken.voice": KeyWords(
        _("Voice"), _("Speaks what nobody has recorded. The page “Voices” beside the prompts has their names.")
    ),
    "voicemail.max_seconds": KeyWords(_("Longest message"), _("Seconds after which a message is ended.")),
    "voicemail.silence_seconds": KeyWords(
        _("Silence that ends a message"), _("Seconds of silence after which the message is over.")
    ),
}
