"""What is said of scheduled reports."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "scheduled_reports.decided_already": _("It is decided already."),
    "scheduled_reports.decision": _("An answer of at most %(most)s characters was expected."),
    "scheduled_reports.foreign": _(
        "%(count)s recipients have their mail at a domain that reports do not go to (reports.mail_domains)."
    ),
    "scheduled_reports.no_person": _("Your account is no person's of ours."),
    "scheduled_reports.no_summary": _("There is no such summary."),
    "scheduled_reports.no_work": _("Please write what was done."),
    "scheduled_reports.nobody": _("%(count)s reports went to nobody."),
    "scheduled_reports.none": _("There is no such report."),
    "scheduled_reports.not_now": _("It is written from its first day until %(days)s days after its last."),
    "scheduled_reports.not_sent": _("The mail to %(count)s recipients did not arrive."),
    "scheduled_reports.not_yours": _("This is neither yours nor of people whom you lead."),
    "scheduled_reports.own_objection": _("Nobody decides on their own objection."),
    "scheduled_reports.reply": _("A reply of at most %(most)s characters was expected."),
    "scheduled_reports.span": _("A time that begins before it ends was expected, until now at most."),
    "scheduled_reports.too_long": _("At most %(most)s characters were expected."),
    "scheduled_reports.why_objected": _("Please say what is wrong with the details."),
    "scheduled_reports.made": _("Reports made: %(n)s"),
}
