"""Words of the settings: reports, rules' limits, appraisal and breaches."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

#: What the reports have in common.
_EACH = {
    "enabled": KeyWords(_("Made by itself"), _("No: this report is not made.")),
    "at": KeyWords(_("Time of day"), _("What is missed while nothing runs is made afterwards.")),
    "to": KeyWords(_("Recipients"), _("Roles, leaders, or person:<id>; who is away: their deputy.")),
    "masked": KeyWords(_("Numbers masked"), _("Callers' numbers show their last digits alone.")),
    "working_days": KeyWords(_("On working days alone"), _("What falls between is covered by the next.")),
    "weekday": KeyWords(_("Day of the week"), _("1 is Monday, 7 is Sunday.")),
    "day": KeyWords(_("Day of the month"), _("Where the month is shorter, its last day.")),
}
_KINDS = {
    "daily": ("enabled", "at", "to", "masked", "working_days"),
    "weekly": ("enabled", "at", "to", "masked", "weekday"),
    "person_week": ("enabled", "at", "to", "masked", "weekday"),
    "monthly": ("enabled", "at", "to", "masked", "day"),
    "call_details": ("enabled", "at", "to", "masked", "day"),
    "problems": ("enabled", "at", "to", "masked", "day"),
}

WORDS = {
    **{f"reports.{kind}.{name}": _EACH[name] for kind, names in _KINDS.items() for name in names},
    "reports.mail_domains": KeyWords(
        _("Domains that reports go to"), _("By mail to these alone; none: that of our own sender.")
    ),
    "reports.attach": KeyWords(_("Workbook with the mail"), _("No: the mail has a link or leads to the page.")),
    "reports.link_hours": KeyWords(
        _("Hours of a report's link"), _("Who has no account opens a report by a link for so long.")
    ),
    "reports.product_field": KeyWords(
        _("Field that names the product"), _("Which further field of the categories it is.")
    ),
    "reports.at_once": KeyWords(
        _("Reports counted at once"), _("Of the pages that people open; the others wait in the order they came.")
    ),
    "reports.wait_seconds": KeyWords(
        _("Seconds of waiting for the turn"), _("Whoever has waited so long is told to ask again.")
    ),
    "reports.most_seconds": KeyWords(
        _("Seconds that a report may take"), _("What takes the database longer is broken off, and its reader told so.")
    ),
    "rule_limits": KeyWords(_("Yellow and red"), _("Below which share of what a rule applied to it is marked.")),
    "rule_limits.#": KeyWords(_("Rule"), _("Its id, such as A8; all: every rule without an entry of its own.")),
    "rule_limits.*.yellow": KeyWords(_("Yellow below"), _("Percent kept; empty: as for all.")),
    "rule_limits.*.red": KeyWords(_("Red below"), _("Percent kept, no more than yellow; empty: as for all.")),
    "rule_limits.*.off": KeyWords(_("Why it is switched off"), _("It then counts neither as kept nor as broken.")),
    "rule_limits.*.off_since": KeyWords(_("Switched off since"), _("Given together with the reason, or not at all.")),
    "appraisal.award_from": KeyWords(_("Points that can win"), _("A team with so many or more can win an award.")),
    "appraisal.awards": KeyWords(_("Awards (yuan)"), _("Of the best teams, the first first.")),
    "appraisal.low_at": KeyWords(_("Low score"), _("At or below this, several months together, a leader is changed.")),
    "appraisal.low_months": KeyWords(_("Months of a low score"), _("So many that follow each other.")),
    "appraisal.low_fine": KeyWords(_("Amount for a low score (yuan)"), _("It is named, never deducted.")),
    "appraisal.bad_at": KeyWords(_("Bad score"), _("At or below this an amount is named for who leads the team.")),
    "appraisal.bad_fine": KeyWords(_("Amount for a bad score (yuan)"), _("It is named, never deducted by the system.")),
    "appraisal.worst_at": KeyWords(_("Worst score"), _("At or below this the highest amount is named.")),
    "appraisal.worst_fine": KeyWords(_("Amount for the worst score (yuan)"), _("Named for who leads the team.")),
    "appraisal.last_months": KeyWords(
        _("Months as the last team"), _("So many together, and the managers above are dealt with.")
    ),
    "appraisal.objection_days": KeyWords(
        _("Days to object"), _("So long after a month was closed people may object to their figures.")
    ),
    "appraisal.decision_days": KeyWords(_("Days to decide"), _("An objection is decided within so many days.")),
    "breaches.service_complaint_yuan": KeyWords(
        _("Complaint about the service (yuan)"), _("The first; a repeated one costs twice as much.")
    ),
    "breaches.service_complaint_dismissal": KeyWords(
        _("Complaints that mean dismissal"), _("The complaint of this number does; 0: none.")
    ),
    "breaches.public_complaint_yuan": KeyWords(
        _("Complaint in the media (yuan)"), _("In the media or with an authority.")
    ),
    "breaches.unanswered_dispatch_yuan": KeyWords(
        _("Dispatch left unanswered (yuan)"), _("Where the complaint grew because of it.")
    ),
    "breaches.empty_shift_yuan": KeyWords(_("Empty shift (yuan)"), _("Somebody did not come.")),
    "breaches.botched_swap_yuan": KeyWords(_("Failed swap (yuan)"), _("A swap after which nobody came.")),
    "breaches.again_days": KeyWords(_("Days of a repetition"), _("Within them a complaint of the same kind is one.")),
    "breaches.often": KeyWords(_("Breaches that are many"), _("So many put somebody on the list.")),
    "breaches.often_days": KeyWords(_("Within days"), _("Within so many days they must lie.")),
    "breaches.kept_days": KeyWords(_("Days in the register"), _("A breach stands there for so long.")),
}
