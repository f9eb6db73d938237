"""Words of the settings: shifts and people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "shifts.rest_hours": KeyWords(_("Hours between two shifts"), _("At least so many between the shifts of two days.")),
    "shifts.week_hours": KeyWords(_("Hours a week"), _("At the desk from Monday to Sunday, pauses not counted.")),
    "shifts.swaps_a_month": KeyWords(_("Swaps a month"), _("For each of the two; 0: nobody swaps.")),
    "shifts.swap_needs_approval": KeyWords(_("Swaps wait for a supervisor"), _("Though both want it.")),
    "shifts.leave_days_ahead": KeyWords(
        _("Days ahead for leave"), _("Leave is asked for so many days before its first day.")
    ),
    "shifts.kinds": KeyWords(_("Kinds of shift"), _("As the plan offers them.")),
    "shifts.kinds.#": KeyWords(_("Id of the kind"), _("Small letters, digits, _ and -.")),
    "shifts.kinds.*.name": KeyWords(_("Name shown"), _("As the plan shows it.")),
    "shifts.kinds.*.hours": KeyWords(_("Hours"), _("As 09:00-17:30; an end before the start lies on the next day.")),
    "shifts.kinds.*.break_minutes": KeyWords(_("Minutes of pauses"), _("Not counted as work.")),
    "shifts.kinds.*.duty": KeyWords(_("With the duty mobile"), _("And not at the desk.")),
    "shifts.patterns": KeyWords(_("Patterns"), _("By which shifts are laid out for chosen people.")),
    "shifts.patterns.#": KeyWords(_("Id of the pattern"), _("Small letters, digits, _ and -.")),
    "shifts.patterns.*.name": KeyWords(_("Name shown"), _("As the plan shows it.")),
    "shifts.patterns.*.cycle": KeyWords(_("Cycle"), _("The kind of shift of each step; - is none.")),
    "shifts.patterns.*.offset": KeyWords(_("Steps between persons"), _("The next person begins so many steps later.")),
    "shifts.patterns.*.weekdays": KeyWords(_("Weekdays"), _("Days that count as steps; 1 is Monday.")),
    "shifts.patterns.*.by_week": KeyWords(_("A step is a week"), _("Of these days.")),
    "shifts.patterns.*.in_turn": KeyWords(
        _("One after the other"), _("Everybody in turn has the first kind of the cycle.")
    ),
    "handover.due_minutes": KeyWords(_("Minutes until a hand-over is missing"), _("After a shift's end; 0: never.")),
    "adherence.grace_minutes": KeyWords(
        _("Minutes that are not late"), _("Whoever signs in so long after the beginning is not late.")
    ),
    "adherence.empty_consequence": KeyWords(
        _("Consequence of an empty shift"), _("Named beside what was not accepted; nothing is deducted by the system.")
    ),
    "staffing.patience_seconds": KeyWords(
        _("Patience of callers"), _("Until they hang up, on average; 0: as the last four weeks say.")
    ),
    "staffing.talk_seconds": KeyWords(_("Length of a talk"), _("On average; 0: as the last four weeks say.")),
    "staffing.wrap_up_seconds": KeyWords(_("Wrap-up of a talk"), _("Added to each talk.")),
    "staffing.shrinkage_percent": KeyWords(
        _("Absences (%)"), _("So many of those planned are ill, in training or at a meeting.")
    ),
    "staffing.shift_hours": KeyWords(_("Hours of a proposed shift"), _("With the pause.")),
    "trainings.needed_to_be_ready": KeyWords(
        _("Trainings are needed to be ready"), _("Who lacks one that their queues need cannot be ready.")
    ),
    "trainings.runs_out_days": KeyWords(_("Days before a result runs out"), _("Within them it is shown and told.")),
    "bulletins.remind": KeyWords(
        _("Readers are reminded"), _("Whoever has not read a posting when its day has passed is told once more.")
    ),
}
