"""Words of the settings: console and floor."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "console.wrap_up_seconds": KeyWords(
        _("Seconds of the wrap-up"), _("No other call comes until the form is done, or for so long.")
    ),
    "console.grace_seconds": KeyWords(_("Until a console counts as gone"), _("Then calls go on to others.")),
    "console.max_unfinished_forms": KeyWords(_("Most unfinished forms"), _("With more of them nobody can be ready.")),
    "console.repeat_days": KeyWords(
        _("Days within which a second call is a repeat"), _("A second call about the same.")
    ),
    "console.greeting": KeyWords(
        _("Greeting on the console"), _("What the operator says first; {company} is the line's company.")
    ),
    "console.dialled_greeting": KeyWords(
        _("Greeting on calls that we dial"), _("{company} and {name} are the line's company and the operator.")
    ),
    "console.pause_reasons": KeyWords(_("Reasons for a pause"), _("What operators choose from.")),
    "console.pause_reasons.#": KeyWords(_("Id of the reason"), _("Small letters, digits, _ and -.")),
    "console.pause_reasons.*": KeyWords(_("What is shown"), _("To operators and supervisors.")),
    "console.pause_minutes": KeyWords(
        _("Minutes of a pause"), _("What is more in a day is shown in red; nobody is stopped.")
    ),
    "console.pause_minutes.#": KeyWords(_("Id of the reason"), _("Of a reason for a pause.")),
    "console.pause_minutes.*": KeyWords(_("Minutes a day"), _("As long as is usual.")),
    "floor.service_level_seconds": KeyWords(
        _("Seconds that count as in time"), _("The service level counts calls answered within them.")
    ),
    "floor.service_level_percent": KeyWords(_("Share answered in time (%)"), _("What the service level is to reach.")),
    "floor.abandoned_percent": KeyWords(_("Most lost calls (%)"), _("No more than that are to be lost.")),
    "floor.short_abandon_seconds": KeyWords(
        _("Short abandonments"), _("Callers who leave sooner are in no rate; 0: everybody counts.")
    ),
    "floor.quick_seconds": KeyWords(_("Seconds until the answer"), _("Shown beside the rule of 30 seconds.")),
    "floor.connected_percent": KeyWords(
        _("Calls that reach somebody (%)"), _("Of those who were put through to people.")
    ),
    "floor.listen_to_calls": KeyWords(_("Supervisors may monitor"), _("They listen in, whisper and barge in.")),
    "floor.thresholds.most_waiting": KeyWords(
        _("Callers in a queue"), _("More is an alert while it lasts; 0: nobody is told.")
    ),
    "floor.thresholds.longest_wait_seconds": KeyWords(
        _("Longest wait in a queue"), _("Longer is an alert while it lasts; 0: nobody is told.")
    ),
    "floor.thresholds.service_level_percent": KeyWords(
        _("Lowest service level of the day"), _("Lower is an alert while it lasts; 0: nobody is told.")
    ),
    "floor.thresholds.least_calls": KeyWords(
        _("Least calls for that"), _("With fewer the service level tells nobody anything.")
    ),
    "floor.thresholds.nobody_ready_minutes": KeyWords(
        _("Nobody is ready"), _("While a line is open; 0: nobody is told.")
    ),
    "floor.thresholds.held_seconds": KeyWords(
        _("Until a threshold counts"), _("It must last for so long, and be over for so long.")
    ),
}
