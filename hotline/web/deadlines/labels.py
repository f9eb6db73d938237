"""How deadlines are spoken of: their clocks, and why one stands."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.callbacks.owed import CALLBACK_CLOCK
from hotline.domain.cases.clock_names import clock_name
from hotline.domain.deadlines.kept import PauseReason
from hotline.domain.examination.records import CORRECTION_CLOCK
from hotline.domain.forms.form import ANSWER_CLOCK, PROMISE_CLOCK, RECORD_CLOCK
from hotline.domain.retention.privacy import PRIVACY_CLOCK
from hotline.domain.visits.visit import VISIT_CLOCK
from hotline.web.kit.labels import Label

_OF_CASES = {
    "first_contact": Label(_("First contact with the customer")),
    "first_answer": Label(_("First answer to the customer")),
    "reply": Label(_("Reply to an enquiry")),
    "solution": Label(_("Solution")),
    "solved": Label(_("Enquiry solved")),
    "formal_answer": Label(_("Formal answer")),
    "response": Label(_("Response")),
    "on_site": Label(_("On site")),
    "arrival": Label(_("Arrival as agreed")),
    "repaired": Label(_("Repaired")),
    "confirmed": Label(_("Order confirmed")),
    "shipped": Label(_("Order shipped")),
    "tracking": Label(_("Tracking file")),
    "department": Label(_("Answer of the department")),
    "answer": Label(_("Answer to who could not be helped at once")),
    "next_word": Label(_("Next word to the customer")),
    "ruling": Label(_("Ruling of a dispute")),
}

CLOCKS = {
    CALLBACK_CLOCK: Label(_("Callback")),
    RECORD_CLOCK: Label(_("Log form to be written")),
    PROMISE_CLOCK: Label(_("Promise to a caller")),
    ANSWER_CLOCK: Label(_("Answer to a caller")),
    CORRECTION_CLOCK: Label(_("Corrective action")),
    VISIT_CLOCK: Label(_("Return visit")),
    PRIVACY_CLOCK: Label(_("Request of a person")),
    **{clock_name(name): label for name, label in _OF_CASES.items()},
}

PAUSE_REASONS = {
    PauseReason.CUSTOMER: Label(_("the customer is waited for")),
    PauseReason.OUTSIDE: Label(_("somebody outside is waited for")),
    PauseReason.ORDERED: Label(_("a supervisor ordered it")),
    "": Label(_("it was done meanwhile, and opened again")),
}
