"""Words of the settings: cases and deadlines."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "cases.leaders": KeyWords(
        _("Leaders of grave cases"), _("User names of those who approve grave solutions; none: administrators.")
    ),
    "cases.arbiter": KeyWords(
        _("Who decides disputes"), _("User name of who decides whose a case is; none: administrators.")
    ),
    "cases.ruling_hours": KeyWords(_("Hours for a ruling"), _("A dispute is decided within them.")),
    "cases.next_word_days": KeyWords(
        _("Days until the next word"), _("The customer hears from us within them, whatever the state.")
    ),
    "cases.repeat_days": KeyWords(_("Days within which a complaint is a repeat"), _("It weighs double then.")),
    "cases.escalate_after_hours.light": KeyWords(
        _("Light cases"), _("Hours of working time after a clock is over until supervisors, then leaders are told.")
    ),
    "cases.escalate_after_hours.medium": KeyWords(
        _("Medium cases"), _("Hours of working time after a clock is over until supervisors, then leaders are told.")
    ),
    "cases.escalate_after_hours.severe": KeyWords(
        _("Severe cases"), _("Hours of working time after a clock is over until supervisors, then leaders are told.")
    ),
    "case_links.customer_days": KeyWords(
        _("Days of a customer's link"), _("It lets a customer in to their case for so long.")
    ),
    "case_links.department_days": KeyWords(
        _("Days of a department's link"), _("It tells a department of a case handed to it.")
    ),
    "case_links.form_days": KeyWords(
        _("Days of a standing form"), _("By which any employee hands in a customer's word.")
    ),
    "case_links.sms_template": KeyWords(
        _("Text message with the link"), _("Id of the template; empty: it goes out by no text message.")
    ),
    "case_links.department_sms_template": KeyWords(
        _("Text message with a department's link"), _("Id of the template; empty: it goes out by no text message.")
    ),
    "case_links.words_an_hour": KeyWords(_("Messages by one link an hour"), _("More are refused.")),
    "deadlines.answer_days": KeyWords(
        _("Working days until the answer"), _("What could not be solved on the phone is answered within them.")
    ),
    "deadlines.warn_minutes.callback": KeyWords(
        _("Callback, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.record": KeyWords(
        _("Log form, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.promise": KeyWords(
        _("Promise, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.answer": KeyWords(
        _("Answer of a record, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.correction": KeyWords(
        _("Corrective action, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.privacy": KeyWords(
        _("Request of a person, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_first_contact": KeyWords(
        _("First contact of a case, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_first_answer": KeyWords(
        _("First answer of a case, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_reply": KeyWords(
        _("Reply of a case, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_solution": KeyWords(
        _("Solution of a case, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_solved": KeyWords(
        _("Case solved, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_formal_answer": KeyWords(
        _("Formal answer of a case, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_response": KeyWords(
        _("Service response of a case, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_on_site": KeyWords(
        _("On site, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_arrival": KeyWords(
        _("Arrival as agreed, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_repaired": KeyWords(
        _("Repaired, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_confirmed": KeyWords(
        _("Order confirmed, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_shipped": KeyWords(
        _("Order shipped, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_tracking": KeyWords(
        _("Tracking file of a case, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_department": KeyWords(
        _("Answer of a department, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_answer": KeyWords(
        _("Answer of a case, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_next_word": KeyWords(
        _("Next word of a case, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.case_ruling": KeyWords(
        _("Ruling of a dispute, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
    "deadlines.warn_minutes.visit": KeyWords(
        _("Return visit, minutes before"), _("The deadline is warned of so long before its end; 0: not.")
    ),
}
