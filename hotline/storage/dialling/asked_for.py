"""E10: whether a customer asked to be called, and who is reached at a number."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, or_, select

from hotline.domain.callbacks.owed import CallbackReason
from hotline.domain.cases.case import CaseState
from hotline.domain.numbers import Number
from hotline.storage.callbacks.tables import callback
from hotline.storage.cases.tables import service_case
from hotline.storage.customers.tables import customer
from hotline.storage.forms.tables import call_form
from hotline.storage.transaction import TableStore

#: A callback that was not only missed: they pressed the key, spoke after the tone, or agreed to it on the phone.
_BY_THEIR_WISH = (CallbackReason.REQUESTED, CallbackReason.VOICEMAIL, CallbackReason.PROMISED, CallbackReason.LONG_CALL)


class AskedForStore(TableStore):
    def customers_by_record(self, number: Number) -> list[int]:
        """As whom those were written down who called from this number."""
        kept = func.coalesce(customer.c.merged_into, customer.c.id)
        wanted = select(kept).join(call_form, call_form.c.customer_id == customer.c.id)
        return list(self._connection.scalars(wanted.where(call_form.c.number == number).distinct().limit(100)))

    def is_asked_for(self, number: Number, customer_ids: Collection[int]) -> bool:
        """By key, voicemail or promise, or by an open case of theirs."""
        ids = sorted(customer_ids)
        return (
            self._any(
                callback.c.number == number, callback.c.closed_at.is_(None), callback.c.reason.in_(_BY_THEIR_WISH)
            )
            or self._any(
                or_(service_case.c.caller_number == number, service_case.c.customer_id.in_(ids)),
                service_case.c.state == CaseState.OPEN.value,
            )
            or self._any(
                or_(call_form.c.number == number, call_form.c.customer_id.in_(ids)),
                call_form.c.promise_due_at.is_not(None),
                call_form.c.promise_kept_at.is_(None),
            )
        )

    def _any(self, *conditions: ColumnElement[bool]) -> bool:
        return self._connection.execute(select(1).where(*conditions).limit(1)).first() is not None
