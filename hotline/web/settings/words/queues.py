"""Words of the settings: queues and operators."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "queues": KeyWords(_("Queues"), _("Where callers wait for operators.")),
    "queues.#": KeyWords(_("Id of the queue"), _("Small letters, digits, _ and -.")),
    "queues.*.name": KeyWords(_("Name shown"), _("As operators and reports show it.")),
    "queues.*.strategy": KeyWords(_("Who rings"), _("Which of the ready operators rings.")),
    "queues.*.members": KeyWords(
        _("Always signed in"), _("Extensions that are always in this queue; others sign in themselves.")
    ),
    "queues.*.ring_seconds": KeyWords(
        _("Ringing of one try"), _("Seconds that an operator's phone rings before the next one.")
    ),
    "queues.*.level_seconds": KeyWords(
        _("Until the next level"), _("Seconds of waiting after which operators of the next level are rung too.")
    ),
    "queues.*.wait_seconds": KeyWords(
        _("Longest wait"), _("Seconds after which a caller goes on as if nobody were there.")
    ),
    "queues.*.max_waiting": KeyWords(
        _("Most callers waiting"), _("Callers beyond that go on as if nobody were there.")
    ),
    "queues.*.announce_seconds": KeyWords(
        _("Between two announcements"), _("Seconds until callers hear again where they stand.")
    ),
    "queues.*.callback_offer_seconds": KeyWords(
        _("Until a callback is offered"), _("Seconds of waiting until callers may ask to be called back.")
    ),
    "queues.*.no_operator": KeyWords(_("When nobody is there"), _("Where callers go who cannot be answered.")),
    "operators": KeyWords(
        _("Operators"), _("Each phone by which calls are taken; hiring on the page of operators makes an account too.")
    ),
    "operators.#": KeyWords(_("Extension"), _("Three to six digits.")),
    "operators.*.name": KeyWords(_("Name shown"), _("As the ledger and the screens show it.")),
    "operators.*.phone": KeyWords(_("Phone"), _("A desk phone or softphone, or the browser.")),
    "operators.*.contact": KeyWords(_("Fixed address"), _("Empty where the phone registers; else its sip: address.")),
    "operators.*.queues": KeyWords(_("Queues"), _("Where signing in puts them; none ticked is every queue.")),
    "operators.*.levels": KeyWords(
        _("Level by queue"), _("Where not the first: rung only when a caller has waited so long.")
    ),
    "operators.*.levels.#": KeyWords(_("Queue"), _("The id of a queue.")),
    "operators.*.levels.*": KeyWords(_("Level"), _("1 to 5; the first is rung at once.")),
    "returning_caller.enabled": KeyWords(
        _("Same operator again"), _("A returning caller is first offered to the operator who had them.")
    ),
    "returning_caller.days": KeyWords(_("Days since the last talk"), _("Longer ago, a caller is offered to all.")),
    "returning_caller.ring_seconds": KeyWords(
        _("Ringing of that operator"), _("Seconds that their phone rings alone.")
    ),
    "blocklist.many_calls": KeyWords(
        _("Calls of one number that are many"), _("So many within the minutes below are shown.")
    ),
    "blocklist.within_minutes": KeyWords(_("Within minutes"), _("Of the many calls of one number.")),
    "blocklist.silent_calls": KeyWords(
        _("Silent calls of one number within a day"), _("So many are shown as a nuisance.")
    ),
    "line_test.enabled": KeyWords(
        _("Lines are test-dialled"), _("When no call has come for long, the line is dialled by itself.")
    ),
    "line_test.idle_minutes": KeyWords(
        _("Minutes of working time without a call"), _("After them a line is test-dialled.")
    ),
    "line_test.timeout_seconds": KeyWords(
        _("Until a test has failed"), _("Seconds after which a test call that has not come in counts as failed.")
    ),
}
