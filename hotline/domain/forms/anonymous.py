"""What stays of a log form whose caller asked that their data be deleted (G3)."""

from __future__ import annotations

from dataclasses import replace

from hotline.domain.forms.form import CallForm, FormState
from hotline.domain.numbers import NO_NUMBER


def anonymous_form(form: CallForm) -> CallForm:
    """That there was a record, of which kind and by whom; nothing of the caller. An open one is over."""
    return replace(
        form,
        number=NO_NUMBER,
        customer_id=None,
        caller_name="",
        callback_number="",
        region=None,
        address="",
        content="",
        handling="",
        promise="",
        follow_up_person="",
        fields={},
        state=FormState.DONE,
        promise_kept_at=form.promise_kept_at or form.promise_due_at,
    )
