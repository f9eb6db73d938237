"""G3: where what is known of a customer is put right, on the page of a person's request."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from hotline.domain.customers.customer import Customer
from hotline.web.kit.told.personal_words import Corrected, PersonalWords


def _corrected(customer: Customer) -> Corrected | None:
    """Not of one that turned out to be another."""
    if customer.merged_into is not None:
        return None
    words = gettext("Correct what is known of the customer")
    return Corrected(url_for("customers.edit", customer_id=customer.id), words)


WORDS = (PersonalWords("customers", corrected=_corrected),)
