"""Whose numbers a case is of: who calls from one of them may hear of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import select

from hotline.domain.cases.case import ServiceCase
from hotline.domain.numbers import Number, normalise
from hotline.storage.customers.tables import customer_number
from hotline.storage.forms.tables import call_form
from hotline.storage.transaction import TableStore


class CaseNumberStore(TableStore):
    def of(self, cases: Collection[ServiceCase]) -> set[Number]:
        """The callers', those of the customers, and what the log forms say to call back."""
        return {each for each in self._all(cases) if each}

    def _all(self, cases: Collection[ServiceCase]) -> Iterator[Number]:
        yield from (each.caller_number for each in cases)
        customers = {each.customer_id for each in cases if each.customer_id is not None}
        theirs = select(customer_number.c.number).where(customer_number.c.customer_id.in_(sorted(customers)))
        yield from (Number.stored(each) for each in self._connection.scalars(theirs))
        forms = {each.form_id for each in cases if each.form_id is not None}
        written = select(call_form.c.callback_number).where(call_form.c.id.in_(sorted(forms)))
        yield from (normalise(each or "") for each in self._connection.scalars(written))
