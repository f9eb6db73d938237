"""The words that are looked for in a list of cases: where the index has few, only those are looked at."""

from __future__ import annotations

import re
from dataclasses import replace

from hotline.domain.cases.case import SEARCHED_AS
from hotline.domain.search.search import SearchFilter, normalised, number_mark, words_of
from hotline.storage.cases.listing import CaseFilter, CaseListStore, is_case_number
from hotline.storage.search.store import SearchStore
from hotline.storage.transaction import Transaction

#: What more cases have is found sooner by going through the list in its order.
MOST_FOUND = 5000

#: Nothing else can be a part of a number.
_NUMBER_LIKE = re.compile(r"[+\d\s()-]+")


def by_words(tx: Transaction, wanted: CaseFilter) -> CaseFilter:
    """The same, among those that the index names. Words that are telephone numbers stand in the index by whose they are
    too, which not everybody may ask: of these the text itself is looked at again (A14)."""
    text = wanted.text.strip()
    if not text or is_case_number(text):
        return wanted
    is_number = _NUMBER_LIKE.fullmatch(text) is not None
    words = normalised(text).split() if is_number else words_of(text)
    hits = SearchStore(tx).find(SearchFilter(words, kind=SEARCHED_AS), MOST_FOUND + 1) if words else []
    found = {each.source_id for each in hits}
    if is_number:
        found.update(CaseListStore(tx).with_number(wanted.asked, text, MOST_FOUND + 1))
    if not words or len(found) > MOST_FOUND:
        return wanted
    again = is_number or any(map(number_mark, words))
    return replace(wanted, among=found, text=text if again else "")
