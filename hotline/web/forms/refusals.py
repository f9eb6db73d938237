"""What is said of the log forms."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "forms.beside": _("You are beside this talk: whoever has the caller completes the record."),
    "forms.passed_on": _("The caller was passed on and the record went along: whoever has it now completes it."),
    "forms.answers_overdue": _("%(count)s callers not yet answered, the earliest due %(earliest_at)s"),
    "forms.another_s": _("This log form is somebody else's: a supervisor may correct it."),
    "forms.another_s_or_earlier": _(
        "This log form is somebody else's, or it was done on an earlier day: a supervisor may correct it."
    ),
    "forms.block_asked_already": _("This number was asked to be blocked already; a supervisor has still to decide."),
    "forms.block_decided": _("Somebody else has decided this already."),
    "forms.blocked_already": _("The number is blocked already."),
    "forms.changed_meanwhile": _("%(username)s has changed this log form in the meantime."),
    "forms.do_not_call": _(
        "This customer does not want to be called (E10). If that is over, change it at the customer first."
    ),
    "forms.duty_forms_overdue": _("%(count)s not yet written, the earliest due %(earliest_at)s"),
    "forms.duty_links_not_sent": _("Duty people were not sent the links to their log forms: %(why)s"),
    "forms.in_the_past": _("This moment is over: a time ahead was expected."),
    "forms.link_only_for_duty": _("Only calls taken on the duty mobile are written up by a link."),
    "forms.no_block_request": _("There is no request %(id)s."),
    "forms.no_form": _("There is no log form %(id)s."),
    "forms.no_open_answer": _("Log form %(id)s waits for no answer."),
    "forms.no_open_promise": _("Log form %(id)s has no open promise."),
    "forms.no_public_url": _("No link can be made while [web] public_url is not set."),
    "forms.not_a_choice": _("Please choose one of those offered."),
    "forms.not_a_day": _("A day like 2026-11-22 was expected."),
    "forms.not_a_number": _("A number was expected."),
    "forms.not_a_phone": _("A telephone number with its area code was expected."),
    "forms.not_yours": _("This is another's: do it while you work with this caller, or ask a supervisor."),
    "forms.not_yours_to_begin": _(
        "Only the person who had the call, or whose phone rings with it, begins its log form; otherwise a supervisor "
        "does."
    ),
    "forms.number_withheld": _("The caller withheld the number: there is nothing to block."),
    "forms.promises_overdue": _("%(count)s promises open, the earliest due %(earliest_at)s"),
    "forms.record_done": _("This log form is done already."),
    "forms.required": _("This is needed."),
    "forms.too_far": _("At most three years ahead were expected."),
    "forms.too_long": _("At most 10,000 characters."),
    "forms.retired_category": _("This category is not chosen any more: take another one."),
    "forms.unknown_category": _("There is no such category any more."),
    "forms.unknown_customer": _("There is no such customer."),
    "forms.unknown_field": _("There is no such field."),
    "forms.wrong_fields": _("Some fields do not fit: %(fields)s."),
    "forms.duty_links_sent": _("Links for calls on the duty mobile sent: %(n)s"),
}
