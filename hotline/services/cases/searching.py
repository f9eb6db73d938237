"""The words that are looked for in a list of cases."""

from __future__ import annotations

from dataclasses import replace

from hotline.domain.cases.case import SEARCHED_AS
from hotline.services.words_among import among
from hotline.storage.cases.listing import CaseFilter, CaseListStore, is_case_number
from hotline.storage.transaction import Transaction


def by_words(tx: Transaction, wanted: CaseFilter) -> CaseFilter:
    """The same, among those that the index names."""
    text = wanted.text.strip()
    if not text or is_case_number(text):
        return wanted
    found = among(tx, SEARCHED_AS, text, lambda most: CaseListStore(tx).with_number(wanted.asked, text, most))
    return wanted if found.ids is None else replace(wanted, among=found.ids, text=text if found.again else "")
