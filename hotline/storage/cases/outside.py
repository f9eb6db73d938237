"""Cases as those outside know them: by number, and by whose numbers they are."""

from __future__ import annotations

from sqlalchemy import select

from hotline.domain.cases.case import ServiceCase
from hotline.domain.numbers import Number, normalise
from hotline.storage.cases.store import case_of
from hotline.storage.cases.tables import service_case
from hotline.storage.customers.tables import customer_number
from hotline.storage.forms.tables import call_form
from hotline.storage.transaction import TableStore


class OutsideStore(TableStore):
    def by_number(self, number: str) -> ServiceCase | None:
        row = self._connection.execute(select(service_case).where(service_case.c.number == number)).first()
        return case_of(row) if row else None

    def numbers_of(self, case: ServiceCase) -> set[Number]:
        """The caller's, those of the customer, and what the log form says to call back."""
        found = {case.caller_number}
        if case.customer_id is not None:
            theirs = select(customer_number.c.number).where(customer_number.c.customer_id == case.customer_id)
            found |= {Number.stored(each) for each in self._connection.scalars(theirs)}
        if case.form_id is not None:
            written = self._connection.scalar(select(call_form.c.callback_number).where(call_form.c.id == case.form_id))
            found.add(normalise(written or ""))
        return {each for each in found if each}
