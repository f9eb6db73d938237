"""What is said of the monthly appraisal, and of evidence."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "appraisal.objections_overdue": _("%(count)s objections to this card wait beyond their time."),
    "appraisal.stands_open": _("It was signed at %(at)s and is still open."),
    "appraisal.changed_since": _("The figures are no longer those that were signed: an examiner signs again."),
    "appraisal.closed": _("This month is closed; an administrator may reopen it."),
    "appraisal.declared": _("It is declared falsified already."),
    "appraisal.lines_in_order": _("Lines that rise were expected: worst_at below bad_at, low_at and award_from."),
    "appraisal.no_card": _("You have no card in this month."),
    "appraisal.no_card_of": _("They have no card in this month."),
    "appraisal.no_declaration": _("There is no such declaration."),
    "appraisal.no_evidence": _("Please name what shows it, by ids such as call:12; possible are %(kinds)s."),
    "appraisal.no_figure": _("There is no such figure."),
    "appraisal.no_month": _("There is no such month."),
    "appraisal.no_objection": _("There is no such objection."),
    "appraisal.no_team": _("Nobody belonged to this team in this month."),
    "appraisal.not_closed": _("Only a month that is closed is reopened."),
    "appraisal.not_falsified": _("Nothing is declared falsified."),
    "appraisal.not_over": _("The month %(month)s is not over yet."),
    "appraisal.not_signed": _("An examiner signs the month first."),
    "appraisal.objected": _("You have objected to this figure before."),
    "appraisal.objection_decided": _("This objection is decided already."),
    "appraisal.objection_late": _("The time to object ended at %(at)s."),
    "appraisal.objections_open": _("%(count)s objections are to be decided first."),
    "appraisal.person_signs": _("A person signs and decides, no program."),
    "appraisal.schemes_fit": _("%(count)s ways of scoring months can be used"),
    "appraisal.served": _("Nobody signs or decides on a month in which they served themselves."),
    "appraisal.signed": _("It is signed already, and the figures are the same."),
    "appraisal.signer_closes": _("Whoever signed does not close as well."),
    "appraisal.too_long": _("This is too long: at most %(most)s characters."),
    "appraisal.too_much_evidence": _("At most %(most)s ids were expected."),
    "appraisal.what_was_falsified": _("Please say what was hidden or made up."),
    "appraisal.why_decided": _("Please give the reasons."),
    "appraisal.why_objected": _("Please say what is wrong with the figure."),
    "appraisal.why_reopened": _("Please say why the month is reopened."),
    "appraisal.withdrawn": _("It was withdrawn before."),
    "appraisal.wrong_evidence": _("%(got)s is no id such as call:12; possible are %(kinds)s."),
}
