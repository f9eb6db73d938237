"""Words of the settings: callbacks and dialling."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "callbacks.due_minutes": KeyWords(
        _("Minutes of working time until the callback"), _("An abandoned or missed call is called back within them.")
    ),
    "callbacks.idle_minutes": KeyWords(
        _("Until a taken callback is free again"), _("Whoever takes one and does nothing loses it; 0: never.")
    ),
    "callbacks.broke_off_seconds": KeyWords(
        _("Talk that broke off"),
        _("Who spoke so shortly before the end, without a goodbye, was cut off; 0: not found so."),
    ),
    "callbacks.goodbyes": KeyWords(_("Words of a goodbye"), _("Parted by a bar: words by which a goodbye is known.")),
    "dialling.hours": KeyWords(_("Hours in which customers are called"), _("All other time is their rest time.")),
    "dialling.holiday_hours": KeyWords(_("The same on public holidays"), _("Unless the line works; none: not at all.")),
    "dialling.line_hours": KeyWords(_("Hours of a line of its own"), _("A line that calls at other hours.")),
    "dialling.line_hours.#": KeyWords(_("Line"), _("The id of a line.")),
    "dialling.line_hours.*": KeyWords(_("Hours"), _("When its customers are called.")),
    "dialling.long_distance_needs_approval": KeyWords(
        _("Long distance waits for approval"), _("A supervisor approves each long-distance call beforehand.")
    ),
    "dialling.home_areas": KeyWords(_("Home areas"), _("Area codes that are no long distance, such as 010.")),
    "dialling.approval_hours": KeyWords(
        _("Validity of an approval"), _("Hours for which an approval is good and is asked for.")
    ),
    "dialling.a_minute": KeyWords(_("Calls of one operator a minute"), _("More are refused.")),
    "dialling.an_hour": KeyWords(_("Calls of one operator an hour"), _("More are refused.")),
    "dialling.at_once": KeyWords(_("Dialled calls at once"), _("Of all operators together.")),
    "dialling.same_number_a_day": KeyWords(_("Calls to one number a day"), _("Of all operators together.")),
    "dialling.next_try.most": KeyWords(_("Most tries"), _("Then a supervisor decides.")),
    "dialling.next_try.operator_gone": KeyWords(
        _("After the operator was gone"), _("Minutes until the next try; it counts as none.")
    ),
    "dialling.next_try.trunk_down": KeyWords(
        _("After the trunk was away"), _("Minutes until the next try; it counts as none.")
    ),
    "dialling.next_try.congested": KeyWords(
        _("After all channels were busy"), _("Minutes until the next try; it counts as none.")
    ),
    "dialling.next_try.cancelled": KeyWords(
        _("After the operator hung up"), _("Minutes until the next try; it counts as none.")
    ),
    "dialling.next_try.unreachable": KeyWords(_("After the phone was out of reach"), _("Minutes until the next try.")),
    "dialling.next_try.busy": KeyWords(_("After busy"), _("Minutes until the next try.")),
    "dialling.next_try.no_answer": KeyWords(_("After nobody answered"), _("Minutes until the next try.")),
    "dialling.next_try.declined": KeyWords(_("After it was declined"), _("Minutes until the next try.")),
    "dialling.next_try.machine": KeyWords(_("After a machine answered"), _("Minutes until the next try.")),
    "callback_trunk.answered_days": KeyWords(
        _("Days in which a call back is recognised"),
        _("Who calls the shown number within them is shown with our last dial; 0: never."),
    ),
}
